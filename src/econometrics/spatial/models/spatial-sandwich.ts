import { sandwich } from "../../../linalg/cross-product.ts"
import type { DenseMultipliers } from "./multiplier-traces.ts"
import { demeanTwoWay } from "./panel-effects.ts"
import { filteredRegressors } from "./spatial-columns.ts"
import { type Estimated, parameterChanges } from "./spatial-information.ts"

/**
 * The variance of the estimates where errors of an entity may have any variance and any correlation over its periods, and entities are independent: the
 * inverse information around the variance of the scores. The scores of rho and lambda are x'e + e'P e; a quadratic form is no sum over entities, so that its
 * variance is that of independent pairs (Kelejian and Prucha 2001): with c_ij = sum over t of e_it e_jt and P symmetrised,
 *   sum over i of u_i u_i' + sum over i < j of (2 p_ij)(2 p_ij)' c_ij^2,
 * u_i the entity's linear scores and its p_ii (c_ii - mean). No small-sample factor. Of N x N time and memory.
 */
export const clusterSandwich = (
  { columns, frame, parameters, point, residuals: e, sigma2, slopes }: Estimated,
  multipliers: DenseMultipliers,
  lagged: Float64Array | undefined,
  inverse: Float64Array,
  entities: number
): Float64Array => {
  const k = slopes.length
  const size = k + parameters.length + 1
  const periods = e.length / entities
  const x = filteredRegressors(columns, point.lambda)
  const forms = parameters.map(({ name }) => (frame.deflated ? demeanTwoWay(multipliers[name]!, entities) : multipliers[name]!))
  const meat = new Float64Array(size * size)
  const add = (u: Float64Array, factor: number) => {
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) meat[a * size + b]! += factor * u[a]! * u[b]!
  }
  const expected = (frame.observations * sigma2) / entities
  const u = new Float64Array(size)
  for (let i = 0; i < entities; i++) {
    u.fill(0)
    let squares = 0
    for (let at = i * periods; at < (i + 1) * periods; at++) {
      const residual = e[at]! / sigma2
      squares += e[at]! ** 2
      for (let j = 0; j < k; j++) u[j]! += x[j]![at]! * residual
      parameters.forEach(({ name }, p) => {
        if (name === "rho") u[k + p]! += lagged![at]! * residual
      })
    }
    forms.forEach((form, p) => {
      u[k + p]! += (form[i * entities + i]! * (squares - expected)) / sigma2
    })
    u[size - 1] = (squares - expected) / (2 * sigma2 * sigma2)
    add(u, 1)
  }
  u.fill(0)
  for (let i = 0; forms.length > 0 && i < entities; i++)
    for (let j = 0; j < i; j++) {
      let product = 0
      for (let t = 0; t < periods; t++) product += e[i * periods + t]! * e[j * periods + t]!
      forms.forEach((form, p) => {
        u[k + p] = (form[i * entities + j]! + form[j * entities + i]!) / sigma2
      })
      add(u, product * product)
    }
  return sandwich(inverse, meat, size)
}

/**
 * The sandwich with the sums over each entity's rows of the scores' terms, x'e/s2, e_it (B W y)_it/s2 - a p_ii, e_it (M u)_it/s2 - a p_ii, as if a row's term
 * were independent of other entities'. It is what optimisers give that cluster the scores of rows; `clusterSandwich` is valid for quadratic forms too.
 */
export const scoreSumsSandwich = (estimated: Estimated, multipliers: DenseMultipliers, inverse: Float64Array, entities: number): Float64Array => {
  const { columns, frame, parameters, point, residuals: e, sigma2, slopes } = estimated
  const k = slopes.length
  const size = k + parameters.length + 1
  const periods = e.length / entities
  const x = filteredRegressors(columns, point.lambda)
  const changes = parameterChanges(estimated)
  const forms = parameters.map(({ name }) => (frame.deflated ? demeanTwoWay(multipliers[name]!, entities) : multipliers[name]!))
  const meat = new Float64Array(size * size)
  const s = new Float64Array(size)
  for (let i = 0; i < entities; i++) {
    s.fill(0)
    for (let at = i * periods; at < (i + 1) * periods; at++) {
      const residual = e[at]! / sigma2
      for (let j = 0; j < k; j++) s[j]! += x[j]![at]! * residual
      changes.forEach((change, p) => {
        s[k + p]! += change[at]! * residual
      })
      s[size - 1]! += (e[at]! * residual) / (2 * sigma2)
    }
    forms.forEach((form, p) => {
      s[k + p]! -= frame.copies * form[i * entities + i]!
    })
    s[size - 1]! -= frame.observations / entities / (2 * sigma2)
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) meat[a * size + b]! += s[a]! * s[b]!
  }
  return sandwich(inverse, meat, size)
}
