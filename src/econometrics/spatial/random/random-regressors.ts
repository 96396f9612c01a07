import { dot } from "../../../linalg/dot.ts"
import { type Qr, qr } from "../../../linalg/qr.ts"
import type { Warning } from "../../fault.ts"
import { collinearWarnings, variation } from "../../linear/collinear.ts"
import { CONSTANT } from "../../regression/regression-sample.ts"
import { demeanPeriods } from "../models/panel-effects.ts"
import type { SpatialSample } from "../models/spatial-sample.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { Residual } from "./random-likelihood.ts"

/** How period effects are met: none but a constant, projected out (weights' rows sum to one), or as dummies among the regressors. */
export type PeriodEffects = "constant" | "projected" | "dummies"

/** The regressors as an orthonormal basis Z = X R^-1 and what undoes it. */
export interface RandomRegressors {
  readonly basis: ReadonlyArray<Float64Array>
  /** The names of those kept, in order: the first `nuisance` are the constant and dummies of years that are not told. */
  readonly names: ReadonlyArray<string>
  readonly nuisance: number
  /** b = R^-1 g. */
  readonly back: (g: ArrayLike<number>) => Float64Array
  /** A column without what the basis explains of it. */
  readonly residual: (column: Float64Array) => Residual
  readonly warnings: ReadonlyArray<Warning>
}

const backSubstitution = ({ r, rank }: Qr, g: ArrayLike<number>): Float64Array => {
  const b = new Float64Array(rank)
  for (let i = rank - 1; i >= 0; i--) {
    let sum = g[i]!
    for (let j = i + 1; j < rank; j++) sum -= r[i * rank + j]! * b[j]!
    b[i] = sum / r[i * rank + i]!
  }
  return b
}

/** The constant or the period effects, the regressors and the spatial lags of `lagged`; what those before explain is dropped and told. */
export const randomRegressors = (
  { dependent, entities, periods, regressors, weights }: SpatialSample,
  periodEffects: PeriodEffects,
  lagged: ReadonlyArray<string>,
  tolerance: number
): RandomRegressors => {
  const rows = dependent.values.length
  const finish = (column: Float64Array) => (periodEffects === "projected" ? demeanPeriods(column, entities) : column)
  const own = regressors.map(({ name, values }) => ({ name, values: finish(values), norm: variation(values) }))
  const lags = regressors
    .filter(({ name }) => lagged.includes(name))
    .map(({ name, values }) => {
      const lag = spatialLag(weights, values)
      return { name: `W*${name}`, values: finish(lag), norm: variation(lag) }
    })
  const constant = { name: CONSTANT, values: new Float64Array(rows).fill(1), norm: Math.sqrt(rows) }
  const dummies = Array.from({ length: periodEffects === "dummies" ? periods - 1 : 0 }, (_, t) => ({
    name: "year",
    values: Float64Array.from({ length: rows }, (_value, at) => (at % periods === t + 1 ? 1 : 0)),
    norm: Math.sqrt(entities)
  }))
  const first = periodEffects === "projected" ? [] : [constant, ...dummies]
  const given = [...first, ...own, ...lags]
  const factored = qr(
    given.map(({ values }) => values),
    { tolerance, norms: given.map(({ norm }) => norm) }
  )
  const kept = factored.kept.map((c) => given[c]!)
  const basis: Array<Float64Array> = []
  kept.forEach(({ values }, j) => {
    const column = Float64Array.from(values)
    for (let i = 0; i < j; i++) for (let at = 0; at < rows; at++) column[at]! -= factored.r[i * factored.rank + j]! * basis[i]![at]!
    basis.push(column.map((value) => value / factored.r[j * factored.rank + j]!))
  })
  const told = regressors.length + lags.length
  return {
    basis,
    names: kept.map(({ name }) => name),
    nuisance: periodEffects === "dummies" ? first.length : 0,
    back: (g) => backSubstitution(factored, g),
    residual: (column) => {
      const values = Float64Array.from(finish(column))
      const slopes = new Float64Array(basis.length)
      // Taken off twice, what is left is at right angles to rounding.
      for (let round = 0; round < 2; round++)
        basis.forEach((z, j) => {
          const slope = dot(z, values)
          slopes[j]! += slope
          for (let at = 0; at < rows; at++) values[at]! -= slope * z[at]!
        })
      return { values, slopes }
    },
    warnings: collinearWarnings(
      factored.dropped.map((c) => given[c]!.name),
      told,
      [],
      periodEffects === "constant" ? [] : [{ name: "year" }]
    )
  }
}
