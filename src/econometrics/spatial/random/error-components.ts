import { crossProduct } from "../../../linalg/cross-product.ts"
import { demeanEntities, demeanPeriods, entityMeans } from "../models/panel-effects.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import { betweenComponents } from "./between-components.ts"
import { type RandomFrame, rowsOfYear, type WeightedMoments } from "./random-frame.ts"

export type ErrorComponents = (lambda: number, c: number) => WeightedMoments

/** (z_i - lambda m_i)'(z_j - lambda m_j) of all pairs of columns as a quadratic in lambda. */
const filteredMoments = (z: ReadonlyArray<Float64Array>, m: ReadonlyArray<Float64Array> | undefined) => {
  const plain = crossProduct(z)
  const zero = new Float64Array(plain.length)
  if (m === undefined) return () => ({ value: plain, slope: zero })
  const size = z.length
  const mixed = crossProduct(z, m)
  const lagged = crossProduct(m)
  const crossed = mixed.map((value, at) => value + mixed[(at % size) * size + Math.floor(at / size)]!)
  return (lambda: number) => ({
    value: plain.map((value, at) => value - lambda * (crossed[at]! - lambda * lagged[at]!)),
    slope: crossed.map((value, at) => 2 * lambda * lagged[at]! - value)
  })
}

/** The components of columns that stand entity by entity; where the frame has `years` their period means are taken off here. */
export const errorComponents = (frame: RandomFrame, given: ReadonlyArray<Float64Array>): ErrorComponents => {
  const { entities, errorDeterminant, errorWeights, errors, periods, years } = frame
  const centred = (column: Float64Array) => (years ? demeanPeriods(column, entities) : column)
  const columns = given.map(centred)
  const lags = errorWeights === undefined ? undefined : columns.map((column) => spatialLag(errorWeights, column))
  const root = Math.sqrt(periods)
  const between = (column: Float64Array) => entityMeans(column, entities).map((mean) => mean * root)
  // Rows of M sum to one where there are `years`: what a filtered column has of the constant goes with its period means.
  const within = filteredMoments(
    columns.map((column) => demeanEntities(column, entities)),
    lags?.map((column) => demeanEntities(centred(column), entities))
  )
  const m = rowsOfYear(frame)
  const logFilter = (lambda: number, copies: number) => (errorDeterminant === undefined ? 0 : copies * errorDeterminant.logAbsolute(lambda))
  const logFilterSlope = (lambda: number, copies: number) => (errorDeterminant === undefined ? 0 : -copies * errorDeterminant.trace(lambda))
  if (errorWeights !== undefined && errors === "baltagi-song-koh") {
    const means = betweenComponents(frame, columns.map(between), lags!.map(between))
    return (lambda, c) => {
      const a = within(lambda)
      const b = means(lambda, c)
      return {
        moments: a.value.map((value, at) => value + b.moments[at]!),
        logDeterminant: logFilter(lambda, periods - 1) + b.logDeterminant,
        slopes: () => {
          const slopes = b.slopes()
          return {
            ...slopes,
            byLambda: a.slope.map((value, at) => value + slopes.byLambda[at]!),
            logDeterminantByLambda: logFilterSlope(lambda, periods - 1) + slopes.logDeterminantByLambda
          }
        }
      }
    }
  }
  const means = filteredMoments(
    columns.map(between),
    lags?.map((column) => between(centred(column)))
  )
  return (lambda, c) => {
    const a = within(lambda)
    const b = means(lambda)
    const share = 1 / (1 + c)
    return {
      moments: a.value.map((value, at) => value + share * b.value[at]!),
      logDeterminant: logFilter(lambda, periods) - (m / 2) * Math.log(1 + c),
      slopes: () => ({
        byLambda: a.slope.map((value, at) => value + share * b.slope[at]!),
        byC: b.value.map((value) => -share * share * value),
        logDeterminantByLambda: logFilterSlope(lambda, periods),
        logDeterminantByC: (-m / 2) * share
      })
    }
  }
}
