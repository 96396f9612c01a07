import { existsSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { comparedStudy } from "./compared-study.ts"
import { type RunDocument, ranIn, type StudyFolder } from "./study-folder.ts"

interface Document {
  readonly ok: boolean
  readonly ranks: { readonly entities: ReadonlyArray<Record<string, number | string>>; readonly agreement: ReadonlyArray<Record<string, number | string>> }
  readonly curve: {
    readonly estimates: ReadonlyArray<Record<string, number | string>>
    readonly tests: ReadonlyArray<Record<string, number | string>>
    readonly choices: ReadonlyArray<Record<string, number | string>>
    readonly options: ReadonlyArray<Record<string, number | string>>
  }
  readonly uncertainty: Record<string, { readonly entities: ReadonlyArray<unknown>; readonly sensitivity: ReadonlyArray<unknown> }>
  readonly movesMost: { readonly coefficient: { readonly choice: string; readonly share: number } }
  readonly shared: { readonly specifications: number; readonly needed: number; readonly distinct: number; readonly ran: number; readonly fresh: number }
  readonly states: Record<string, number>
}

let study: StudyFolder
let first: Document
const compare = (...args: ReadonlyArray<string>): Document => study.json("compare", ...args)
/** What a run of the comparison's results runs, names without their keys, each once. */
const ran = (): { readonly nodes: ReadonlyArray<string>; readonly kinds: ReadonlyArray<string> } => {
  const results = ["comparison-ranks", "comparison-curve", "comparison-inference", "comparison-uncertainty", "comparison-table-options"]
  const nodes = ranIn(study.json("run", ...results) as RunDocument)
  return { nodes, kinds: [...new Set(nodes.map((node) => node.replace(/\[.*/, "")))] }
}
beforeAll(() => {
  study = comparedStudy()
  first = compare()
}, 120_000)
afterAll(() => study.remove())

describe("sediment compare, of a study written from docs/compare.md alone", () => {
  it("ranks, the curve with its joint inference, what moves the coefficient, the uncertainty of each set", () => {
    expect(first.ok).toBe(true)
    expect(first.ranks.entities).toHaveLength(12)
    // 2 sets, 2 weightings, 2 aggregations; 3 specifications, 2 samples.
    expect(first.ranks.agreement.map(({ index }) => index)).toContain("short equal geometric")
    expect(first.ranks.agreement[0]).toMatchObject({ index: "full own linear", average_shift: 0 })
    expect(first.curve.estimates).toHaveLength(48)
    expect(first.curve.estimates.map(({ estimate }) => estimate)).toEqual(
      [...first.curve.estimates.map(({ estimate }) => Number(estimate))].sort((a, b) => a - b)
    )
    expect(first.curve.tests.map(({ test }) => test)).toEqual(["curve_median", "curve_significant", "curve_stouffer"])
    expect(first.curve.choices.filter((row) => row["with"] === "").map(({ choice }) => choice)).toEqual([
      "indicators",
      "weighting",
      "aggregation",
      "sample",
      "model",
      "(rest)"
    ])
    expect(Object.keys(first.uncertainty)).toEqual(["full", "short"])
    const { coefficient } = first.movesMost
    const most = Math.max(...first.curve.choices.filter((row) => row["with"] === "" && row["choice"] !== "(rest)").map(({ share }) => Number(share)))
    expect(coefficient.share).toBe(most)
  })

  it("tells how many nodes the specifications share", () => {
    const { distinct, fresh, needed, ran: made, specifications } = first.shared
    expect(specifications).toBe(48)
    // places, indicators, panel; by set a normalisation, by index weights, index, panel and a sample; the models.
    expect(distinct).toBe(3 + 2 + 4 + 8 + 8 + 8 + 48)
    // A model rests on itself, places, indicators, panel, normalisation, weights, index, its panel, and half of them on a sample.
    expect([made, fresh]).toEqual([distinct, 0])
    expect(needed).toBe(48 * 8 + 24)
    const again = study.sediment("compare")
    expect(again.err).toMatch(/^\d+ nodes: 0 ran, \d+ fresh/m)
    expect(again.err).toContain(
      `48 specifications, each with what it rests on, are ${needed} nodes; ${distinct} of them different (0 ran, ${distinct} fresh): ${needed - distinct} shared`
    )
    expect(again.out).toMatch(/^Ranks: \d+ of 12 are the same in all 8 indices/)
    expect(again.out).toContain("Ranks over all indices")
  })

  it("its estimates are the models' own; a run without names leaves it alone", () => {
    expect(
      study
        .run()
        .nodes.map(({ node }) => node)
        .filter((node) => node.startsWith("compar"))
    ).toEqual([])
    // Nor is what a comparison runs beside the study an edit of the study.
    expect(study.sediment("diff")).toMatchObject({ code: 2, err: expect.stringContaining("there is nothing to compare") })
    const row = first.curve.estimates.find(({ specification }) => specification === "full own linear all baseline")!
    const { data: own } = study.json("show", "compared-model[full own linear all baseline].coefficients")
    expect(Number(row["estimate"]) * Number(row["scale"])).toBeCloseTo(own.estimate[0], 12)
    expect(row["p_value"]).toBe(own.p_value[0])
    expect(study.sediment("export", "-o", "all.md")).toMatchObject({ code: 2, err: expect.stringContaining("no printed table") })
  })

  it("writes its tables and figure by the ending of -o", () => {
    expect(study.sediment("compare", "-o", "comparison.html").code).toBe(0)
    expect(study.read("comparison.html")).toContain("What moves the coefficient")
    expect(study.sediment("compare", "-o", "out/", "--format", "csv,svg").code).toBe(0)
    for (const file of ["out/comparison-figure-curve.svg", "out/comparison-table-ranks.csv"]) expect(existsSync(study.at(file))).toBe(true)
    expect(study.sediment("compare", "-o", "x.pdf")).toMatchObject({ code: 2, err: expect.stringContaining(".html, .md, .tex, .docx, .xlsx") })
  })

  it("a control of one specification: its models and replicates, and what is made of all", () => {
    study.edit("comparisons/choices.yaml", "no-income: { without: [income] }", "no-income: { without: [income, openness] }")
    const { kinds, nodes } = ran()
    expect([...kinds].sort()).toEqual(["compared-model", "compared-replicates", "comparison-curve", "comparison-inference", "comparison-table-options"])
    expect(nodes.filter((node) => node.startsWith("compared")).every((node) => / no-income( \d+)?\]$/.test(node))).toBe(true)
    // 8 indices and 2 samples; 2 sets, 2 samples and 2 blocks.
    expect(nodes.filter((node) => node.startsWith("compared"))).toHaveLength(16 + 8)
  })

  it("more replicates: the new blocks, and the test", () => {
    study.edit("comparisons/choices.yaml", "replicates: 40", "replicates: 60")
    const { kinds, nodes } = ran()
    expect([...kinds].sort()).toEqual(["compared-replicates", "comparison-inference"])
    expect(nodes.filter((node) => node.startsWith("compared-replicates")).every((node) => node.endsWith(" 40]"))).toBe(true)
  })

  it("an indicator of one set: that set's; another weighting: its indices", () => {
    study.edit("indicators/short.yaml", "attribute: positive", "attribute: negative")
    study.edit("comparisons/choices.yaml", "  equal: { method: equal }", "  equal: { method: equal }\n  critic: { method: critic }")
    const made = ran().nodes.filter((node) => /^compared-(normalized|weights|index|panel|sample|model)/.test(node))
    for (const wanted of [/\[short own/, /\[full critic/]) expect(made.filter((node) => wanted.test(node)).length).toBeGreaterThan(0)
    expect(made.filter((node) => !/\[short| critic/.test(node))).toEqual([])
  })

  it("what is wrong in a file is told with its place; a study without a comparison, with what to do", () => {
    study.write(
      "comparisons/wrong.yaml",
      "treatment: x\ncontrols: [income]\nindicators: { full: indicators/full.yaml }\nspecifications: { a: { without: [openness] }, b: { estimator: gmm } }\n"
    )
    const { code, err } = study.sediment("compare", "comparisons/wrong.yaml")
    expect(code).toBe(2)
    expect(err).toMatch(/comparisons\/wrong\.yaml, specifications\.b\.estimator: /)
    study.write("comparisons/other.yaml", "treatment: z\nindicators: { full: indicators/full.yaml }\nreplicates: 0\nuncertainty: none\n")
    const { errors, ok } = study.json("compare", "comparisons/other.yaml")
    expect(ok).toBe(false)
    expect(errors[0]).toMatchObject({
      code: "missing-variable",
      message: expect.stringContaining('the panel has no variable "z"'),
      where: { node: "compared-model[full own own all baseline]" }
    })
    study.edit("comparisons/other.yaml", "treatment: z", "treatment: x")
    expect(study.sediment("compare", "comparisons/other.yaml")).toMatchObject({
      code: 0,
      out: expect.stringContaining("The coefficient of x over one specification")
    })
    expect(ok).toBe(false)
    expect(errors[0]).toMatchObject({ code: "missing-variable", where: { node: "compared-model[full own own all baseline]" } })
    study.write(
      "plain/dag.ts",
      study
        .read("dag.ts")
        .replace(/^ {2}compareNodes.*\n/m, "")
        .replaceAll('"data/', '"../data/')
    )
    expect(study.sediment("compare", "comparisons/other.yaml", "--study", "plain/dag.ts")).toMatchObject({
      code: 2,
      err: expect.stringContaining("compareNodes")
    })
    expect(study.sediment("compare", "--study", "plain/dag.ts")).toMatchObject({ code: 2, err: expect.stringContaining("docs/compare.md") })
  })
})
