import { existsSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import { StudyFolder, smallStudy } from "./study-folder.ts"

let study: StudyFolder
afterEach(() => study.remove())
const small = (changed: Readonly<Record<string, string>> = {}) => {
  study = new StudyFolder({ ...smallStudy, ...changed })
  return study
}
const stateOf = (document: { readonly nodes: ReadonlyArray<{ readonly node: string; readonly state: string }> }) =>
  Object.fromEntries(document.nodes.map((node) => [node.node, node.state]))

describe("a failing node", () => {
  it("stops its descendants only, names file and row, and exits with 1", () => {
    small({ "data/outcomes.csv": "y,z\n5,50\nsix,60\n" })
    const document = study.run()
    expect(stateOf(document)).toEqual({ controls: "ran", outcomes: "failed", "gov-mean": "ran", "fdi-mean": "ran", joined: "blocked", draws: "ran" })
    const failed = document.nodes.find((node) => node.node === "outcomes")
    expect(failed?.errors).toEqual([{ code: "not-a-number", message: "data/outcomes.csv, row 3: not a number", where: { file: "data/outcomes.csv", row: 3 } }])
    const { code, err } = study.sediment("run")
    expect(code).toBe(1)
    expect(err).toContain("data/outcomes.csv, row 3: not a number")
    expect(err).not.toContain("    at ")
  })

  it("is told by run, status, explain, debug and show, with when and how, also where it is what a node rests on", () => {
    small({ "data/outcomes.csv": "y,z\n5,50\nsix,60\n" })
    const { err } = study.sediment("run", "--study", "dag.ts")
    expect(err).toContain("\nblocked, since outcomes failed: joined\n")
    const when = /failed on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(run \S+\): data\/outcomes\.csv, row 3: not a number\n/
    const { out } = study.sediment("status")
    expect(out).toMatch(new RegExp(`failed {3}outcomes ${when.source}`))
    // What is to be known at once comes last.
    expect(out).toMatch(/\nsmall {2}6 nodes: 4 fresh, 2 stale, .*\n {2}2 nodes will run, .*\n$/)
    expect(study.sediment("explain", "outcomes").out).toMatch(new RegExp(`\nIt ${when.source}`))
    expect(study.sediment("explain", "joined").out).toMatch(new RegExp(`\noutcomes ${when.source}`))
    const told = [{ node: "outcomes", errors: [{ code: "not-a-number" }] }]
    expect(study.json("explain", "joined")).toMatchObject({ failed: told, lastRan: null })
    expect(study.json("debug", "outcomes")).toMatchObject({ failed: told })
    const nodes: ReadonlyArray<{ readonly node: string }> = study.json("status").nodes
    expect(nodes.find(({ node }) => node === "outcomes")).toMatchObject({ failed: told, accepted: [] })
    const show = study.sediment("show", "joined", "--study", "dag.ts")
    expect(show.err).toMatch(
      new RegExp(`joined has no artifact yet, since\n {2}outcomes ${when.source}mend that, then: sediment run --study dag\\.ts joined\n$`)
    )
    study.edit("data/outcomes.csv", "six", "6")
    study.run()
    study.edit("data/outcomes.csv", "6,60", "seven,60")
    study.run()
    expect(study.sediment("show", "joined").err).toMatch(
      /^sediment: joined is not up to date: .*; outcomes failed on .*row 3: not a number; this is its artifact of before\n$/
    )
    expect(study.sediment("explain", "outcomes").out).toMatch(/It failed on .*\nWhen it last came out well, that was made on /)
    study.edit("data/outcomes.csv", "seven", "6")
    expect(study.sediment("status").out).not.toContain("failed")
  })

  it("runs again when what it read is mended, and nothing else does", () => {
    small({ "data/outcomes.csv": "y,z\n5,50\nsix,60\n" })
    study.run()
    study.edit("data/outcomes.csv", "six", "6")
    expect(study.ran()).toEqual(["joined", "outcomes"])
  })

  it("that returns a NaN where none may be tells node, column and row", () => {
    small({ "data/controls.csv": "gov,fdi\n" })
    const document = study.run()
    expect(document.nodes.find((node) => node.node === "gov-mean")?.errors?.[0]?.message).toBe(
      'stage means returned a bad Means: column "mean", row 0: found a missing value, expected a number in every row'
    )
  })

  it("that asks for a column that is not there tells which there are", () => {
    small()
    study.edit("dag.ts", '["gov"]', '["gvo"]')
    expect(study.run().nodes.find((node) => node.node === "gov-mean")?.errors?.[0]?.message).toContain(
      'there is no column "gvo"; the columns are: row, fdi, gov'
    )
  })

  it("whose file is missing says where it was looked for", () => {
    small()
    study.run()
    rmSync(join(study.path, "data/outcomes.csv"))
    expect(study.sediment("status").out).toContain("outcomes  the file data/outcomes.csv is missing")
    expect(study.run().nodes.find((node) => node.node === "outcomes")?.errors?.[0]).toMatchObject({
      code: "missing-file",
      where: { file: "data/outcomes.csv" }
    })
  })
})

describe("results", () => {
  const printing = {
    "stages/print.ts": `import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { PrintedTable } from "@sediment/sediment/stages/table-types.ts"
import { Means } from "./table-types.ts"
export const print = Stage.make("print", {
  inputs: { means: Means },
  params: Schema.Struct({ title: Schema.String }),
  output: PrintedTable,
  run: ({ means }, { title }) =>
    Effect.sync(() => {
      const value = means.column("mean").values
      const one = (text: string) => [text, text]
      return {
        part: ["title", "cell"], row: Int32Array.of(0, 0), column: Int32Array.of(0, 0), row_label: ["", "mean"], column_group: one(""), column_label: one(""),
        value: Float64Array.of(Number.NaN, value[0]!), text: [title, String(value[0])], published: [null, null], published_value: Float64Array.of(Number.NaN, Number.NaN),
        published_place: [null, null]
      }
    })
})
`,
    "title.yaml": "title: first\n",
    "other.yaml": "title: second\n"
  }
  const printed = () => {
    small(printing)
    study.edit("dag.ts", "import { drawn }", 'import { Schema } from "effect"\nimport { print } from "./stages/print.ts"\nimport { drawn }')
    study.edit(
      "dag.ts",
      "const draws",
      'const title = dag.data("title", "title.yaml", Schema.Struct({ title: Schema.String }))\n  const printed = dag.node("printed", print, { means: joined }, title)\n  const draws'
    )
    study.edit("dag.ts", "joined, draws", "joined, printed, draws")
  }

  it("of another data file stand in a folder of their own, so that no table is taken for another's", () => {
    printed()
    study.run()
    study.run("--with", "title=other.yaml")
    expect(study.read("results/small/printed.md")).toContain("first")
    expect(study.read("results/small+title=other/printed.md")).toContain("second")
    expect(study.ran()).toEqual([])
  })

  it("that a failed run left as they were are named", () => {
    printed()
    study.run()
    study.edit("data/outcomes.csv", "6,60", "six,60")
    expect(study.sediment("run").err).toContain("not up to date in results/small, left from an earlier run: printed")
  })
})

describe("a study that cannot be built", () => {
  it("tells all faults of its wiring and parameters together, and exits with 2", () => {
    small()
    study.edit("dag.ts", "{ table: controls }, { n: 3 }", '{ table: govMean }, { n: "three", m: 1 }')
    study.edit("dag.ts", '{ columns: ["fdi"] }', "{ columns: 1 }")
    const { code, err } = study.sediment("run")
    expect(code).toBe(2)
    expect(err).toContain('node "draws", input "table": found gov-mean.output of type Means, expected an output of type Numbers')
    expect(err).toMatch(/node "draws", parameter n: .*number/i)
    expect(err).toMatch(/node "draws", parameter m: /)
    expect(err).toMatch(/node "fdi-mean", parameter columns: /)
    const document = JSON.parse(study.sediment("status", "--json").out)
    expect(document).toMatchObject({ version: 1, ok: false })
    expect(document.errors).toHaveLength(4)
  })

  it.each([
    ["a syntax error", "stages/parse.ts", "export const parse", "export cnst parse", /stages\/parse\.ts/],
    ["a graph that reads the environment", "dag.ts", "{ n: 3 }", "{ n: Number(process.env.N) }", /the study reaches process/],
    ["a stage that reads the clock", "lib/add.ts", "a + b", "a + b + Date.now() * 0", /reaches Date/],
    ["a study without a default export", "dag.ts", "export default Dag", "export const dag = Dag", /no default export made by Dag\.make/],
    ["a study that throws", "dag.ts", "(dag) => {", '(dag) => {\n  throw new Error("wrong turn")', /wrong turn/]
  ])("%s is told without a stack trace", (_, file, before, after, message) => {
    small()
    study.edit(file, before, after)
    const { code, err } = study.sediment("run")
    expect(code).toBe(2)
    expect(err).toMatch(message)
    expect(err).not.toMatch(/^\s+at /m)
  })

  it("that is not there is told by name", () => {
    small()
    expect(study.sediment("run", "--study", "nowhere.ts")).toMatchObject({ code: 2, err: expect.stringContaining("nowhere.ts") })
  })
})

describe("usage", () => {
  it("all nodes that are mistyped are told together", () => {
    small()
    expect(JSON.parse(study.sediment("run", "gov-maen", "draws", "joned", "--json").out).errors).toMatchObject([
      { code: "unknown-node", message: expect.stringContaining("gov-maen") },
      { code: "unknown-node", message: expect.stringContaining("joned") }
    ])
  })

  it("a node's key may have colons, dots, spaces and slashes", () => {
    small()
    study.edit("dag.ts", '"gov-mean"', '"mean[a:b/c d.e]"')
    study.run()
    const { out } = study.sediment("path", "mean[a:b/c d.e]")
    expect(out).toMatch(/^cache\/objects\//)
    for (const reference of ["small:mean[a:b/c d.e]", "mean[a:b/c d.e].output", "mean"]) expect(study.sediment("path", reference).out).toBe(out)
  })

  it("a file or a cache that cannot be written is told, with the way out", () => {
    small()
    expect(study.sediment("graph", "-o", "dag.ts/x.svg")).toMatchObject({ code: 2, err: expect.stringMatching(/^sediment: cannot write dag\.ts\/x\.svg: /) })
    expect(study.sediment("status", "--cache", "dag.ts")).toMatchObject({ code: 2, err: expect.stringContaining("--cache DIR") })
  })

  it("a reader that has seen enough of the output is no failure", () => {
    small()
    expect(study.shell(`"$SEDIMENT" status | true; echo "\${PIPESTATUS[0]}"`)).toMatchObject({ out: "0\n", err: "" })
  })

  it("a mistyped command, flag or node exits with 2 and proposes what was meant", () => {
    small()
    expect(study.sediment("staus")).toMatchObject({ code: 2, out: "", err: expect.stringContaining("status") })
    expect(study.sediment("run", "--jsno")).toMatchObject({ code: 2, err: expect.stringContaining("--json") })
    // The value of a flag that is none is no command.
    expect(study.sediment("worker", "--study", "dag.ts")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^sediment: Unrecognized flag: --study .*\nsediment --help/)
    })
    expect(study.sediment("staus", "--all").err).toMatch(/^sediment: Unknown subcommand "staus"/)
    expect(study.sediment("show", "gov-maen")).toMatchObject({ code: 2, err: expect.stringContaining("gov-mean") })
    expect(JSON.parse(study.sediment("show", "gov-maen", "--json").out)).toMatchObject({ version: 1, ok: false, errors: [{ code: "unknown-node" }] })
  })

  it("asking changes nothing: no folder is made", () => {
    small()
    study.sediment("status")
    study.sediment("explain", "joined")
    expect(existsSync(join(study.path, "cache", "objects"))).toBe(false)
    expect(existsSync(join(study.path, "cache", "traces"))).toBe(false)
  })
})
