import { Fault } from "../fault.ts"
import { type CurveEstimate, type CurveStatistics, curveStatistics, signedZ } from "./curve-summary.ts"

/** A curve under the null, replicate by replicate: estimates and signed z-values of every specification; NaN where a specification could not be estimated in a resample. */
export interface NullReplicates {
  /** By specification, by replicate. */
  readonly estimates: ReadonlyArray<Float64Array>
  readonly z: ReadonlyArray<Float64Array>
}

export interface JointTest {
  readonly statistic: keyof CurveStatistics
  readonly observed: number
  /** Mean of the statistic over the replicates: what it is where there is no effect. */
  readonly expected: number
  /** Replicates whose statistic is at least as extreme. */
  readonly extreme: number
  readonly replicates: number
  /** (1 + extreme)/(1 + replicates). */
  readonly pValue: number
}

export interface JointInference {
  readonly tests: ReadonlyArray<JointTest>
  /** Replicates in which a specification has no estimate; its curve is that of the others. */
  readonly incomplete: number
}

const within = (x: number, observed: number): boolean => x >= observed - 1e-12 * Math.abs(observed)

/**
 * Joint inference on a specification curve (Simonsohn, Simmons and Nelson 2020): is it more extreme than curves of resamples in which the effect is zero in
 * every specification? Three statistics, all two-sided: the median estimate by its size; the share of significant estimates in the direction that has more of
 * them; Stouffer's z by its size. A replicate in which no specification could be estimated is no replicate. A Fault where estimates and replicates are not of the same specifications.
 */
export const jointInference = (estimates: ReadonlyArray<CurveEstimate>, replicates: NullReplicates, level = 0.05): JointInference => {
  const K = estimates.length
  const R = replicates.estimates[0]?.length ?? 0
  const all = [...replicates.estimates, ...replicates.z]
  if (replicates.estimates.length !== K || replicates.z.length !== K || all.some((column) => column.length !== R))
    throw new Fault("replicates", `${K} specifications were estimated, and there are replicates of ${replicates.estimates.length}: give those of the same ones`)
  const observed = curveStatistics(
    Float64Array.from(estimates, ({ estimate }) => estimate),
    Float64Array.from(estimates, signedZ),
    level
  )
  const sizes = (of: CurveStatistics): CurveStatistics => ({ median: Math.abs(of.median), significant: of.significant, stouffer: Math.abs(of.stouffer) })
  const size = sizes(observed)
  const names = ["median", "significant", "stouffer"] as const
  const extreme = { median: 0, significant: 0, stouffer: 0 }
  const sums = { median: 0, significant: 0, stouffer: 0 }
  let [incomplete, made] = [0, 0]
  for (let r = 0; r < R; r++) {
    const there = estimates.flatMap((_, k) => (Number.isFinite(replicates.estimates[k]![r]!) && Number.isFinite(replicates.z[k]![r]!) ? [k] : []))
    if (there.length < K) incomplete++
    if (there.length === 0) continue
    made++
    const statistics = curveStatistics(
      Float64Array.from(there, (k) => replicates.estimates[k]![r]!),
      Float64Array.from(there, (k) => replicates.z[k]![r]!),
      level
    )
    const own = sizes(statistics)
    for (const name of names) {
      sums[name] += statistics[name]
      if (within(own[name], size[name])) extreme[name]++
    }
  }
  if (made === 0) throw new Fault("replicates", "there is no replicate: a joint test needs some hundreds")
  return {
    incomplete,
    tests: names.map((statistic) => ({
      statistic,
      observed: observed[statistic],
      expected: sums[statistic] / made,
      extreme: extreme[statistic],
      replicates: made,
      pValue: (1 + extreme[statistic]) / (1 + made)
    }))
  }
}
