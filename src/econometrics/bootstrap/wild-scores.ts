import type { LinearFit } from "../linear/linear-fit.ts"
import type { Factor } from "../sample/factor.ts"

/**
 * All that the restricted wild cluster bootstrap of a slope needs, by cluster. With z = (null - estimate)/se, se being sqrt(sum_g c_g^2) without a small-sample factor,
 * and weights v by cluster, the bootstrap's slope less the null is (m0 - z m1)'v and its standard error |(C0 - z C1) v|; the t that they are held against is -z.
 */
export interface WildScores {
  readonly clusters: number
  readonly estimate: number
  readonly standardError: number
  readonly m0: Float64Array
  readonly m1: Float64Array
  /** G x G, row-major. */
  readonly C0: Float64Array
  readonly C1: Float64Array
}

/**
 * Residuals under a null are u = e - z se x, x being the slope's regressor with the others and all effects taken off: y* = its fit under the null + v_g u has
 * the slope a'Wu* with a = x/(x'Wx), and residuals M(v u), M the projection off all regressors and effects. So m_g = a_g'W u_g, and the scores of cluster g
 * are sum_h C_gh v_h, C_gh = (M a_g)'W u_h, a_g being a with zeros outside the cluster: one projection a cluster, and nothing of the length of the data afterwards.
 */
export const wildScores = (fit: LinearFit, slope: number, { codes, levels }: Factor): WildScores => {
  const { bread, design, effects, residuals, slopes, weights } = fit
  const n = residuals.length
  const k = fit.terms.length
  const G = levels
  const influence = new Float64Array(n)
  for (let s = 0; s < slopes; s++) for (let i = 0; i < n; i++) influence[i] = influence[i]! + bread[s * k + slope]! * design[s]![i]!
  // x has the slope's influence, but for its scale x'Wx = 1/bread.
  const left = influence.map((a) => a / bread[slope * k + slope]!)
  const ofE = weights === undefined ? residuals : residuals.map((e, i) => e * weights.values[i]!)
  const ofX = weights === undefined ? left : left.map((x, i) => x * weights.values[i]!)
  const [m0, m1] = [new Float64Array(G), new Float64Array(G)]
  for (let i = 0; i < n; i++) {
    const g = codes[i]!
    m0[g] = m0[g]! + influence[i]! * ofE[i]!
    m1[g] = m1[g]! + influence[i]! * ofX[i]!
  }
  const standardError = Math.sqrt(m0.reduce((sum, m) => sum + m * m, 0))
  const [C0, C1] = [new Float64Array(G * G), new Float64Array(G * G)]
  for (let g = 0; g < G; g++) {
    const part = influence.map((a, i) => (codes[i] === g ? a : 0))
    const projected = effects.residualize(part)
    const along = Float64Array.from({ length: slopes }, (_, s) => {
      let sum = 0
      for (let i = 0; i < n; i++) if (codes[i] === g) sum += design[s]![i]! * part[i]! * (weights === undefined ? 1 : weights.values[i]!)
      return sum
    })
    for (let s = 0; s < slopes; s++) {
      let b = 0
      for (let r = 0; r < slopes; r++) b += bread[s * k + r]! * along[r]!
      for (let i = 0; i < n; i++) projected[i] = projected[i]! - b * design[s]![i]!
    }
    const row = g * G
    for (let i = 0; i < n; i++) {
      const to = row + codes[i]!
      C0[to] = C0[to]! + projected[i]! * ofE[i]!
      C1[to] = C1[to]! + projected[i]! * ofX[i]!
    }
  }
  return { clusters: G, estimate: fit.coefficients[slope]!, standardError, m0, m1: m1.map((m) => m * standardError), C0, C1: C1.map((c) => c * standardError) }
}

/** A draw's part in every statistic: at a null of z, the slope less the null is n0 - z n1, and its variance d00 - 2 z d01 + z^2 d11. */
export interface WildDraw {
  readonly n0: number
  readonly n1: number
  readonly d00: number
  readonly d01: number
  readonly d11: number
}

/** What is this small beside the scores that it is the sum of is rounding error. */
const NOTHING = 1e-24

const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0)

/** Makes draws of weights into what a statistic needs of them, in O(G^2). */
export const wildDrawer = ({ C0, C1, clusters: G, m0, m1 }: WildScores): ((v: Float64Array) => WildDraw) => {
  const [size0, size1] = [squares(C0), squares(C1)]
  return (v) => {
    let [n0, n1, d00, d01, d11] = [0, 0, 0, 0, 0]
    for (let g = 0; g < G; g++) {
      n0 += m0[g]! * v[g]!
      n1 += m1[g]! * v[g]!
      let [c0, c1] = [0, 0]
      for (let h = 0, at = g * G; h < G; h++, at++) {
        c0 += C0[at]! * v[h]!
        c1 += C1[at]! * v[h]!
      }
      d00 += c0 * c0
      d01 += c0 * c1
      d11 += c1 * c1
    }
    const length = squares(v)
    const [gone0, gone1] = [d00 <= NOTHING * size0 * length, d11 <= NOTHING * size1 * length]
    return { n0, n1, d00: gone0 ? 0 : d00, d01: gone0 || gone1 ? 0 : d01, d11: gone1 ? 0 : d11 }
  }
}

/** t* of a draw at a null of z, without a small-sample factor; infinite where its standard error is nothing. */
export const wildStatistic = ({ d00, d01, d11, n0, n1 }: WildDraw, z: number): number => {
  const variance = d00 - 2 * z * d01 + z * z * d11
  return (n0 - z * n1) / Math.sqrt(Math.max(variance, 0))
}
