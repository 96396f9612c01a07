import { Stage, StageFailure, type Tracked } from "@sediment/sediment"
import { Effect } from "effect"
import type { Variable } from "../../src/econometrics/fe-sample.ts"
import { laggedRows } from "../../src/econometrics/lag.ts"
import { type PanelIndex, panelIndex } from "../../src/econometrics/panel-index.ts"
import { requireVariables } from "../panel-columns.ts"
import type { Panel } from "../table-types.ts"
import type { Years } from "../years.ts"
import { parseTerm } from "./term.ts"

/** The complete cases of a model's terms. */
export interface Design {
  readonly index: PanelIndex
  /** A term's column; the term must be among those that the design was read for. */
  readonly variable: (term: string) => Variable
  readonly variables: (terms: ReadonlyArray<string>) => ReadonlyArray<Variable>
}

/** x of `years` before in the same entity; NaN where the panel has no such year. */
const lagged = (x: Float64Array, years: number, entity: ReadonlyArray<string>, year: Int32Array): Float64Array =>
  years === 0 ? x : Float64Array.from(laggedRows(entity, year, years), (row) => x[row] ?? Number.NaN)

/**
 * Reads the named terms of a panel and keeps the rows that have them all, telling how many others there are (warning `rows-dropped`).
 * Lags are taken before `years` picks the sample, so that its first year has the lag that the panel knows. Only the named columns are read.
 */
export const readDesign = (panel: Tracked<typeof Panel>, terms: ReadonlyArray<string>, years: Years | undefined): Effect.Effect<Design, StageFailure> =>
  Effect.gen(function* () {
    const unique = [...new Set(terms)]
    yield* requireVariables(
      panel,
      unique.map((term) => parseTerm(term).variable),
      "variables of the model"
    )
    const entity = panel.column("entity").values
    const year = panel.column("year").values
    const columns = unique.map((term) => {
      const { lag, variable } = parseTerm(term)
      return { term, values: lagged(panel.column(variable).values, lag, entity, year) }
    })
    const sample = Array.from(year, (_, row) => row).filter((row) => years === undefined || (year[row]! >= years.from && year[row]! <= years.to))
    const complete = sample.filter((row) => columns.every(({ values }) => !Number.isNaN(values[row]!)))
    const missing = columns
      .map(({ term, values }) => ({ term, count: sample.filter((row) => Number.isNaN(values[row]!)).length }))
      .filter(({ count }) => count > 0)
      .map(({ count, term }) => `${term} ${count}`)
    if (complete.length === 0)
      return yield* StageFailure.of(
        "no-complete-rows",
        sample.length === 0
          ? `the panel has no row in ${years?.from}-${years?.to}: choose other years`
          : `none of the ${sample.length} rows has all variables of the model (missing: ${missing.join(", ")}): interpolate, or leave a variable out`
      )
    if (complete.length < sample.length)
      yield* Stage.warn({
        code: "rows-dropped",
        message: `${sample.length - complete.length} of ${sample.length} rows are not used for missing values (${missing.join(", ")})`
      })
    for (const { term, values } of columns) {
      const row = complete.find((r) => !Number.isFinite(values[r]!))
      if (row !== undefined)
        return yield* StageFailure.of(
          "not-finite",
          `${term} is ${values[row]} for ${entity[row]} in ${year[row]}: correct it, or leave the row out with subset`,
          {
            column: term,
            entity: entity[row]!,
            year: year[row]!
          }
        )
    }
    const all = complete.length === entity.length
    const kept = new Map(columns.map(({ term, values }) => [term, all ? values : Float64Array.from(complete, (row) => values[row]!)]))
    const variable = (term: string): Variable => ({ name: term, values: kept.get(term)! })
    return {
      index: panelIndex(
        complete.map((row) => entity[row]!),
        complete.map((row) => year[row]!)
      ),
      variable,
      variables: (wanted) => wanted.map(variable)
    }
  })
