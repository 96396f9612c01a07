import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { StudyFolder, smallStudy } from "./study-folder.ts"

const flip = (path: string, at: number) => {
  const bytes = readFileSync(path)
  bytes[at]! ^= 1
  writeFileSync(path, bytes)
}

describe("sediment verify", () => {
  let folder: StudyFolder
  let artifacts: Readonly<Record<string, string>>
  beforeEach(() => {
    folder = new StudyFolder(smallStudy)
    artifacts = Object.fromEntries(folder.run().nodes.map(({ artifacts, node }) => [node, artifacts["output"]!]))
  })
  afterEach(() => folder.remove())
  const objectOf = (node: string) => join(folder.path, "cache", "objects", artifacts[node]!.slice(0, 2), `${artifacts[node]}.arrow`)
  const segment = (log: string) => join(folder.path, "cache", log, readdirSync(join(folder.path, "cache", log))[0]!)

  it("finds a whole cache whole, without a study, and takes a torn end for what it is", () => {
    appendFileSync(segment("traces"), Buffer.from([0xff, 0x53, 0x44]))
    rmSync(join(folder.path, "dag.ts"))
    const { code, out } = folder.sediment("verify")
    expect(out).toMatch(/3 bytes from byte \d+ on are a record that was not finished: .* No damage/)
    expect(out).toMatch(/whole: 6 objects \(\d+\.\d kB\), 6 traces, 1 run/)
    expect(code).toBe(0)
  })

  it("tells a damaged and a missing object, whose values they were, and how to have them again; then run does that", () => {
    flip(objectOf("gov-mean"), 600)
    rmSync(objectOf("draws"))
    const { code, out } = folder.sediment("verify")
    expect(code).toBe(1)
    expect(out).toMatch(/its bytes hash to [0-9a-f]+: the 2 values of gov-mean are lost; sediment run gov-mean makes them again/)
    expect(out).toMatch(/missing \(.*\): the 3 values of draws are lost; sediment run draws makes them again/)
    expect(readFileSync(objectOf("gov-mean")).length).toBeGreaterThan(0)
    expect(folder.ran("gov-mean", "draws")).toEqual(["draws", "gov-mean"])
    const after = folder.json("verify")
    expect(after).toMatchObject({ ok: true, damage: [], notes: [{ code: "quarantined" }] })
  })

  it("tells which values no longer count when traces are damaged or cut off", () => {
    flip(segment("traces"), 400)
    expect(folder.json("verify").damage.map(({ code }: { code: string }) => code)).toEqual(["log-damaged", "trace-lost"])
    truncateSync(segment("traces"), 8)
    expect(folder.json("verify").damage).toHaveLength(6)
    expect(folder.sediment("verify").out).toMatch(/how joined came to its values is no longer recorded.*sediment run joined makes them again/)
  })

  it("tells that history is lost, and that it is history only", () => {
    flip(segment("runs"), readFileSync(segment("runs")).indexOf('"state":"ran"'))
    const { ok, damage } = folder.json("verify")
    expect(ok).toBe(false)
    expect(damage.map(({ code }: { code: string }) => code)).toEqual(["log-damaged", "run-incomplete"])
    for (const { message } of damage) expect(message).toContain("history only")
  })
})

describe("sediment verify --rerun", () => {
  let folder: StudyFolder
  beforeAll(() => {
    folder = new StudyFolder({
      ...smallStudy,
      "stages/counted.ts": `import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Draws, Numbers } from "./table-types.ts"
let calls = 0
export const counted = Stage.make("counted", {
  inputs: { table: Numbers },
  params: Schema.Struct({ nth: Schema.Int }),
  output: Draws,
  // On a thread of its own however light it is, so that one job's calls are counted by one module.
  timeout: "1 minute",
  run: ({ table }) => Effect.gen(function* () {
    calls++
    yield* Stage.warn({ code: "call", message: \`this is call \${calls}\` })
    yield* Stage.warn({ code: "call", message: "it is always the same" })
    return { draw: Float64Array.of(table.rows, table.rows + calls) }
  })
})
`
    })
    folder.edit("dag.ts", "import { drawn", 'import { counted } from "./stages/counted.ts"\nimport { drawn')
    // One node is read by nothing that the study returns, and never runs.
    folder.edit(
      "dag.ts",
      "return { govMean,",
      `dag.node("unasked", counted, { table: controls }, { nth: 3 })
  const first = dag.node("first", counted, { table: controls }, { nth: 1 })
  const second = dag.node("second", counted, { table: outcomes }, { nth: 2 })
  return { first, second, govMean,`
    )
    folder.run("-j", "1")
  })
  afterAll(() => folder.remove())
  const files = () => readdirSync(join(folder.path, "cache"), { recursive: true }).sort()

  it("names stage, node, column, row and both values of what is not deterministic, and touches nothing", () => {
    const before = files()
    // Which of the two ran first is not told: one of them has 4, the other 5.
    const wrong = ["first", "second"].flatMap((node) => folder.json("verify", "--rerun", node).nodes).filter(({ same }) => !same)
    expect(wrong).toMatchObject([
      { stage: "counted", differences: [{ output: "output", column: "draw", differs: "values", row: 1, before: "5", now: "4" }], errors: [], newReads: [] }
    ])
    expect(wrong[0].warnings).toMatchObject({ before: [{ message: "this is call 2" }], now: [{ message: "this is call 1" }] })
    const { code, out } = folder.sediment("verify", "--rerun", wrong[0].node)
    expect(out).toContain(`✗ ${wrong[0].node}: stage counted did not come out the same`)
    expect(out).toContain("column draw: first differs in row 2: 5 before, 4 now")
    expect(out).toContain("it no longer warns: this is call 2")
    expect(out).toContain("it did not warn before: this is call 1")
    expect(code).toBe(1)
    expect(files()).toEqual(before)
  })

  it("draws a share by a seed that it prints", () => {
    const drawnOf = (...args: ReadonlyArray<string>) => folder.json("verify", "--rerun", ...args)
    const { nodes, seed } = drawnOf("50%")
    expect(nodes).toHaveLength(4)
    expect(drawnOf("0.5", "--seed", seed).nodes.map(({ node }: { node: string }) => node)).toEqual(nodes.map(({ node }: { node: string }) => node))
    expect(folder.sediment("verify", "--rerun", "0.2", "gov-mean").out).toMatch(
      /1 fresh node executed once more \(.*drawn with --seed [0-9a-f]{8}\): all came out the same/
    )
    // What the study does not return has not run, and nobody waits for it.
    expect(folder.sediment("verify", "--rerun", "0.01").out).not.toContain("not up to date")
  })

  it("says what is wrong with the call", () => {
    expect(folder.sediment("verify", "--rerun", "120%")).toMatchObject({ code: 2, err: expect.stringContaining("up to 100%") })
    expect(folder.sediment("verify", "gov-mean")).toMatchObject({ code: 2, err: expect.stringContaining("--rerun") })
    expect(folder.sediment("verify", "--seed", "7", "-j", "2", "--study", "dag.ts")).toMatchObject({
      code: 2,
      err: expect.stringContaining("--study, --seed, --jobs mean something only with --rerun")
    })
    expect(folder.sediment("verify", "--cache", "nowhere")).toMatchObject({ code: 2, err: expect.stringMatching(/there is no cache in .*nowhere/) })
    expect(existsSync(join(folder.path, "nowhere"))).toBe(false)
  })

  it("proves what was accepted, or finds that it does not hold", () => {
    folder.write("lib/mean.ts", "export const mean = (values: Float64Array): number => values.reduce((sum, one) => sum + one, 0) / values.length\n")
    expect(folder.sediment("verify", "--rerun", "gov-mean")).toMatchObject({ code: 2, err: expect.stringContaining("not up to date") })
    folder.sediment("accept", "stage:means", "--reason", "the same sum")
    expect(folder.sediment("verify", "--rerun", "gov-mean").out).toMatch(/✓ gov-mean, accepted on .*"the same sum".*: proved, today's code makes the same/)
    const told = /accepted on .*"the same sum".*; proved on \d{4}-.* by sediment verify --rerun/s
    for (const command of [["status"], ["explain", "gov-mean"], ["show", "gov-mean"], ["verify"]]) expect(folder.sediment(...command).out).toMatch(told)
    expect(folder.json("show", "fdi-mean").accepted[0]).not.toHaveProperty("proved")
    expect(folder.ran()).toEqual([])
    const before = files()
    folder.sediment("verify", "--rerun", "gov-mean")
    expect(files()).toEqual(before)
    folder.write("lib/mean.ts", "export const mean = (values: Float64Array): number => 1 + values.reduce((sum, one) => sum + one, 0) / values.length\n")
    folder.sediment("accept", "gov-mean", "--reason", "surely the same")
    const { code, out } = folder.sediment("verify", "--rerun", "gov-mean")
    expect(out).toMatch(/column mean: first differs in row 1: 2 before, 3 now/)
    expect(out).toContain('"surely the same"')
    expect(code).toBe(1)
    expect(folder.sediment("verify").out).toMatch(/gov-mean: accepted on .*"surely the same"/)
  })
})
