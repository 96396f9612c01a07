import type { WeightsMatrix } from "./weights.ts"

/**
 * Columns of a balanced panel, entity by entity: the value of entity i in period t stands at i T + t, and entities stand in the order of the
 * weights. Then (W (x) I_T) x, the spatial lag of every period, is W times the N x T matrix that the column is.
 */
export const spatialLag = ({ entities, matrix }: WeightsMatrix, x: Float64Array): Float64Array => {
  const size = entities.length
  const periods = x.length / size
  const lag = new Float64Array(x.length)
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      const w = matrix[i * size + j]!
      if (w === 0) continue
      for (let t = 0, to = i * periods, from = j * periods; t < periods; t++) lag[to + t]! += w * x[from + t]!
    }
  return lag
}

const meansOverEntities = (x: Float64Array, entities: number): Float64Array => {
  const periods = x.length / entities
  const means = new Float64Array(periods)
  for (let at = 0; at < x.length; at++) means[at % periods]! += x[at]! / entities
  return means
}

/** Deviations from the period's mean: time effects removed. */
export const demeanPeriods = (x: Float64Array, entities: number): Float64Array => {
  const means = meansOverEntities(x, entities)
  return x.map((value, at) => value - means[at % means.length]!)
}

/** Means over the periods, one an entity. */
export const entityMeans = (x: Float64Array, entities: number): Float64Array => {
  const periods = x.length / entities
  return Float64Array.from({ length: entities }, (_, i) => x.subarray(i * periods, (i + 1) * periods).reduce((sum, value) => sum + value, 0) / periods)
}

/** Q x: entity and time effects removed. */
export const demeanTwoWay = (x: Float64Array, entities: number): Float64Array => {
  const periods = x.length / entities
  const within = demeanPeriods(x, entities)
  const means = entityMeans(within, entities)
  return within.map((value, at) => value - means[Math.floor(at / periods)]!)
}
