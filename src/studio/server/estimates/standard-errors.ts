import { Effect } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import { conventionsInWords, type StandardErrorRow } from "../../../render/artifact/standard-errors.ts"
import { usage } from "../../../workspace/failure.ts"
import type { StudyToday } from "../today/study-today.ts"
import { flagIn } from "./comparisons.ts"
import { numbers, rowsIn, texts } from "./table-columns.ts"
import { neededOutput, nodeToday } from "./today.ts"

const rowsOf = (table: StoredTable): ReadonlyArray<StandardErrorRow> => {
  const text = (name: string) => texts(table, name)
  const number = (name: string) => numbers(table, name)
  const [equation, term, variance, smallSample, formula, software, note] = [
    text("equation"),
    text("term"),
    text("variance"),
    text("small_sample"),
    text("formula"),
    text("software"),
    text("note")
  ]
  const [estimate, stdError, statistic, df, p, low, high] = [
    number("estimate"),
    number("std_error"),
    number("statistic"),
    number("df"),
    number("p_value"),
    number("conf_low"),
    number("conf_high")
  ]
  const [factor, clusters, nobs, parameters] = [number("factor"), number("clusters"), number("nobs"), number("parameters")]
  return rowsIn(table, (row) => ({
    equation: equation(row),
    term: term(row),
    variance: variance(row),
    small_sample: smallSample(row),
    chosen: flagIn(table, "chosen", row),
    estimate: estimate(row) ?? Number.NaN,
    std_error: stdError(row),
    statistic: statistic(row),
    df: df(row),
    p_value: p(row),
    conf_low: low(row),
    conf_high: high(row),
    formula: formula(row),
    factor: factor(row),
    clusters: clusters(row),
    nobs: nobs(row) ?? Number.NaN,
    parameters: parameters(row),
    software: software(row),
    note: note(row)
  }))
}

/** A term's standard error: how it came about, and what it is under every convention. */
export const standardErrorsOf = (today: StudyToday, name: string, term: string) =>
  Effect.gen(function* () {
    const { table } = yield* neededOutput(yield* nodeToday(today, name), "StandardErrors")
    const rows = rowsOf(table).filter((one) => one.term === term)
    if (rows.length === 0) return yield* usage("unknown-term", `${name} keeps no standard error of a term "${term}"`)
    return {
      equations: [...Map.groupBy(rows, ({ equation }) => equation)].map(([equation, own]) => ({
        equation,
        ...conventionsInWords(own),
        conventions: own.map((row) => ({
          equation,
          variance: row.variance,
          smallSample: row.small_sample,
          chosen: row.chosen,
          stdError: row.std_error,
          statistic: row.statistic,
          df: row.df,
          p: row.p_value,
          low: row.conf_low,
          high: row.conf_high,
          clusters: row.clusters,
          parameters: row.parameters,
          factor: row.factor,
          software: row.software,
          note: row.note
        }))
      }))
    }
  })
