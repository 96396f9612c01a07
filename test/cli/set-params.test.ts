import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder, smallStudy } from "./study-folder.ts"

/** The small study, with nodes of a map and parameters of every kind. */
const stage = `import { Stage, table, text } from "@sediment/sediment"
import { Effect, Schema } from "effect"

const Years = Schema.Struct({ from: Schema.Int, to: Schema.Int.pipe(Schema.withDecodingDefaultKey(Effect.succeed(2021))) })
const Told = table("Told", { text: text() })
/** Says what it was given. */
export const told = Stage.make("told", {
  inputs: {},
  params: Schema.Struct({
    variance: Schema.Literals(["cluster", "iid"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("cluster" as const))),
    label: Schema.String,
    columns: Schema.Array(Schema.String),
    years: Schema.optionalKey(Years)
  }),
  output: Told,
  run: (_, params) => Effect.succeed({ text: [JSON.stringify(params)] })
})
`
const dag = `import { Dag } from "@sediment/sediment"
import { told } from "./stages/told.ts"

export default Dag.make("small", (dag) => {
  const base = dag.node("base", told, {}, { label: "b", columns: ["x", "y"], years: { from: 2003 } })
  const each = dag.map({ east: "e", west: "w" }, (label, one) => one.node("region", told, {}, { label, columns: [] }))
  return { base, each }
})
`

let study: StudyFolder
const said = (node: string, ...flags: ReadonlyArray<string>) => JSON.parse(study.json("show", ...flags, node).data.text[0])
beforeAll(() => {
  study = new StudyFolder({ ...smallStudy, "dag.ts": dag, "stages/told.ts": stage })
  study.run()
}, 60_000)
afterAll(() => study.remove())

describe("--set NODE.PARAMETER=VALUE", () => {
  it("is a branch of the study in which that parameter is another: only that node runs", () => {
    const flags = ["--set", "base.variance=iid"]
    expect(study.json("status", ...flags).nodes.map((one: { node: string; state: string }) => [one.node, one.state])).toEqual([
      ["base", "stale"],
      ["region[east]", "fresh"],
      ["region[west]", "fresh"]
    ])
    expect(study.ran(...flags)).toEqual(["base"])
    expect(said("base", ...flags)).toMatchObject({ variance: "iid", label: "b", years: { from: 2003, to: 2021 } })
    expect(said("base")).toMatchObject({ variance: "cluster" })
    expect(study.ran(...flags)).toEqual([])
    expect(study.sediment("explain", ...flags, "base").out).toContain("up to date")
    const [run] = study.json("runs").runs
    expect(run.studies[0]).toMatchObject({ study: "small@base.variance=iid", variant: "base.variance=iid" })
    expect(study.sediment("runs").out).toContain("base.variance=iid")
    // What dag.ts says is what it was.
    expect(study.ran()).toEqual([])
  })

  it("takes parts of a parameter, lists, texts that look like numbers, and nothing for the stage's default", () => {
    const flags = ["--set", "base.years.to=2010", "--set", "base.columns[2]=z", "--set", "base.label=5", "--set", "base.variance="]
    study.run(...flags, "--as", "parts")
    expect(said("base", ...flags, "--as", "parts")).toEqual({ variance: "cluster", label: "5", columns: ["x", "y", "z"], years: { from: 2003, to: 2010 } })
    expect(study.json("runs").runs[0].studies[0].study).toBe("small@parts")
    // A default that is written out is no other parameter.
    expect(study.ran("--set", "base.variance=cluster")).toEqual([])
  })

  it("of a map's name is of all its nodes, with its key of one", () => {
    expect(study.ran("--set", "region.variance=iid")).toEqual(["region[east]", "region[west]"])
    expect(study.ran("--set", "region[west].label=W")).toEqual(["region[west]"])
  })

  it("diff compares the study with its branch", () => {
    const { out } = study.sediment("diff", "--set", "base.variance=iid")
    expect(out).toContain("small and @base.variance=iid")
    expect(out).toMatch(/base: parameter variance|parameter variance/)
    expect(out).not.toContain("region")
    expect(study.sediment("diff", "--set", "base.variance=iid", "--as", "never")).toMatchObject({
      code: 2,
      err: expect.stringContaining("small@never never ran")
    })
  })

  it("of several studies is of the one that is named before it", () => {
    study.write("second.ts", dag.replace('"small"', '"second"'))
    const both = ["--study", "dag.ts", "--study", "second.ts"]
    expect(study.sediment("run", ...both, "--set", "base.label=x:y")).toMatchObject({
      code: 2,
      err: expect.stringContaining('say which one "base.label=x:y" is for, as --set STUDY:base.label=x:y')
    })
    expect(study.sediment("run", ...both, "--set", "third.ts:base.label=x").err).toContain("there is no --study third.ts")
    const { nodes } = study.run(...both, "--set", "second.ts:base.label=x:y", "--as", "named")
    expect(new Set(nodes.map((one) => one.study))).toEqual(new Set(["small", "second@named"]))
    expect(said("second@named:base", ...both, "--set", "second.ts:base.label=x:y", "--as", "named")).toMatchObject({ label: "x:y" })
  })

  it("tells all that is wrong together, with what was meant", () => {
    const wrong = ["bse.variance=iid", "base.varience=iid", "region.variance=hc1", "base.label.x=1", "base.columns[7]=z"]
    const { code, err } = study.sediment("run", ...wrong.flatMap((one) => ["--set", one]))
    expect(code).toBe(2)
    expect(err).toContain('--set bse.variance=iid: the study has no node "bse"; did you mean "base"?')
    expect(err).toContain('there is no "varience" here; did you mean "variance"?')
    expect(err).toMatch(/--set region\.variance=hc1: parameter variance of stage told: Expected "cluster" \| "iid", found "hc1"/)
    expect(err.match(/hc1"/g)).toHaveLength(1)
    expect(err).toContain('label is "b", which has no parts')
    expect(err).toContain("columns is a list of 2: name one as [0] to [1], or [2] to add one")
    expect(study.sediment("run", "--set", "base")).toMatchObject({ code: 2, err: expect.stringContaining("--set takes NODE.PARAMETER=VALUE") })
    expect(study.sediment("run", "--as", "x")).toMatchObject({ code: 2, err: expect.stringContaining("--as x names the branch that") })
    expect(study.sediment("run", "--set", "base.label=x", "--as", "a/b")).toMatchObject({
      code: 2,
      err: expect.stringContaining("a branch's name holds none of")
    })
    expect(study.sediment("package", "--set", "base.label=x")).toMatchObject({ code: 2, err: expect.stringContaining("leave out --set and --as") })
  })
})
