import { symmetricEigen } from "../../linalg/symmetric-eigen.ts"
import { groupWeights } from "../effects/effect-system.ts"
import type { Factor } from "../sample/factor.ts"
import type { VarianceComponents } from "./variance-components.ts"

/** The transformation that makes errors with random effects independent and of one variance, that of the idiosyncratic errors. */
export interface QuasiDemeaning {
  /** theta_i = 1 - sqrt(s2/(s2 + T_i s2_u)), a value an entity: the share of its mean that is taken off. */
  readonly thetaEntity: Float64Array
  /** The same of the years, n_t and s2_v; without random year effects, empty. */
  readonly thetaYear: Float64Array
  /** s Omega^(-1/2) x. */
  readonly transform: (x: Float64Array) => Float64Array
}

/**
 * Quasi-demeaning for errors of covariance Omega = s2 I + s2_u ZZ' + s2_v DD'.
 *
 * Entities alone: x_it - theta_i xbar_i (Fuller and Battese 1974). Entities and years, balanced or not: (I + MM')^(-1/2) after it, M being the year dummies
 * quasi-demeaned by entity times s_v/s, by the eigenvalues of M'M, a T x T matrix (hundreds of years, not thousands); exactly Omega^-1 = W'W/s2 (Wansbeek and Kapteyn 1989). Of a balanced panel it is
 * x_it - theta_i xbar_i - theta_t xbar_t + theta xbar (Baltagi 2021, section 3.3).
 */
export const quasiDemeaning = ({ entity: s2u, idiosyncratic: s2, year: s2v }: VarianceComponents, entity: Factor, year: Factor | undefined): QuasiDemeaning => {
  const sizes = groupWeights(entity, undefined)
  const thetaOf = (count: number, variance: number): number => 1 - Math.sqrt(s2 / (s2 + count * variance))
  const thetaEntity = sizes.map((size) => thetaOf(size, s2u))
  const byEntity = (x: Float64Array): Float64Array => {
    const off = groupWeights(entity, x).map((sum, g) => (thetaEntity[g]! * sum) / sizes[g]!)
    return x.map((value, i) => value - off[entity.codes[i]!]!)
  }
  if (year === undefined) return { thetaEntity, thetaYear: new Float64Array(0), transform: byEntity }
  const thetaYear = groupWeights(year, undefined).map((count) => thetaOf(count, s2v))
  if (s2v === 0) return { thetaEntity, thetaYear, transform: byEntity }
  const scale = Math.sqrt(s2v / s2)
  const T = year.levels
  /** M v and M'x. */
  const spread = (v: Float64Array): Float64Array => byEntity(Float64Array.from(year.codes, (t) => scale * v[t]!))
  const gather = (x: Float64Array): Float64Array => groupWeights(year, byEntity(x)).map((sum) => scale * sum)
  const gram = new Float64Array(T * T)
  for (let t = 0; t < T; t++) {
    const unit = new Float64Array(T)
    unit[t] = 1
    gram.set(gather(spread(unit)), t * T)
  }
  for (let a = 0; a < T; a++) for (let b = 0; b < a; b++) gram[a * T + b] = gram[b * T + a]!
  const { values, vectors } = symmetricEigen(gram, T)
  const transform = (x: Float64Array): Float64Array => {
    const once = byEntity(x)
    const pulled = gather(once)
    const along = new Float64Array(T)
    for (let k = 0; k < T; k++) {
      const vector = vectors[k]!
      // (1 - 1/sqrt(1 + d))/d without its cancellation.
      const root = Math.sqrt(1 + Math.max(0, values[k]!))
      const weight = vector.reduce((sum, v, t) => sum + v * pulled[t]!, 0) / (root * (1 + root))
      for (let t = 0; t < T; t++) along[t] = along[t]! + weight * vector[t]!
    }
    const off = spread(along)
    return once.map((value, i) => value - off[i]!)
  }
  return { thetaEntity, thetaYear, transform }
}
