import { describe, expect, it } from "vitest"
import { toStoredTable } from "../../src/artifact/output.ts"
import { type Block, plainText, type Section } from "../../src/report/document.ts"
import { data } from "../../src/report/sections/data.ts"
import { keyResults } from "../../src/report/sections/key-results.ts"
import { opening } from "../../src/report/sections/opening.ts"
import { published } from "../../src/report/sections/published.ts"
import { warnings } from "../../src/report/sections/warnings.ts"
import { weights } from "../../src/report/sections/weights.ts"
import { csvRows, leadingComment } from "../../src/report/study-text.ts"
import { PublishedSummary } from "../../stages/published-comparison/comparison-types.ts"
import { Estimates, Glance, Panel, SpatialWeights } from "../../stages/table-types.ts"
import { printed } from "../render/tables.ts"
import { facts, node } from "./made-up-facts.ts"

/** Every text of some blocks, one a line. */
const textsOf = (blocks: ReadonlyArray<Block>): ReadonlyArray<string> =>
  blocks.flatMap((block): ReadonlyArray<string> => {
    if (block.block === "paragraph" || block.block === "source") return [plainText(block.text)]
    if (block.block === "banner") return [block.title, ...block.lines.map(plainText)]
    if (block.block === "list") return block.items.map(plainText)
    if (block.block === "facts") return block.facts.map(([term, text]) => `${term}: ${plainText(text)}`)
    if (block.block === "grid") return block.rows.map((row) => row.map(plainText).join(" | "))
    return block.block === "folded" ? [block.summary, ...textsOf(block.blocks)] : []
  })
const saidIn = ({ blocks, parts = [] }: Section): string => [...textsOf(blocks), ...parts.flatMap((part) => [part.title, ...textsOf(part.blocks)])].join("\n")

const missing = (n: number) => new Float64Array(n).fill(Number.NaN)
const estimates = (rows: ReadonlyArray<readonly [equation: string, term: string, estimate: number, error: number, p: number]>) =>
  toStoredTable(
    Estimates,
    {
      equation: rows.map(([equation]) => equation),
      term: rows.map(([, term]) => term),
      estimate: Float64Array.from(rows, ([, , estimate]) => estimate),
      std_error: Float64Array.from(rows, ([, , , error]) => error),
      statistic: missing(rows.length),
      df: missing(rows.length),
      p_value: Float64Array.from(rows, ([, , , , p]) => p),
      conf_low: missing(rows.length),
      conf_high: missing(rows.length)
    },
    []
  )

describe("key results", () => {
  const table = estimates([
    ["y", "x", 0.767, 0.13, 0.001],
    ["y", "W*x", -1.2, 0.9, 0.2],
    ["y", "gov", 9, 9, 0.3],
    ["y", "W*gov", 9, 9, 0.3],
    ["y", "rho", 0.4, 0.12, 0.02],
    ["y", "(constant)", -38, 18, 0.04],
    ["y", "sigma2", 4, 1, 0.01]
  ])
  const glance = toStoredTable(
    Glance,
    { equation: ["y"], model: ["m"], dependent: ["y"], variance: ["v"], small_sample: ["s"], sample: ["all"], nobs: Int32Array.of(589), rest: new Map() },
    []
  )
  const model = (name: string) =>
    node(name, "", { outputs: { coefficients: "Estimates", glance: "Glance" }, artifacts: { coefficients: "c", glance: "g" }, params: { controls: ["gov"] } })

  it("are the coefficients that are of no control, constant or variance, with stars and standard errors", () => {
    expect(saidIn(keyResults(facts([model("durbin")], { c: table, g: glance })))).toContain(
      "durbin y | x 0.767*** (0.130)\nW*x -1.20 (0.900)\nrho 0.400** (0.120) | 589"
    )
  })
  it("of a map's models stand together, folded", () => {
    const { blocks } = keyResults(facts([model("m[a]"), model("m[b]")], { c: table, g: glance }))
    expect(blocks.map(({ block }) => block)).toEqual(["paragraph", "folded"])
    expect(textsOf(blocks)[1]).toBe("m[…], 2 models")
  })
  it("are none where no model is there, or its artifact cannot be read", () => {
    expect(keyResults(facts([model("durbin")], { c: "it is gone", g: "it is gone" })).blocks).toEqual([])
  })
})

describe("the opening", () => {
  const said = (...given: Parameters<typeof facts>) => textsOf(opening(facts(...given))).join("\n")
  it("says that all is up to date only where all is", () => {
    expect(said([node("a", "Panel")])).toContain("All 1 node rest")
    const stale = said([
      node("a", "Panel"),
      node("b", "Panel", { standing: "stale", why: "the file x.csv changed" }),
      node("c", "Panel", { standing: "unknown" })
    ])
    expect(stale).toContain(
      "2 of 3 nodes are not up to date\nb: the file x.csv changed\nc: may change when what they rest on has run\nTo bring them up to date: sediment run"
    )
    expect(stale).not.toContain("All 3")
  })
  it("says that there is nothing yet", () => {
    expect(said([node("a", "Panel", { standing: "missing", why: "it has no result yet", made: undefined, artifacts: {} })])).toContain(
      "Nothing has been made yet"
    )
  })
  it("says what failed", () => {
    expect(
      said([node("a", "Panel", { standing: "failed", why: "failed: row 2: not a number" }), node("b", "Panel", { standing: "blocked", why: "a failed" })])
    ).toContain("2 nodes could not be made\na: failed: row 2: not a number\nb: a failed")
  })
  it("tells synthetic data as such, with the files", () => {
    const source = (path: string, note: string) => ({ path, note, sha256: "0".repeat(64), readBy: [], bytes: 1, rows: 1 })
    const sources = [source("a.csv", "synthetic replica"), source("b.csv", "synthetic replica"), source("c.csv", "")]
    expect(said([], {}, { sources })).toContain("Some of the data are synthetic\nsynthetic replica: a.csv, b.csv\n")
    expect(said([], {}, { sources: [source("a.csv", "revised in 2020")] })).toContain("What to know of the data\nrevised in 2020: a.csv")
  })
})

describe("published numbers beside the run's", () => {
  const cell = (text: string, value: number, there: string, thereValue: number) => ({ text, value, published: { text: there, value: thereValue } })
  it.each([
    ["as printed", cell("0.767***", 0.7671, "0.767***", 0.767), "1"],
    ["as printed, at the decimals that are printed", cell("0.7671**", 0.7671, "0.77**", 0.77), "1"],
    ["as printed, with another minus sign", cell("-0.5", -0.5, "−0.5", -0.5), "1"],
    ["another number", cell("0.776", 0.776, "0.767", 0.767), " | 1"],
    ["another number by the last digit", cell("0.768", 0.768, "0.767", 0.767), " | 1"],
    ["other stars", cell("0.767**", 0.767, "0.767***", 0.767), " |  | 1"],
    ["another sign", cell("-0.767***", -0.767, "0.767*", 0.767), " |  |  | 1"],
    ["a word that differs", { text: "No", published: { text: "Yes" } }, " | 1"]
  ])("%s", (_, one, row) => {
    const table = printed({
      title: "T",
      columns: [{ label: "c" }],
      rows: [
        { label: "r", cells: [one] },
        { label: "alone", cells: [{ text: "3", value: 3 }] }
      ],
      notes: []
    })
    expect(saidIn(published(facts([node("t", "PrintedTable")], { t: table })))).toContain(`T | 1 | ${row}`)
  })
  it("has no stars held against a table that prints none", () => {
    const table = printed({ title: "T", columns: [{ label: "c" }], rows: [{ label: "r", cells: [cell("0.767***", 0.767, "0.767", 0.767)] }], notes: [] })
    expect(saidIn(published(facts([node("t", "PrintedTable")], { t: table })))).toContain("T | 1 | 1")
  })
  it("is what the study's own comparison says, where it has one", () => {
    const counts = Object.fromEntries(
      [
        "numbers",
        "within_rounding",
        "within_tolerance",
        "beyond_tolerance",
        "not_reproduced",
        "sign_differs",
        "stars_compared",
        "stars_differ",
        "explained"
      ].map((name, i) => [name, Int32Array.of(i, 10 * i)])
    )
    const summary = toStoredTable(PublishedSummary, { table: ["4", "all"], ...counts } as never, [])
    const table = printed({ title: "T", columns: [{ label: "c" }], rows: [{ label: "r", cells: [cell("1", 1, "2", 2)] }], notes: [] })
    const said = saidIn(published(facts([node("t", "PrintedTable"), node("comparison", "PublishedSummary")], { t: table, comparison: summary })))
    expect(said).toContain("4 | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8\nall | 0 | 10 |")
    expect(said).not.toContain("T | 1")
  })
  it("is left out where no table has any", () => {
    const table = printed({ title: "T", columns: [{ label: "c" }], rows: [{ label: "r", cells: [{ text: "3", value: 3 }] }], notes: [] })
    expect(published(facts([node("t", "PrintedTable")], { t: table })).blocks).toEqual([])
  })
})

describe("data", () => {
  const panel = (values: ReadonlyArray<number>, filled?: ReadonlyArray<number>) =>
    toStoredTable(
      Panel,
      {
        entity: ["Anhui", "Anhui", "Hebei"],
        year: Int32Array.of(2009, 2010, 2009),
        rest: new Map([["gdp", { values: Float64Array.from(values), unit: "CNY", ...(filled === undefined ? {} : { filled: Uint8Array.from(filled) }) }]])
      },
      []
    )
  const raw = node("raw", "Panel", { inputs: { source: { source: "a.csv" } } })
  const filled = node("filled", "Panel", { inputs: { panel: { node: "raw", output: "output" } } })
  const derived = node("derived", "Panel", { inputs: { panel: { node: "filled", output: "output" } } })
  const tables = { raw: panel([1, Number.NaN, 3]), filled: panel([1, 2, 3], [0, 1, 0]), derived: panel([1, 2, 3], [0, 1, 0]) }

  it("say which cells are missing, and which were filled in by whom", () => {
    const said = saidIn(data(facts([raw, filled, derived], tables)))
    expect(said).toContain("gdp | CNY | 1 to 3 | 1 |  | ")
    expect(said).toContain("filled (stage filled): 1 cell of 1 column\ngdp 1: Anhui 2010")
    expect(said).not.toContain("derived (stage")
  })
  it("say that nothing was filled in", () => {
    expect(saidIn(data(facts([raw], tables)))).toContain("No cell was filled in")
  })
  it("name a file that is not there, and one that is another today", () => {
    const sources = [
      { path: "a.csv", note: "", sha256: undefined, readBy: [], bytes: undefined, rows: undefined },
      { path: "b.csv", note: "", sha256: "ab".repeat(32), readBy: [], bytes: undefined, rows: undefined }
    ]
    expect(saidIn(data(facts([], {}, { sources })))).toContain("a.csv | no such file |  |  | \nb.csv | another file today |  | abababababababab | ")
  })
})

describe("warnings", () => {
  it("of data are told with the data, the others by code, a message once with all its nodes", () => {
    const of = (code: string, message: string) => ({ warnings: [{ code, message }] })
    const all = [
      node("raw", "Panel", of("zero", "a zero in an otherwise positive series")),
      node("m[a]", "Estimates", of("few-clusters", "there are 6 clusters")),
      node("m[b]", "Estimates", of("few-clusters", "there are 6 clusters")),
      node("m[c]", "Estimates", of("few-clusters", "there are 3 clusters"))
    ]
    expect(saidIn(warnings(facts(all)))).toBe(
      "3 warnings of 1 kind. 1 more about the data.\nfew-clusters (3)\nm[a], m[b]: there are 6 clusters\nm[c]: there are 3 clusters"
    )
    expect(saidIn(data(facts(all)))).toContain("raw: a zero in an otherwise positive series")
  })
})

describe("spatial weights", () => {
  it("are told by what they come to", () => {
    const table = toStoredTable(
      SpatialWeights,
      { from: ["a", "b"], to: ["b", "a"], weight: Float64Array.of(1, 1), kind: ["queen", "queen"], standardize: ["row", "row"] },
      []
    )
    const said = saidIn(weights(facts([node("w", "SpatialWeights")], { w: table })))
    expect(said).toContain("Spatial weights: w\nqueen.\n2 entities, 2 links")
    expect(said).toContain("w, dag.ts line 7. Its data: sediment show --data w")
  })
})

describe("texts of a study", () => {
  it("the comment that dag.ts begins with", () => {
    expect(leadingComment("/**\n * The study of X,\n * 31 provinces.\n */\nimport a")).toBe("The study of X, 31 provinces.")
    expect(leadingComment("import a\n/** not this */")).toBe("")
  })
  it("rows of a CSV file: line breaks within quotes are none, nor are empty lines", () => {
    expect(csvRows([Buffer.from('a,b\n1,"x\ny"\r\n2,z\n\n')])).toBe(2)
    expect(csvRows([Buffer.from("a,b")])).toBe(0)
    expect(csvRows([Buffer.from("")])).toBe(0)
  })
})
