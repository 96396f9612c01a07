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

/** Deviations from the entity's mean: entity effects removed. */
export const demeanEntities = (x: Float64Array, entities: number): Float64Array => {
  const periods = x.length / entities
  const means = entityMeans(x, entities)
  return x.map((value, at) => value - means[Math.floor(at / periods)]!)
}

/** Q x: entity and time effects removed. */
export const demeanTwoWay = (x: Float64Array, entities: number): Float64Array => demeanEntities(demeanPeriods(x, entities), entities)
