import { Stage, StageFailure, type Tracked } from "@sediment/sediment"
import { Effect } from "effect"
import { laggedRows } from "../../src/econometrics/sample/lag.ts"
import { type PanelIndex, panelIndex } from "../../src/econometrics/sample/panel-index.ts"
import type { Variable } from "../../src/econometrics/sample/variable.ts"
import { failTogether } from "../fail-together.ts"
import { requireVariables } from "../panel-columns.ts"
import type { Panel } from "../table-types.ts"
import type { Years } from "../years.ts"
import { type Gap, missingValueFaults } from "./missing-value.ts"
import { parseTerm } from "./term.ts"

/** The complete cases of a model's terms. */
export interface Design {
  readonly index: PanelIndex
  /** A term's column; the term must be among those that the design was read for. */
  readonly variable: (term: string) => Variable
  readonly variables: (terms: ReadonlyArray<string>) => ReadonlyArray<Variable>
}

/** Which rows a model is to use. */
export interface Sample {
  readonly years?: Years | undefined
  /** What a missing value is: a fault, or the loss of its row. */
  readonly missing: "fault" | "drop"
}

/** A term of the model: its variable's values, and the row of which each row takes its own: itself, or an earlier one of the entity; -1 where the panel has none. */
interface TermColumn {
  readonly term: string
  readonly variable: string
  readonly source: Int32Array
  readonly all: Float64Array
  readonly values: Float64Array
}

const readTerm = (panel: Tracked<typeof Panel>, term: string, entity: ReadonlyArray<string>, year: Int32Array): TermColumn => {
  const { lag, variable } = parseTerm(term)
  const all = panel.column(variable).values
  if (lag === 0) return { term, variable, source: Int32Array.from(all.keys()), all, values: all }
  const source = laggedRows(entity, year, lag)
  return { term, variable, source, all, values: Float64Array.from(source, (row) => all[row] ?? Number.NaN) }
}

/** By variable, the sample's rows that lack it and that a term takes it from: those of lagged terms that reach before the sample are not among them. */
const gapsOf = (columns: ReadonlyArray<TermColumn>, sample: ReadonlyArray<number>): ReadonlyArray<Gap> => {
  const inSample = new Set(sample)
  const gaps = new Map<string, Set<number>>()
  for (const { all, source, variable } of columns)
    for (const row of sample) {
      const from = source[row]!
      if (!inSample.has(from) || !Number.isNaN(all[from]!)) continue
      const rows = gaps.get(variable)
      if (rows === undefined) gaps.set(variable, new Set([from]))
      else rows.add(from)
    }
  return [...gaps].map(([variable, rows]) => ({ variable, rows: [...rows] }))
}

/**
 * Reads the named terms of a panel and keeps the rows that have them all. A variable that is missing in the sample is a fault (`missing-value`), or costs its rows,
 * as `missing` says; rows that have no lag are lost either way, and how many rows are is told (warning `rows-dropped`).
 * Lags are taken before `years` picks the sample, so that its first year has the lag that the panel knows. Only the named columns are read.
 */
export const readDesign = (
  panel: Tracked<typeof Panel>,
  terms: ReadonlyArray<string>,
  { missing: onMissing, years }: Sample,
  otherwise = 'say missing: "drop" to leave these rows out'
): Effect.Effect<Design, StageFailure> =>
  Effect.gen(function* () {
    const unique = [...new Set(terms)]
    yield* requireVariables(
      panel,
      unique.map((term) => parseTerm(term).variable),
      "variables of the model"
    )
    const entity = panel.column("entity").values
    const year = panel.column("year").values
    const columns = unique.map((term) => readTerm(panel, term, entity, year))
    const sample = Array.from(year, (_, row) => row).filter((row) => years === undefined || (year[row]! >= years.from && year[row]! <= years.to))
    if (onMissing === "fault") yield* failTogether(missingValueFaults(gapsOf(columns, sample), sample, entity, year, otherwise))
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
