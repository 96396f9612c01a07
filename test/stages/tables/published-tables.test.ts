import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import type { StoredTable } from "../../../src/artifact/column.ts"
import { printedText } from "../../../src/render/table/printed-text.ts"
import type { StageFailure } from "../../../src/sediment.ts"
import { publishedComparison } from "../../../stages/published-comparison.ts"
import { publishedVariants } from "../../../stages/published-variants.ts"
import { Panel } from "../../../stages/table-types.ts"
import { publishedDifferencesTable } from "../../../stages/tables/published-differences-table.ts"
import { publishedSummaryTable } from "../../../stages/tables/published-summary-table.ts"
import { publishedVariantsTable } from "../../../stages/tables/published-variants-table.ts"
import { rankingTable } from "../../../stages/tables/ranking-table.ts"
import { type Printed, publishedTable, shownTable } from "../published-comparison/comparison-inputs.ts"
import { column, runStage, tableOf } from "../run-stage.ts"

const paper: ReadonlyArray<Printed> = [
  { term: "coagglo", text: "0.767 ***" },
  { term: "coagglo", kind: "std_error", text: "(0.130)" },
  { term: "pdgp", text: "2.109 **" },
  { term: "fdi", text: "0.087 **" },
  { term: "r2", kind: "r2", text: "0.527" },
  { table: "text", column: "5.6", term: "lm_lag", kind: "statistic", text: "183.745 ***" }
]
const run: Readonly<Record<string, readonly [number, string]>> = {
  "coagglo estimate": [0.7, "0.700***"],
  "coagglo std_error": [0.1302, "(0.130)"],
  "pdgp estimate": [-1.9, "-1.900*"],
  "fdi estimate": [0.087, "0.087"],
  "r2 r2": [0.7, "0.700"]
}
const compared = (params: unknown = {}) =>
  Effect.map(
    runStage(
      publishedComparison,
      {
        tables: [
          shownTable(paper.slice(0, 5), ({ kind = "estimate", term }) => {
            const [value, text] = run[`${term} ${kind}`]!
            return { value, text }
          })
        ],
        published: [publishedTable(paper)]
      },
      params
    ),
    ({ outputs }) => outputs
  )
const text = (table: StoredTable | undefined) => printedText(table!, { width: 120, colour: false })

describe("tables of published numbers beside a run's", () => {
  it.effect("tell by table how many differ, and list the differences worst first", () =>
    Effect.gen(function* () {
      const { numbers, summary } = yield* compared({ explanations: [{ table: "4", term: "r2", why: "another R²" }] })
      const { outputs: first } = yield* runStage(publishedSummaryTable, { summary: summary! }, { title: "Against the paper" })
      const { outputs: second } = yield* runStage(publishedDifferencesTable, { numbers: numbers! }, { title: "Differences" })
      yield* Effect.promise(() => expect(`${text(first["output"])}\n${text(second["output"])}`).toMatchFileSnapshot("expected/published-comparison.txt"))
    })
  )

  it.effect("list no more than asked for, and say how many there are besides", () =>
    Effect.gen(function* () {
      const { numbers } = yield* compared()
      const { outputs } = yield* runStage(publishedDifferencesTable, { numbers: numbers! }, { title: "", most: 2 })
      expect(text(outputs["output"])).toMatch(/pdgp[\s\S]*fdi[\s\S]*3 more are not listed/)
      expect(text(outputs["output"])).not.toMatch(/lm_lag/)
    })
  )

  it.effect("say so where nothing differs", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(publishedComparison, { tables: [shownTable(paper)], published: [publishedTable(paper)] })
      const { outputs: list } = yield* runStage(publishedDifferencesTable, { numbers: outputs["numbers"]! }, { title: "" })
      expect(text(list["output"])).toContain("Of 6 published numbers none differs in sign or stars, none by more than the tolerance, and all are in the run.")
    })
  )

  it.effect("set variants beside each other", () =>
    Effect.gen(function* () {
      const { numbers } = yield* compared()
      const { outputs } = yield* runStage(publishedVariants, { comparisons: [numbers!] }, { names: ["iid"] })
      const { outputs: table } = yield* runStage(publishedVariantsTable, { fits: outputs["output"]! }, { title: "" })
      expect(text(table["output"])).toMatch(/Table 4 \(1\) ami +1 of 3 +1\.00 +1 of 1/)
      expect(text(table["output"])).not.toMatch(/all columns|^All/m)
    })
  )
})

describe("variants of a run in several columns and tables", () => {
  const more: ReadonlyArray<Printed> = ["2", "1"].flatMap((at) =>
    ["6", "7"].flatMap((table) => [
      { table, column: at, term: "x", text: "1.00" },
      { table, column: at, term: "x", kind: "std_error", text: "(0.50)" }
    ])
  )
  it.effect("have rows in the order of print, with totals; no stars where print has none", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(publishedComparison, { tables: [shownTable(more)], published: [publishedTable(more)] })
      const { outputs: fits } = yield* runStage(publishedVariants, { comparisons: [outputs["numbers"]!] }, { names: ["one"] })
      const { outputs: table } = yield* runStage(publishedVariantsTable, { fits: fits["output"]! }, { title: "" })
      const labels = (column(table["output"], "row_label") as ReadonlyArray<string>).filter((label) => label !== "")
      expect([...new Set(labels)]).toEqual([
        "Table 6 (1) ami",
        "Table 6 (2) ami",
        "Table 6, all columns",
        "Table 7 (1) ami",
        "Table 7 (2) ami",
        "Table 7, all columns",
        "All"
      ])
      expect(column(table["output"], "column_group")).not.toContain("Stars agree")
    })
  )
})

describe("a ranking", () => {
  const places = ["Anhui", "Beijing", "Jiangsu", "Shanghai"]
  const panel = tableOf(Panel, {
    entity: places,
    year: Int32Array.from(places, () => 2021),
    rest: new Map([["ami", { values: Float64Array.of(3, 9, 5, 9), unit: "", description: "" }]])
  })
  const ranks: ReadonlyArray<Printed> = ["Jiangsu", "Anhui"].map((term, i) => ({ table: "text", column: "4.2.1", term, kind: "rank", text: String(i + 1) }))

  it.effect("has the largest first, ties sharing a rank, with published ranks beside and those published that are not among the first", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(rankingTable, { panel, published: [publishedTable(ranks)] }, { title: "", variable: "ami", year: 2021, top: 1 })
      const table = outputs["output"]
      const cells = column(table, "column") as ArrayLike<number>
      const at = Array.from(cells).flatMap((c, i) => ((column(table, "part") as ReadonlyArray<string>)[i] === "cell" && c === 0 ? [i] : []))
      expect(at.map((i) => [column(table, "row_label")[i], column(table, "text")[i], column(table, "published")[i]])).toEqual([
        ["Beijing", "1", ""],
        ["Shanghai", "1", ""],
        ["Jiangsu", "3", "1"],
        ["Anhui", "4", "2"]
      ])
    })
  )

  it.effect("of a year that has no values is refused", () =>
    Effect.gen(function* () {
      const failure = (yield* Effect.flip(runStage(rankingTable, { panel, published: [] }, { title: "", variable: "ami", year: 2030 }))) as StageFailure
      expect(failure.message).toBe('"ami" has no value in 2030; the years are 2021 to 2021')
    })
  )
})
