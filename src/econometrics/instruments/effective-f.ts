import { along } from "../../linalg/orthonormal.ts"
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts"
import { noncentralChi2Quantile } from "../../stats/distributions.ts"
import type { Instrumented } from "./instrumented.ts"

export interface EffectiveFCritical {
  /** The share of the worst-case bias that 2SLS is allowed. */
  readonly tau: number
  /** Effective degrees of freedom of Patnaik's (1949) approximation. */
  readonly df: number
  /** 5% critical values: with the bias of 2SLS at worst over all error correlations that the data allow, and simplified, an upper bound that needs no search. */
  readonly critical: number
}

export interface EffectiveF {
  readonly statistic: number
  readonly tsls: ReadonlyArray<EffectiveFCritical>
  readonly simplified: ReadonlyArray<EffectiveFCritical>
}

const TAUS = [0.05, 0.1, 0.2, 0.3]
const GRID = 400
/** An eigenvalue this small against the largest is rounding. */
const SINGULAR = 1e-12

/**
 * Montiel Olea and Pflueger's (2013, Journal of Business and Economic Statistics 31) effective F for one endogenous regressor, and its critical values.
 *
 * With orthonormal Z and W the variance of Z'(reduced-form residuals, first-stage residuals) in blocks W1, W12, W2: F = x'ZZ'x / tr W2, times ivreg2's factor as the
 * Kleibergen-Paap F has it (with one instrument both are the same). H0: the bias of 2SLS exceeds tau of the benchmark. The critical value is the 95% quantile of
 * a noncentral chi-squared with K degrees of freedom and noncentrality K x, over K, where K = (tr W2)^2 (1 + 2x)/(tr(W2 W2) + 2x tr(W2) max eigenvalue of W2);
 * x = 1/tau (simplified), or x = B/tau with B the largest of |tr S12 - 2 c'S12 c|/sqrt(tr S1 tr W2) over b and unit vectors c, S12 = W12 - b W2, S1 = W1 - b(W12 + W12') +
 * b^2 W2. (weakivtest takes x = 3.33 for tau = 30%.) Undefined where W2 has a negative eigenvalue, as two-way clustering can give it; with fewer clusters than instruments it is singular, and the trace all the same there.
 */
export const effectiveF = ({ L1, fOf, moments, residuals, x, z }: Instrumented): EffectiveF | undefined => {
  const joint = moments.of(z, [residuals.y, residuals.x[0]!])
  const block = (row: number, column: number): Float64Array =>
    Float64Array.from({ length: L1 * L1 }, (_, i) => joint[(row * L1 + Math.floor(i / L1)) * 2 * L1 + column * L1 + (i % L1)]!)
  const trace = (a: Float64Array): number => Array.from({ length: L1 }, (_, i) => a[i * (L1 + 1)]!).reduce((sum, value) => sum + value, 0)
  const [w1, w12, w2] = [block(0, 0), block(0, 1), block(1, 1)]
  const total = trace(w2)
  const spectrum = symmetricEigen(w2, L1).values
  const largest = spectrum[L1 - 1]!
  if (!(largest > 0 && spectrum[0]! >= -SINGULAR * largest)) return undefined
  const critical = (factor: number): ReadonlyArray<EffectiveFCritical> =>
    TAUS.map((tau) => {
      const worst = factor / tau
      const df = (total ** 2 * (1 + 2 * worst)) / (spectrum.reduce((sum, value) => sum + value * value, 0) + 2 * worst * total * largest)
      return { tau, df, critical: noncentralChi2Quantile(0.95, df, worst * df) / df }
    })
  const bias = (angle: number): number => {
    const b = trace(w12) / total + Math.sqrt(trace(w1) / total) * Math.tan(angle)
    const s12 = w12.map((value, i) => (value + w12[(i % L1) * L1 + Math.floor(i / L1)]!) / 2 - b * w2[i]!)
    const s1 = trace(w1) - 2 * b * trace(w12) + b * b * total
    const values = symmetricEigen(s12, L1).values
    return Math.max(Math.abs(trace(s12) - 2 * values[0]!), Math.abs(trace(s12) - 2 * values[L1 - 1]!)) / Math.sqrt(total * s1)
  }
  // Towards b = infinity the ratio tends to these.
  const limit = Math.max(Math.abs(1 - (2 * spectrum[0]!) / total), Math.abs(1 - (2 * largest) / total))
  const signal = along(z, x[0]!).reduce((sum, value) => sum + value * value, 0)
  return { statistic: fOf(signal / total, 1)!, tsls: critical(Math.max(limit, greatest(bias))), simplified: critical(1) }
}

/** The greatest value of a function on (-pi/2, pi/2): of even angles, then by golden sections around the best. */
const greatest = (f: (angle: number) => number): number => {
  const step = Math.PI / GRID
  const angles = Array.from({ length: GRID - 1 }, (_, i) => -Math.PI / 2 + (i + 1) * step)
  const values = angles.map(f)
  const best = values.reduce((at, value, i) => (value > values[at]! ? i : at), 0)
  const golden = (Math.sqrt(5) - 1) / 2
  let low = Math.max(angles[best]! - step, -Math.PI / 2 + 1e-9)
  let high = Math.min(angles[best]! + step, Math.PI / 2 - 1e-9)
  for (let round = 0; round < 60; round++) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)]
    if (f(a) > f(b)) high = b
    else low = a
  }
  return Math.max(values[best]!, f((low + high) / 2))
}
