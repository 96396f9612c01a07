import { cpSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type RunDocument, ranIn, StudyFolder } from "./study-folder.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))

/** A copy of the paper's study, to edit as its user would. */
let study: StudyFolder
let first: RunDocument
beforeAll(() => {
  study = new StudyFolder({})
  for (const name of ["dag.ts", "study", "package.json", "package-lock.json", "stages", "src", "data", "indicators", "comparisons"])
    cpSync(join(root, name), join(study.path, name), { recursive: true })
  symlinkSync(join(root, "node_modules"), join(study.path, "node_modules"))
  // Imputations are half of its work, and two of them do what ten do.
  study.edit("study/data-quality.ts", "{ length: 10 }", "{ length: 2 }")
  first = study.run()
}, 120_000)
afterAll(() => study.remove())

/** Names of nodes without their keys, each once. */
const kinds = (nodes: ReadonlyArray<string>) => [...new Set(nodes.map((node) => node.replace(/\[.*/, "")))]

describe("the paper's study", () => {
  it("runs whole, says that its data are synthetic in everything printed, and has nothing to do the second time", () => {
    expect(first.ok).toBe(true)
    expect(first.nodes.every((node) => node.state === "ran")).toBe(true)
    for (const table of ["table2", "table4", "table8", "table11[nested]", "figure2", "figure3"]) {
      expect(study.json("show", table).notes).toEqual([expect.stringContaining("synthetic")])
      for (const format of ["md", "svg"]) expect(study.read(`results/advanced-manufacturing/${table}.${format}`)).toContain("synthetic")
    }
    expect(study.ran()).toEqual([])
  })

  it("spatial weights: show says above the table what they come to; they are written as other programs read them", () => {
    const weights = "spatial-weights[nested]"
    const lines = study.sediment("show", weights).out.split("\n")
    expect(lines.slice(0, 3)).toEqual([
      "31 entities, 930 links (100% of pairs)",
      "neighbours: 30, mean 30; no islands; 1 component",
      "links symmetric, weights not, not similar to a symmetric matrix; row sums 1"
    ])
    expect(lines[3]).toMatch(/^rho from -\d\.\d+ to 1 \(by the eigenvalues\)$/)
    expect(study.json("show", weights).summary).toMatchObject({ entities: 31, links: 930, islands: [], rho: { upper: expect.closeTo(1, 12), exact: true } })
    expect(study.sediment("show", weights, "-o", "w.matrix.csv").code).toBe(0)
    expect(study.read("w.matrix.csv").split("\n")[0]).toMatch(/^,Anhui,Beijing,/)
    expect(study.sediment("show", weights, "-o", "w.gal")).toMatchObject({ code: 2, err: expect.stringContaining('"Inner Mongolia"') })
    expect(study.sediment("show", weights, "-o", "w.shp").err).toContain(".gal, .gwt, .matrix.csv")
    expect(study.sediment("show", "panel", "-o", "w.gal").err).toMatch(/must end in .csv, .json, .xlsx, .parquet, .arrow, .dta/m)
  })

  it("trace: from what a model read of a province's year back to the cells of the files; a filled cell to those that it lies between", () => {
    const leaves = (cells: ReadonlyArray<Record<string, unknown>>): ReadonlyArray<Record<string, unknown>> =>
      cells.flatMap((cell) => ((cell["from"] as ReadonlyArray<Record<string, unknown>>).length === 0 ? [cell] : leaves(cell["from"] as never)))
    const { cells, stale } = study.json("trace", "baseline", "--entity", "Hebei", "--year", "2010")
    expect(stale).toEqual([])
    const read = leaves(cells as never).filter((cell) => cell["again"] !== true)
    expect(read.length).toBeGreaterThan(30)
    for (const { column, source, value, year } of read as unknown as ReadonlyArray<{ column: string; source: string; value: number; year: number }>) {
      const [file, letter, row] = /^(.*)!([A-Z]+)(\d+)$/.exec(source)!.slice(1)
      const lines = study.read(file!).split("\n")
      const at = letter!.charCodeAt(0) - 65
      expect([lines[0]!.split(",")[at], Number(lines[Number(row) - 1]!.split(",")[at])]).toEqual([column, value])
      expect(lines[Number(row) - 1]!.startsWith(`Hebei,${year},`)).toBe(true)
    }
    const filled = study.sediment("trace", "indicators", "--entity", "Hebei", "--year", "2010", "--column", "new_product_share").out
    expect(filled).toContain("filled: linear, between 2009 and 2011")
    expect(filled).toContain("raw-indicators.new_product_share (2011) = 4.5 %   <- data/replica/indicators.synthetic.csv!C48")
    const wrong = study.sediment("trace", "panel", "--entity", "Hebe", "--year", "2010", "--column", "amii")
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringMatching(/did you mean "ami"\?[\s\S]*did you mean "Hebei"\?/)])
  })

  it("ingest --preview proposes a description with which the file is read; --description shows what one's own makes of it", () => {
    study.write(
      "yearbook.csv",
      "4-3 Employed persons,,\nUnit: 10 000 persons,,\nRegion,2003,2004\nNational Total,9,12\nBeijing,1,2\nHebei,3,—\nNote: at the year's end.,,\n"
    )
    const proposed = study.json("ingest", "--preview", "yearbook.csv")
    expect(proposed).toMatchObject({ ok: true, proposed: true, understood: { rows: 4, entities: ["Beijing", "Hebei"], years: [2003, 2004] } })
    expect(study.sediment("ingest", "--preview", "yearbook.csv", "-o", "sources/workers.yaml").code).toBe(0)
    const kept = study.json("ingest", "yearbook.csv", "--description", "sources/workers.yaml")
    expect(kept).toMatchObject({ ok: true, proposed: false, description: proposed["description"], understood: proposed["understood"] })
    study.write("sources/workers.yaml", study.read("sources/workers.yaml").replace("National Total", "Total").replace("header: 3", "header: 3\nfootnote: x"))
    const wrong = study.sediment("ingest", "yearbook.csv", "--description", "sources/workers.yaml")
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('there is no "footnote" here; did you mean "footnotes"?')])
    expect(study.sediment("ingest", "nothing.csv", "--preview")).toMatchObject({ code: 2, err: expect.stringContaining("there is no file nothing.csv") })
  })

  it("explain-se: a standard error's formula with its numbers, and every convention beside it; a term or a node without is told with those that there are", () => {
    const { standardErrors, ...document } = study.json("explain-se", "baseline", "coagglo")
    expect(document).toMatchObject({ version: 1, node: "baseline", output: "variances", term: "coagglo", stale: false })
    const [own, ...others] = standardErrors as ReadonlyArray<Record<string, string | number>>
    const { coefficients } = first.nodes.find(({ node }) => node === "baseline")!.artifacts
    expect(coefficients).toBeDefined()
    const { data } = study.json("show", "baseline.coefficients")
    expect(own).toMatchObject({
      chosen: true,
      variance: "clustered by entity",
      small_sample: "xtreg",
      std_error: data.std_error[0],
      clusters: 31,
      nobs: 589,
      parameters: 27
    })
    expect(own!["factor"]).toBeCloseTo((31 / 30) * (588 / 562), 12)
    const error = (variance: string, convention: string) =>
      others.find((row) => row["variance"] === variance && row["small_sample"] === convention)!["std_error"]
    expect(error("clustered by entity", "reghdfe")).toBe(own!["std_error"])
    expect(Number(error("clustered by entity", "areg")) / Number(own!["std_error"])).toBeCloseTo(Math.sqrt(562 / 532), 12)
    expect(Number(error("clustered by entity", "none")) * Math.sqrt(Number(own!["factor"]))).toBeCloseTo(Number(own!["std_error"]), 12)

    const { out } = study.sediment("explain-se", "baseline", "coagglo")
    expect(out).toContain("c = G/(G-1) (n-1)/(n-K), K = slopes + year dummies + constant")
    expect(out).toContain("G = 31, n = 589, K = 27: c = 1.08114")
    expect(out).toMatch(/^\* clustered by entity +xtreg/m)
    expect(out).toContain('vcovHC(type = "HC2")')
    expect(study.sediment("explain-se", "baseline", "coaglo")).toMatchObject({ code: 2, err: expect.stringContaining('did you mean "coagglo"') })
    expect(study.sediment("explain-se", "weights", "x")).toMatchObject({ code: 2, err: expect.stringContaining("nodes that do: baseline, iv, on-eg") })
  })

  it("makes the same artifacts in another cache, one node at a time", () => {
    const artifacts = (document: RunDocument) => Object.fromEntries(document.nodes.map((node) => [node.node, node.artifacts]))
    expect(artifacts(study.run("--cache", "cache-again", "--jobs", "1"))).toEqual(artifacts(first))
  })

  it("a cell of one control: its table is ingested, and what reads that column runs; explain says so; taken back, nothing runs", () => {
    const before = study.read("data/replica/controls.synthetic.csv")
    study.write(
      "data/replica/controls.synthetic.csv",
      before.replace(/^(Zhejiang,2011,(?:[^,]*,){7})([^,\n]*)$/m, (_, rest: string, cell: string) => `${rest}${Number(cell) + 1}`)
    )
    const ran = ranIn(study.run())
    expect(kinds(ran.filter((node) => /^raw/.test(node)))).toEqual(["raw", "raw-all", "raw-controls"])
    for (const untouched of [
      "provinces",
      "indicators",
      "normalized",
      "weights",
      "index",
      "coagglomeration",
      "eg-index",
      "spatial-weights",
      "moran",
      "table2",
      "figure2",
      "figure3"
    ])
      expect(kinds(ran)).not.toContain(untouched)
    for (const touched of ["baseline", "iv", "mediation", "durbin", "table3", "table4", "table11"]) expect(kinds(ran)).toContain(touched)
    // Zhejiang is in the east: the other regions' samples came out the same.
    expect(ran).toContain("heterogeneity[east]")
    expect(ran).not.toContain("heterogeneity[west]")
    const { out } = study.sediment("explain", "baseline")
    expect(out).toContain("baseline: its input panel changed: inf of panel")
    expect(out).toContain("raw-controls: the file data/replica/controls.synthetic.csv changed")
    study.write("data/replica/controls.synthetic.csv", before)
    expect(study.ran()).toEqual([])
  })

  it("another indicator set: weights, index and what rests on them run, co-agglomeration and spatial weights do not; back again, nothing runs", () => {
    const ran = kinds(study.ran("--indicators", "indicators/reduced.yaml"))
    expect(ran).toEqual(expect.arrayContaining(["normalized", "weights", "index", "panel", "baseline", "table2", "table4", "durbin", "figure2"]))
    for (const untouched of ["raw-indicators", "indicators", "coagglomeration", "eg-index", "spatial-weights", "modelled"]) expect(ran).not.toContain(untouched)
    expect(study.ran()).toEqual([])
  })

  it("more replicates: the new blocks and the intervals", () => {
    study.edit("dag.ts", "const blocks = [0, 250, 500, 750]", "const blocks = [0, 250, 500, 750, 1000]")
    expect(study.ran()).toEqual(
      [
        "against-the-paper",
        "differences-from-the-paper",
        "figure-against-the-paper",
        "figure-bootstrap",
        "mediation-effects",
        "mediation-effects-percentile",
        "mediation-replicates[1000]",
        "moderation-effects[icc]",
        "moderation-effects[mi]",
        "moderation-replicates[icc 1000]",
        "moderation-replicates[mi 1000]",
        "published-comparison",
        "spatial-mediation-effects",
        "spatial-mediation-replicates[1000]",
        "table-conditional-effects[icc]",
        "table-conditional-effects[mi]",
        "table-spatial-mediation",
        "table8"
      ].sort()
    )
  })

  it("a helper of the estimators: exactly the stages that reach it", () => {
    study.edit("src/econometrics/measurement/location-quotient.ts", /^export const/m, "// A comment.\nexport const")
    expect(study.ran()).toEqual([])
    study.edit("src/econometrics/variance/cluster-meat.ts", "const score = scores[g * k + i]!", "const score = scores[g * k + i]! * 1.001")
    const ran = kinds(study.ran())
    for (const stage of ["baseline", "iv", "mediation"]) expect(ran).toContain(stage)
    for (const stage of ["coagglomeration", "weights", "spatial-weights", "moran"]) expect(ran).not.toContain(stage)
  })
})
