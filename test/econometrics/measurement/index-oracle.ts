import { readFileSync } from "node:fs"
import { assert } from "@effect/vitest"
import * as fc from "fast-check"
import type { Weighted } from "../../../src/econometrics/measurement/composite-score.ts"
import { usStates } from "../produc.ts"

type Numbers = ReadonlyArray<number>
type ByYear = Readonly<Record<string, Numbers>>

/** What test/oracle/index-weightings.R computed on the five indicators of the US states. */
export const oracle: {
  readonly normalized: Readonly<Record<string, Numbers>>
  readonly standard_deviation: Numbers
  readonly critic: Numbers
  readonly first: Numbers
  readonly kaiser: { readonly components: number; readonly weights: Numbers }
  readonly ahp: {
    readonly matrix: ReadonlyArray<Numbers>
    readonly weights: Numbers
    readonly eigenvalue: number
    readonly index: number
    readonly ratio: number
  }
  readonly critic_by_year: ByYear
  readonly first_by_year: ByYear
  readonly kaiser_by_year: ByYear
  readonly geometric: Numbers
  readonly topsis: Numbers
  readonly grey: Numbers
} = JSON.parse(readFileSync(new URL("../../oracle/index-weightings.json", import.meta.url), "utf8"))

export const columns = Object.values(oracle.normalized).map((values) => Float64Array.from(values))
export const rows = columns[0]!.length
const year = usStates().year
export const inYear = (of: string) => columns.map((column) => column.filter((_, row) => String(year[row]) === of))
export const all = [Array.from({ length: rows }, (_, row) => row)]
/** Indicators under one weight each for all rows. */
export const weighted = (values: ReadonlyArray<Float64Array>, weights: Numbers): ReadonlyArray<Weighted> =>
  values.map((column, m) => ({ values: column, weight: new Float64Array(column.length).fill(weights[m]!) }))

/** Agreement to 1e-9, relative to numbers above 1. */
export const agrees = (found: ArrayLike<number>, expected: Numbers): void => {
  assert.strictEqual(found.length, expected.length)
  expected.forEach((value, i) => {
    assert.closeTo(found[i]!, value, 1e-9 * Math.max(1, Math.abs(value)))
  })
}
export const sumsToOne = (weights: Numbers): void => {
  assert.closeTo(
    weights.reduce((sum, w) => sum + w, 0),
    1,
    1e-12
  )
  assert.isTrue(weights.every((w) => w >= 0))
}

const value = fc.integer({ min: 0, max: 1000 }).map((x) => x / 1000)
/** Two to five indicators over eight rows, none constant. */
export const someIndicators = fc
  .array(
    fc.array(value, { minLength: 8, maxLength: 8 }).filter((column) => new Set(column).size > 3),
    { minLength: 2, maxLength: 5 }
  )
  .map((list) => list.map((column) => Float64Array.from(column)))
