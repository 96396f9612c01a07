import { existsSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder, smallStudy } from "./study-folder.ts"

/** The small study, whose columns to average stand in a data file, as does which table they are of: that of `wide` has another fdi and the same gov. */
const dag = `import { Dag } from "@sediment/sediment"
import { Schema } from "effect"
import { drawn } from "./stages/drawn.ts"
import { means, pair } from "./stages/means.ts"
import { parse } from "./stages/parse.ts"

export default Dag.make("small", (dag) => {
  const { columns, file } = dag.data("indicators", "sets/narrow.yaml", Schema.Struct({ columns: Schema.Array(Schema.String), file: Schema.String }))
  const controls = dag.node("controls", parse, { file: dag.source(file) })
  const outcomes = dag.node("outcomes", parse, { file: dag.source("data/outcomes.csv") })
  const averages = dag.node("averages", means, { table: controls }, { columns })
  const govMean = dag.node("gov-mean", means, { table: controls }, { columns: ["gov"] })
  const joined = dag.node("joined", pair, { left: govMean, right: outcomes }, { column: "y" })
  const draws = dag.node("draws", drawn, { table: controls }, { n: 3 })
  return { averages, joined, draws }
})
`
const both = ["--indicators", "sets/narrow.yaml", "--indicators", "sets/wide.yaml"]

let study: StudyFolder
beforeAll(() => {
  study = new StudyFolder({
    ...smallStudy,
    "dag.ts": dag,
    "sets/narrow.yaml": "columns: [fdi]\nfile: data/controls.csv\n",
    "sets/wide.yaml": "columns: [fdi, gov]\nfile: data/controls-wide.csv\n",
    "data/controls-wide.csv": "gov,fdi\n1,10\n2,20\n3,33\n",
    "other/wide.yaml": "columns: [fdi]\n",
    "sets/a:b.yaml": "columns: [fdi]\n"
  })
}, 60_000)
afterAll(() => study.remove())

describe("several files for one name", () => {
  it("are branches of the study: what is the same in all is made once, and the closing line tells how much", () => {
    const { branches, nodes, ok } = study.json("run", ...both)
    expect(ok).toBe(true)
    const ran = (nodes as ReadonlyArray<{ study: string; node: string; state: string }>).filter(({ state }) => state === "ran")
    expect(new Set(ran.map((one) => one.study))).toEqual(new Set(["small@narrow", "small@wide"]))
    // The two tables differ, and what reads only gov or the number of rows of them is the same work.
    expect(ran.map(({ node }) => node).sort()).toEqual(["averages", "averages", "controls", "controls", "draws", "gov-mean", "joined", "outcomes"])
    expect(branches).toEqual({ branches: 2, nodes: 12, distinct: 8, shared: 4 })
    const again = study.sediment("run", ...both)
    expect(again.err).toContain("12 nodes: 0 ran, 12 fresh")
    expect(again.err).toMatch(/^2 branches need 12 nodes, 8 of them different: 4 shared$/m)
    expect(study.json("runs").runs[0].studies.map(({ study: name }: { study: string }) => name)).toEqual(["small@narrow", "small@wide"])
    expect(study.json("runs", "--study", "dag.ts").runs).toHaveLength(2)
    expect(study.json("show", ...both, "@wide:averages", "--run", "latest").data.column).toEqual(["fdi", "gov"])
    // The study itself has what the branch of its own file has.
    expect(study.ran()).toEqual([])
  })

  it("are addressed by the file's name, with or without the study's", () => {
    const { data } = study.json("show", ...both, "small@wide:averages")
    expect(data.column).toEqual(["fdi", "gov"])
    expect(study.json("show", ...both, "@narrow:averages").data.column).toEqual(["fdi"])
    expect(study.sediment("show", ...both, "averages")).toMatchObject({
      code: 2,
      err: expect.stringContaining("write small@narrow:averages or small@wide:averages")
    })
    expect(study.sediment("explain", ...both, "@wide:joined").out).toContain("joined (stage pair) is up to date")
    expect(study.json("status", ...both).nodes).toHaveLength(12)
    expect(study.sediment("status", ...both).out).toMatch(/small@narrow {2}6 nodes: 6 fresh[\s\S]*small@wide {2}6 nodes: 6 fresh/)
    expect(study.json("graph", ...both, "@wide:joined")).toMatchObject({ study: "small@wide" })
    expect(study.sediment("graph", ...both)).toMatchObject({ code: 2, err: expect.stringContaining("small@narrow, small@wide") })
    expect(study.sediment("report", ...both).code).toBe(0)
    for (const branch of ["narrow", "wide"]) expect(existsSync(study.at(`results/small@${branch}/report.html`))).toBe(true)
  })

  it("of a branch that never ran, what differs from the study itself is told", () => {
    study.write("sets/third.yaml", "columns: [gov]\nfile: data/controls.csv\n")
    const third = ["--indicators", "sets/narrow.yaml", "--indicators", "sets/third.yaml"]
    // What averages gov alone is the work of the node gov-mean: it is known.
    const { nodes } = study.json("status", ...third)
    expect((nodes as ReadonlyArray<{ state: string }>).map(({ state }) => state)).toEqual(Array(12).fill("fresh"))
    study.write("sets/third.yaml", "columns: [gov, fdi]\nfile: data/controls.csv\n")
    expect(study.sediment("explain", ...third, "@third:averages").out).toMatch(/averages: parameter columns/)
  })

  it("are compared with each other by diff, from the edit to the node", () => {
    const { out } = study.sediment("diff", ...both, "averages")
    expect(out).toContain("small@narrow and @wide")
    expect(out).toMatch(/averages: parameter columns/)
    expect(study.json("diff", ...both).studies[0]).toMatchObject({ from: { study: "small@narrow" }, to: { study: "small@wide" } })
    expect(study.sediment("diff", "--indicators", "sets/wide.yaml")).toMatchObject({ code: 2, err: expect.stringContaining("--indicators B.yaml") })
    expect(study.sediment("diff", "--indicators", "sets/wide.yaml", "--indicators", "other/narrower.yaml").code).toBe(2)
  })

  it("of one name, of a name that no address can hold, or that are one file, are told", () => {
    const { code, err } = study.sediment("run", ...both, "--indicators", "other/wide.yaml", "--with", "indicators=sets/a:b.yaml")
    expect(code).toBe(2)
    expect(err).toContain(
      'sets/wide.yaml and other/wide.yaml are both given for "indicators", and a branch is named by its file: both would be @wide; rename one of them'
    )
    expect(err).toContain("sets/a:b.yaml would name a branch")
    // The same file twice is one file: no branch.
    expect(study.run("--indicators", "sets/wide.yaml", "--with", "indicators=sets/wide.yaml").nodes.map((node) => node.study)).toEqual(Array(6).fill("small"))
  })
})
