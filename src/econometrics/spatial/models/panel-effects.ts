const meansOverEntities = (x: Float64Array, entities: number): Float64Array => {
  const periods = x.length / entities
  const means = new Float64Array(periods)
  for (let at = 0; at < x.length; at++) means[at % periods]! += x[at]! / entities
  return means
}

/** Deviations from the period's mean: time effects removed. */
export const demeanPeriods = (x: Float64Array, entities: number): Float64Array => {
  const means = meansOverEntities(x, entities)
  const periods = means.length
  const rest = x.slice()
  for (let at = 0, t = 0; at < rest.length; at++, t = t + 1 === periods ? 0 : t + 1) rest[at]! -= means[t]!
  return rest
}

/** Means over the periods, one an entity. */
export const entityMeans = (x: Float64Array, entities: number): Float64Array => {
  const periods = x.length / entities
  const means = new Float64Array(entities)
  for (let i = 0; i < entities; i++) {
    let sum = 0
    for (let at = i * periods; at < (i + 1) * periods; at++) sum += x[at]!
    means[i] = sum / periods
  }
  return means
}

/** Deviations from the entity's mean: entity effects removed. */
export const demeanEntities = (x: Float64Array, entities: number): Float64Array => {
  const periods = x.length / entities
  const means = entityMeans(x, entities)
  const rest = x.slice()
  for (let i = 0; i < entities; i++) for (let at = i * periods; at < (i + 1) * periods; at++) rest[at]! -= means[i]!
  return rest
}

/** Q x: entity and time effects removed. */
export const demeanTwoWay = (x: Float64Array, entities: number): Float64Array => demeanEntities(demeanPeriods(x, entities), entities)
