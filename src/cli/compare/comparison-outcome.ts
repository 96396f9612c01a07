/** What a comparison came to, from its artifacts: as rows for `--json`, and in a few sentences. */
import type { StoredTable } from "../../artifact/column.ts"
import { count } from "../../engine/wording.ts"
import { significant } from "../../render/numbers.ts"
import { present, visibleColumns } from "../../render/stored.ts"

export type Row = Readonly<Record<string, string | number | boolean | null>>

/** A table's rows as objects; what is missing is null. */
export const rowsOf = (table: StoredTable): ReadonlyArray<Row> => {
  const columns = visibleColumns(table)
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(
      columns.map((column) => {
        const value = column.values[row] as string | number
        return [column.name, present(column, row) ? (column.kind === "flag" ? value === 1 : value) : null]
      })
    )
  )
}

/** The artifacts of a comparison's data by node and output, `comparison-curve.estimates`. */
export type Outcome = ReadonlyMap<string, ReadonlyArray<Row>>

const percent = (share: unknown): string => `${Math.round(100 * Number(share))} %`
const numbers = (rows: ReadonlyArray<Row>, column: string): ReadonlyArray<number> => rows.flatMap((row) => (row[column] === null ? [] : [Number(row[column])]))

/** The choice alone that makes most of the variance. */
export const movesMost = (choices: ReadonlyArray<Row>): { readonly choice: string; readonly share: number } | undefined => {
  const alone = choices.filter((row) => row["with"] === "" && row["choice"] !== "(rest)")
  const [most] = [...alone].sort((a, b) => Number(b["share"]) - Number(a["share"]))
  return most === undefined ? undefined : { choice: String(most["choice"]), share: Number(most["share"]) }
}

const moved = (what: string, choices: ReadonlyArray<Row>): ReadonlyArray<string> => {
  const most = movesMost(choices)
  return most === undefined ? [] : [`What moves ${what} most: ${most.choice}, ${percent(most.share)} of the variance.`]
}

/** The comparison in sentences: ranks, the curve, what moves each. */
export const digest = (outcome: Outcome): ReadonlyArray<string> => {
  const of = (name: string) => outcome.get(name) ?? []
  const entities = of("comparison-ranks.entities")
  const others = of("comparison-ranks.agreement").slice(1)
  const summary = new Map(of("comparison-curve.summary").map((row) => [String(row["statistic"]), Number(row["value"])]))
  const dominant = of("comparison-curve.summary").find((row) => row["statistic"] === "share_dominant_sign")
  const tests = of("comparison-inference")
  const taus = numbers(others, "kendall")
  const shifts = numbers(others, "average_shift")
  const lines: Array<string> = []
  const kept = entities.filter((row) => row["best"] === row["worst"]).length
  if (others.length > 0)
    lines.push(
      `Ranks: ${kept} of ${entities.length} are the same in all ${others.length + 1} indices. Against the first, the others shift them by ${significant(Math.min(...shifts), 2)} to ${significant(Math.max(...shifts), 2)} places on average${taus.length === 0 ? "" : `, with Kendall's tau from ${significant(Math.min(...taus), 2)} to ${significant(Math.max(...taus), 2)}`}.`,
      ...moved("the ranks", of("comparison-ranks.choices"))
    )
  lines.push(
    `Coefficient: median ${significant(summary.get("median")!, 3)}, from ${significant(summary.get("smallest")!, 3)} to ${significant(summary.get("largest")!, 3)}; ${percent(dominant?.["value"])} ${String(dominant?.["note"]).replace(/^of the estimates /, "")}, and ${percent(summary.get("share_significant"))} of all are significant.`,
    ...moved("the coefficient", of("comparison-curve.choices"))
  )
  if (tests.length > 0) {
    const p = (name: string) => significant(Number(tests.find((row) => row["test"] === name)?.["p_value"]), 2)
    const all = summary.get("specifications")!
    const tested = Number(/^\d+/.exec(String(tests[0]!["variant"]))?.[0] ?? all)
    lines.push(
      `${tested === all ? `All ${count(all, "specification")}` : `${tested} of the ${all} specifications`} together, against resamples without an effect: p ${p("curve_median")} (median), ${p("curve_significant")} (share significant), ${p("curve_stouffer")} (Stouffer's z).`
    )
  }
  return lines
}
