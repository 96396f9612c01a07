import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { estimatesStudy } from "./estimates-study.ts"
import { StudyFolder } from "./study-folder.ts"

let study: StudyFolder
/** The runs in order: as it was; by halves; as it was once more; a cell edited; the code edited; the wiring edited. */
const runs: Array<string> = []
const run = (...args: ReadonlyArray<string>) => {
  runs.push(study.run(...args).run)
}
const estimateOf = (node: string, ...args: ReadonlyArray<string>) => {
  const { data } = study.json("show", node, ...args)
  return { estimate: data.estimate[0], std_error: data.std_error[0], p_value: data.p_value[0] }
}
const nodesOf = (...args: ReadonlyArray<string>) => {
  const [only] = study.json("diff", ...args).studies
  return { ...only, byName: Object.fromEntries(only.nodes.map((node: { node: string }) => [node.node, node])) }
}

beforeAll(() => {
  study = new StudyFolder(estimatesStudy)
  run()
  run("--with", "settings=halves.yaml")
  run()
  study.edit("data/panel.csv", "Shanxi,4.9", "Shanxi,-9")
  run()
  study.edit("stages/slope.ts", "x.length - 2", "x.length - 3")
  run()
  study.edit("dag.ts", "{ panel: scaled }", "{ panel }")
  run()
  run()
}, 60_000)
afterAll(() => study.remove())

describe("diff", () => {
  it("of a cell edited tells rows, cells and estimates, and the chain from the file over the columns to the coefficient", () => {
    const { byName, edits } = nodesOf(runs[2]!, runs[3]!)
    expect(edits).toEqual([{ edit: "file", file: "data/panel.csv", nodes: ["panel"] }])
    expect(byName.panel).toMatchObject({
      change: "changed",
      edits: [0],
      outputs: [
        {
          columns: { added: [], removed: [], changed: ["y"], described: [] },
          rows: { before: 5, after: 5, key: ["entity"], added: [], removed: [], changed: 1 },
          cells: [{ column: "y", cells: 1, largest: { row: { entity: "Shanxi" }, before: 4.9, after: -9 } }],
          estimates: null
        }
      ]
    })
    const [change] = byName["on-x"].outputs[0].estimates
    expect(byName["on-x"].outputs[0].estimates).toHaveLength(1)
    expect(change).toMatchObject({
      of: { term: "x" },
      before: estimateOf("on-x", "--run", runs[2]!),
      after: estimateOf("on-x", "--run", runs[3]!),
      signFlipped: true
    })
    expect(change.before.stars).toBe(3)
    expect(change.starsGained).toBe(-3)
    expect(byName["on-x"].edits).toEqual([0])
    const { out } = study.sediment("diff", runs[2]!, runs[3]!, "on-x")
    expect(out).toContain(
      `From on-x to the edits
  on-x: its input panel changed: y of scaled
      y: 1 cell, at Shanxi: 4.900 -> -9
  scaled: its input panel changed: y of panel
      y: 1 cell, at Shanxi: 4.900 -> -9
  panel: the file data/panel.csv changed
`
    )
    expect(out).toMatch(/sign flipped, lost \*\*\* +on-x +x +0\.9900\*\*\* \(0\.0\d+\) +-> +-1\.790 /)
    expect(out).not.toContain("on-z")
  })

  it("draws what an edit moved: before and after, the edit in the title, signs and stars told", () => {
    expect(study.sediment("diff", runs[2]!, runs[3]!, "-o", "edit.svg")).toMatchObject({ code: 0, out: "", err: "written: edit.svg\n" })
    const svg = study.read("edit.svg")
    expect(svg).toContain("What an edit moved: the file data/panel.csv changed")
    expect(svg).toContain("y: 1 cell, at Shanxi: 4.900 -&gt; -9.")
    expect(svg).toMatch(/>before<.*>after</s)
    expect(svg).toContain(`From run ${runs[2]} to ${runs[3]}.`)
    expect(study.sediment("diff", runs[2]!, runs[3]!, "-o", "edit.md").code).toBe(0)
    expect(study.read("edit.md")).toContain("![What an edit moved: the file data/panel.csv changed](<edit.svg>)")
    expect(study.sediment("diff", runs[2]!, runs[3]!, "-o", "edit.gif").err).toContain("cannot write edit.gif: its name must end in .txt, .md")
    expect(study.sediment("diff", runs[4]!, runs[5]!, "-o", "none.svg").err).toContain("no estimate that both runs have moved: there is nothing to draw")
  })

  it("of runs with other data files tells what that does to every result downstream, and what it does not touch", () => {
    const { byName, edits, from, nodes, to } = nodesOf(runs[0]!, runs[1]!)
    expect([from.variant, to.variant]).toEqual(["", "settings=halves"])
    expect(edits).toEqual([{ edit: "parameter", parameters: [{ parameter: "by", before: "1", after: "0.5" }], nodes: ["scaled"] }])
    expect(nodes.map(({ node }: { node: string }) => node)).toEqual(["scaled", "on-x"])
    const [change] = byName["on-x"].outputs[0].estimates
    expect(change.after.estimate).toBeCloseTo(2 * change.before.estimate, 10)
    expect(change.starsGained).toBe(0)
    // Back again, everything was found as it was: what it was made of tells why.
    expect(nodesOf(runs[1]!, runs[2]!).edits).toEqual([{ edit: "parameter", parameters: [{ parameter: "by", before: "0.5", after: "1" }], nodes: ["scaled"] }])
    expect(nodesOf(runs[0]!, runs[2]!)).toMatchObject({ nodes: [], edits: [] })
    expect(study.sediment("diff", runs[0]!, runs[2]!).out).toContain("no result differs")
  })

  it("of runs with several edits between them gives each node the edits that it rests on", () => {
    const { byName, edits } = nodesOf(runs[2]!, runs[5]!)
    const of = (node: string) => byName[node].edits.map((i: number) => edits[i].edit).sort()
    expect(of("panel")).toEqual(["file"])
    expect(of("on-z")).toEqual(["code", "file"])
    expect(edits.find((one: { edit: string }) => one.edit === "code")).toMatchObject({ declaration: "slope", file: "stages/slope.ts", nodes: ["on-x", "on-z"] })
  })

  it("of a wiring that gives the same columns tells that it came out the same", () => {
    expect(nodesOf(runs[4]!, runs[5]!).nodes.map(({ change, node }: { node: string; change: string }) => [node, change])).toEqual([["on-x", "same"]])
  })

  it("without arguments takes the newest run that changed something and the one before it; with one, that one and the latest", () => {
    const { from, to } = nodesOf()
    expect([from.run, to.run]).toEqual([runs[3], runs[4]])
    const one = nodesOf(runs[1]!)
    expect([one.from.run, one.to.run]).toEqual([runs[1], runs.at(-1)])
  })

  it("tells one mistyped run by one error, with the run that is near", () => {
    study.sediment("runs", "--tag", `${runs[0]}=submitted`)
    expect(study.json("diff", "submited", "latest")).toMatchObject({
      errors: [{ code: "unknown-run", message: expect.stringContaining('did you mean "submitted"?') }]
    })
    expect(study.json("diff", "submitted", "latst").errors).toMatchObject([
      { message: expect.stringContaining('"latst" names neither a run nor a node; did you mean "latest"?') }
    ])
    expect(study.json("diff", "submited", "latst").errors).toHaveLength(2)
  })

  it("tells nodes that are new, gone, failed and blocked, with the reason that was recorded", () => {
    const before = study.read("dag.ts")
    study.edit("dag.ts", '"on-z"', '"by-z"')
    study.edit("data/panel.csv", /(\w+,[-\d.]+),[\d.]+,/g, "$1,1,")
    run()
    const { byName } = nodesOf(runs[5]!, runs.at(-1)!)
    expect(
      Object.fromEntries(Object.values(byName as Record<string, { node: string; change: string }>).map(({ change, node }) => [node, change]))
    ).toMatchObject({
      panel: "changed",
      "on-x": "failed",
      "by-z": "added",
      "on-z": "removed"
    })
    expect(byName["on-x"].faults).toMatchObject([{ code: "constant", message: "x is constant" }])
    const { out } = study.sediment("diff", runs[5]!, "latest")
    expect(out).toMatch(/failed: on-x\n +x is constant/)
    expect(out).toMatch(/new: by-z\n +gone: on-z/)
    study.write("dag.ts", before)
    const failed = runs.at(-1)!
    // By itself, diff passes over the run that failed, and says so.
    expect(study.json("diff")).toMatchObject({ studies: [{ from: { run: runs[3] }, to: { run: runs[4] } }], passedOver: [failed] })
    study.edit("data/panel.csv", /(\w+,[-\d.]+),1,/, "$1,2,")
    run()
    const { err, out: mended } = study.sediment("diff")
    expect(mended).toMatch(new RegExp(`from +${runs[6]} .*\\n +to +${runs.at(-1)} `))
    expect(err).toBe(`passed over, since it did not come out well: ${failed} (failed); what it made: sediment diff ${runs[6]} ${failed}\n`)
  })

  it("needs no study that can be evaluated, and says what is neither a run nor a node", () => {
    const before = study.read("dag.ts")
    study.write("dag.ts", "no study")
    expect(study.sediment("diff", runs[2]!, runs[3]!).code).toBe(0)
    study.write("dag.ts", before)
    const { code, err } = study.sediment("diff", "on-w")
    expect(code).toBe(2)
    expect(err).toContain('"on-w" names neither a run nor a node; did you mean "on-x" or "on-z"?')
    expect(study.json("diff", runs[2]!, runs[3]!, "on-w")).toMatchObject({ ok: false, errors: [{ code: "unknown-node" }] })
  })
})
