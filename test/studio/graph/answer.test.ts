/** What the server answers of a study's DAG. */
import { rmSync } from "node:fs"
import { join } from "node:path"
import { Schema } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { NodeDetails, StudyGraph } from "../../../src/studio/messages/graph.ts"
import { StudyFolder } from "../../cli/study-folder.ts"
import { Studio } from "../studio.ts"
import { manyNodes } from "./many-nodes.ts"
import { mappedStudy } from "./mapped-study.ts"

const graphOf = async (studio: Studio, study: string, all = false) => {
  const { body, status } = await studio.ask("graph", { study, all })
  expect(status).toBe(200)
  return Schema.decodeUnknownSync(StudyGraph)(body)
}
const detailsOf = async (studio: Studio, study: string, node: string) =>
  Schema.decodeUnknownSync(NodeDetails)((await studio.ask("graph-node", { study, node })).body)

/** Asks until what is asked for has come: the studio looks at files by itself. */
const until = async <A>(ask: () => Promise<A>, isThere: (answer: A) => boolean): Promise<A> => {
  for (let i = 0; ; i++) {
    const answer = await ask()
    if (isThere(answer) || i > 200) return answer
    await new Promise((done) => setTimeout(done, 25))
  }
}

describe("the DAG of a study", () => {
  const folder = new StudyFolder(mappedStudy)
  let studio: Studio
  beforeAll(async () => {
    folder.run()
    studio = await Studio.start(folder.path)
  })
  afterAll(async () => {
    await studio.end()
    folder.remove()
  })

  it("of what never changed since: all fresh, with time, size, run, and the columns along each edge", async () => {
    const graph = await graphOf(studio, "small")
    const named = (name: string) => graph.nodes.find((node) => node.name === name)!
    expect(graph.nodes.every(({ state }) => state === "fresh")).toBe(true)
    expect(graph.disturbed).toEqual({ edits: [], faults: [], fresh: 46, stale: 0, unknown: 0, skipped: 0, cannot: 0 })
    expect(graph.files).toEqual([
      { path: "data/controls.csv", state: "source" },
      { path: "data/outcomes.csv", state: "source" }
    ])
    expect(named("gov-mean")).toMatchObject({ stage: "means", target: true, warnings: 1 })
    expect(named("gov-mean").bytes).toBeGreaterThan(500)
    expect(graph.texts[named("gov-mean").run!]).toMatch(/^\d{8}T\d{6}-/)
    const names = [...graph.nodes.map(({ name }) => name), ...graph.files.map(({ path }) => path)]
    const edges = graph.edges.from.map((from, i) => [names[from], names[graph.edges.to[i]!], graph.readings[graph.edges.reading[i]!]])
    expect(edges.filter(([, to]) => !to!.startsWith("several"))).toEqual(
      expect.arrayContaining([
        ["data/controls.csv", "controls", expect.stringContaining("the whole file")],
        ["controls", "gov-mean", "table: gov"],
        ["controls", "fdi-mean", "table: fdi"],
        ["gov-mean", "joined", "left: mean"],
        ["outcomes", "joined", "right: y"],
        ["controls", "draws", "table: how many rows"]
      ])
    )
    expect(edges).toHaveLength(7 + 40)
  })

  it("no edge leads to an earlier layer", async () => {
    const { edges, layers, nodes } = await graphOf(studio, "small")
    expect(layers.map(({ kind, level }) => `${kind} ${level}`)).toEqual(["Numbers 0", "Means 1", "Draws 1"])
    for (const [i, from] of edges.from.entries()) if (from < nodes.length) expect(nodes[from]!.layer).toBeLessThanOrEqual(nodes[edges.to[i]!]!.layer)
  })

  it("after an edit: states, why in the words of explain, what was edited, and what a run would cost", async () => {
    const { lastRan: was, outputs: made } = await detailsOf(studio, "small", "controls")
    const [first, before] = [was!.run, made[0]!.artifact]
    folder.edit("data/controls.csv", "2,20", "5,20")
    const graph = await until(
      () => graphOf(studio, "small"),
      ({ disturbed }) => disturbed.stale > 0
    )
    const named = (name: string) => graph.nodes.find((node) => node.name === name)!
    expect(named("controls")).toMatchObject({ state: "stale" })
    expect(named("joined").state).toBe("unknown")
    expect(named("outcomes").state).toBe("fresh")
    expect(named("controls").why!.map((one) => graph.texts[one])).toEqual(["the file data/controls.csv changed"])
    expect(graph.files[0]).toEqual({ path: "data/controls.csv", state: "edited" })
    expect(graph.disturbed).toMatchObject({ edits: ["the file data/controls.csv changed"], fresh: 41, stale: 1, unknown: 4 })
    expect(graph.disturbed.cost).toMatch(/^1 node will run, about .* of work; up to 4 more may follow/)
    // The chain is the one that explain prints.
    const { chain } = await detailsOf(studio, "small", "joined")
    const printed = folder.sediment("explain", "joined").out
    expect(chain.map(({ node }) => node)).toEqual(["joined", "gov-mean", "controls"])
    for (const { node, why } of chain) for (const sentence of why) expect(printed).toContain(`  ${node}: ${sentence}\n`)
    // Where a run came to a part only, the edit is behind the rest.
    folder.run("gov-mean")
    const { disturbed } = await until(
      () => graphOf(studio, "small"),
      (half) => half.disturbed.unknown === 0
    )
    expect(disturbed).toMatchObject({ edits: ["the file data/controls.csv changed"], fresh: 45, stale: 1, unknown: 0 })
    // What was once before is found again: the run that made it is told, and not the node's last.
    folder.writeAll(mappedStudy)
    folder.run()
    const { nodes, texts } = await until(
      () => graphOf(studio, "small"),
      (again) => again.disturbed.stale === 0
    )
    const { lastRan, outputs } = await until(
      () => detailsOf(studio, "small", "controls"),
      (again) => again.state === "fresh"
    )
    expect(lastRan).toMatchObject({ run: first, chain: [{ node: "controls", why: ["it has no result yet"] }] })
    expect(texts[nodes.find(({ name }) => name === "controls")!.run!]).toBe(first)
    expect(outputs[0]!.artifact).toBe(before)
    expect(folder.json("explain", "controls").lastRan).toMatchObject({ run: first })
  })

  it("a source that is not there: who reads it cannot run, nor what rests on that, and neither is counted as work", async () => {
    folder.edit("data/controls.csv", "2,20", "6,20")
    rmSync(join(folder.path, "data/outcomes.csv"))
    const told = /^there is no file data\/outcomes\.csv that can be read .*; put it there, or correct its path in /
    const { disturbed, files, nodes } = await until(
      () => graphOf(studio, "small"),
      (one) => one.disturbed.cannot > 0 && one.disturbed.stale > 0
    )
    expect(disturbed).toMatchObject({ faults: [expect.stringMatching(told)], fresh: 0, stale: 1, unknown: 3, cannot: 42 })
    expect(disturbed.cost).toMatch(/^1 node will run, about .* of work; up to 3 more may follow/)
    expect(nodes.flatMap(({ name, state }) => (state === "blocked" ? [name] : []))).toEqual([
      "outcomes",
      "joined",
      ...Array.from({ length: 40 }, () => expect.stringMatching(/^several\[/))
    ])
    // A run does not come to these either: while it goes on they are told as they are.
    expect(nodes.filter(({ plan, state }) => state === "blocked" && plan !== undefined)).toEqual([])
    expect(files).toContainEqual({ path: "data/outcomes.csv", state: "missing" })
    expect((await detailsOf(studio, "small", "joined")).hindered).toEqual([expect.stringMatching(told)])
    const { body } = await studio.ask("dry-run", { study: "small", nodes: ["joined"] })
    expect(body).toMatchObject({
      faults: [expect.stringMatching(told)],
      nodes: expect.arrayContaining([expect.objectContaining({ node: "joined", state: "blocked" })])
    })
    // So does the command line, also where programs read it.
    const cannotRun = [expect.objectContaining({ code: "missing-file", message: expect.stringMatching(told) })]
    expect(folder.json("explain", "joined")).toMatchObject({ state: "unknown", cannotRun })
    expect(folder.json("status").nodes.find(({ node }: { readonly node: string }) => node === "joined")).toMatchObject({ cannotRun })
    expect(folder.sediment("status").out).toMatch(/1 node will run, .*up to 3 more may follow.*\n {2}42 nodes cannot run: there is no file data\/outcomes\.csv/)
    folder.writeAll(mappedStudy)
    await until(
      () => graphOf(studio, "small"),
      (again) => again.disturbed.cannot === 0
    )
  })

  it("a node: its stage's file, parameters, inputs with what was read, outputs, who reads it", async () => {
    const details = await detailsOf(studio, "small", "gov-mean")
    expect(details).toMatchObject({
      stage: "means",
      code: "stages/means.ts",
      state: "fresh",
      params: [
        { name: "columns", value: '["gov"]' },
        { name: "digits", value: "6" }
      ],
      inputs: [{ input: "table", node: "controls", output: "output", read: ["gov"] }],
      readBy: ["joined"],
      warnings: ["only a few rows in gov"],
      chain: []
    })
    const [output] = details.outputs
    expect(output).toMatchObject({
      output: "output",
      type: "Means",
      artifact: folder.json("show", "gov-mean").artifact ?? expect.stringMatching(/^[0-9a-f]{64}$/)
    })
  })

  it("one that is not there is refused with what there is", async () => {
    const { body, status } = await studio.ask("graph-node", { study: "small", node: "gov-maen" })
    expect(status).toBe("failed")
    expect(JSON.stringify(body)).toContain("gov-mean")
  })

  it("what failed, what that blocks, and what is expected to take how long", async () => {
    folder.edit("data/outcomes.csv", "5,50", "five,50")
    folder.run()
    const graph = await until(
      () => graphOf(studio, "small"),
      ({ nodes }) => nodes.some(({ state }) => state === "failed")
    )
    const named = (name: string) => graph.nodes.find((node) => node.name === name)!
    expect(named("outcomes")).toMatchObject({ state: "failed", plan: "stale" })
    expect(named("joined")).toMatchObject({ state: "blocked", plan: "unknown" })
    expect(graph.texts[named("outcomes").why![0]!]).toMatch(/^it failed on .*data\/outcomes.csv, row 2: not a number$/)
    const { failed } = await detailsOf(studio, "small", "joined")
    expect(failed).toMatchObject([{ node: "outcomes", faults: [{ code: "not-a-number", message: "data/outcomes.csv, row 2: not a number" }] }])
    expect((await detailsOf(studio, "small", "outcomes")).expected).toBeGreaterThan(0)
  })
})

it("files and folders: a folder is one, with the number of its files, edited where one of them is", async () => {
  const folder = new StudyFolder({
    "dag.ts": `import { Dag } from "@sediment/sediment"
import { lengths } from "./lengths.ts"
export default Dag.make("books", (dag) => ({
  all: dag.node("all", lengths, { books: dag.folder("years", { match: "*.csv" }) }),
  two: dag.node("two", lengths, { books: [dag.source("two.csv"), dag.source("one.csv")] })
}))
`,
    "lengths.ts": `import { Files, integer, Stage, table } from "@sediment/sediment"
import { Effect, Schema } from "effect"
const Lengths = table("Lengths", { bytes: integer() })
export const lengths = Stage.make("lengths", {
  inputs: { books: Files },
  params: Schema.Struct({}),
  output: Lengths,
  run: ({ books }) => Effect.sync(() => ({ bytes: Int32Array.from(books, ({ bytes }) => bytes.length) }))
})
`,
    "years/2003.csv": "3",
    "years/2004.csv": "4",
    "one.csv": "1",
    "two.csv": "2"
  })
  folder.run()
  folder.write("years/2004.csv", "44")
  const studio = await Studio.start(folder.path)
  const graph = await graphOf(studio, "books")
  expect(graph.files).toEqual([
    { path: "years/*.csv", state: "edited", files: 2 },
    { path: "two.csv", state: "source" },
    { path: "one.csv", state: "source" }
  ])
  expect(graph.edges.reading.map((one) => graph.readings[one])).toEqual(["books: the whole file", "books: the whole file", "books: the whole file"])
  const { inputs } = await detailsOf(studio, "books", "two")
  expect(inputs).toEqual([
    { input: "books", file: "two.csv", read: ["the whole file"] },
    { input: "books", file: "one.csv", read: ["the whole file"] }
  ])
  await studio.end()
  folder.remove()
})

it("of 2,000 nodes is answered in less than half a megabyte", async () => {
  const folder = new StudyFolder(manyNodes(2000))
  folder.run()
  const studio = await Studio.start(folder.path)
  const { body } = await studio.ask("graph", { study: "many", all: false })
  expect(JSON.stringify(body).length).toBeLessThan(500_000)
  await studio.end()
  folder.remove()
})
