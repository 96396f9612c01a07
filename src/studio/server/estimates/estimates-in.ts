import type { StoredTable } from "../../../artifact/column.ts"
import { starCount } from "../../../artifact/significance.ts"
import type { Equation, Estimate, Fact } from "../../messages/estimates/models.ts"
import { numbers, rowsIn, texts } from "./table-columns.ts"

/** The rows of an output with estimates, of any of the types that have some. */
export const estimatesIn = (output: string, table: StoredTable): ReadonlyArray<Estimate> => {
  const [equation, effect, term, method] = [texts(table, "equation"), texts(table, "effect"), texts(table, "term"), texts(table, "method")]
  const order = numbers(table, "order")
  const cumulated = table.columns.find(({ name }) => name === "cumulated")?.values
  const [estimate, stdError, statistic, df, p, low, high] = (["estimate", "std_error", "statistic", "df", "p_value", "conf_low", "conf_high"] as const).map(
    (name) => numbers(table, name)
  ) as [Column, Column, Column, Column, Column, Column, Column]
  return rowsIn(table, (row) => ({
    output,
    row,
    term: term(row),
    of: [equation(row) + effect(row), order(row) === null ? "" : `${cumulated?.[row] === 1 ? "up to order" : "order"} ${order(row)}`]
      .filter((text) => text !== "")
      .join(", "),
    estimate: estimate(row),
    stdError: stdError(row),
    statistic: statistic(row),
    df: df(row),
    p: p(row),
    stars: starCount(p(row) ?? Number.NaN),
    low: low(row),
    high: high(row),
    method: method(row)
  }))
}
type Column = (row: number) => number | null

const NAMED = new Set(["equation", "model", "dependent", "variance", "small_sample", "sample", "nobs"])

/** The equations of a glance, with whatever it has of their fit. */
export const equationsIn = (table: StoredTable): ReadonlyArray<Equation> => {
  const further = table.columns.filter(({ name }) => !NAMED.has(name))
  const [equation, dependent, model, variance, smallSample, sample] = ["equation", "dependent", "model", "variance", "small_sample", "sample"].map((name) =>
    texts(table, name)
  ) as [Text, Text, Text, Text, Text, Text]
  const nobs = numbers(table, "nobs")
  return rowsIn(table, (row) => ({
    equation: equation(row),
    dependent: dependent(row),
    model: model(row),
    variance: variance(row),
    smallSample: smallSample(row),
    sample: sample(row),
    nobs: nobs(row),
    fit: further.flatMap(({ description, kind, name }): ReadonlyArray<Fact> => {
      const value = kind === "number" || kind === "integer" ? numbers(table, name)(row) : texts(table, name)(row)
      return value === null || value === "" ? [] : [{ name, value, description }]
    })
  }))
}
type Text = (row: number) => string
