import { luFactor, luSolve, luSolveTransposed } from "../../linalg/lu.ts"
import { SINGULAR, yearElimination } from "../bootstrap/year-elimination.ts"
import { clusterFactor } from "../variance/cluster-meat.ts"
import type { CurveDesign } from "./curve-design.ts"

/** A design's estimates in a resample of its entities, by outcome; NaN where it cannot be estimated there. */
export interface Resampled {
  readonly estimates: Float64Array
  /** Clustered by entity, each draw a cluster, with xtreg's factor G/(G - 1) (n - 1)/(n - K). */
  readonly standardErrors: Float64Array
}

/** Estimates a design in resamples, given how often each of its entities is drawn. The arrays that it gives are its own, and filled anew by the next call. */
export const curveResampler = (design: CurveDesign): ((counts: ArrayLike<number>) => Resampled) => {
  const { blocks, constant, instrumented, nuisance: m, outcomes: M, regressors: k, rows, scale } = design
  const size = k + (instrumented ? 1 : 0) + M
  const elimination = yearElimination(m, size)
  const { packed, products } = elimination
  const total = m + size
  const estimates = new Float64Array(M)
  const standardErrors = new Float64Array(M)
  const zx = new Float64Array(k * k)
  const u = new Float64Array(blocks.length * total)
  const right = new Float64Array(m)
  const unit = new Float64Array(k)
  unit[0] = 1
  // The instruments are the regressors themselves, but for the first.
  const instrumentAt = (j: number): number => (j === 0 && instrumented ? k : j)
  const product = (a: number, b: number): number => (a >= b ? products[a * size + b]! : products[b * size + a]!)
  const at = (a: number, b: number): number => (a >= b ? (a * (a + 1)) / 2 + b : (b * (b + 1)) / 2 + a)
  const nothing = (): Resampled => {
    estimates.fill(Number.NaN)
    standardErrors.fill(Number.NaN)
    return { estimates, standardErrors }
  }
  return (counts) => {
    packed.fill(0)
    let [drawn, drawnRows] = [0, 0]
    for (const [g, block] of blocks.entries()) {
      const count = counts[g]!
      if (count === 0) continue
      drawn += count
      drawnRows += count * rows[g]!
      for (let i = 0; i < packed.length; i++) packed[i] = packed[i]! + count * block[i]!
    }
    if (drawn < 2) return nothing()
    elimination.eliminate()
    const K = k + elimination.rank() + constant
    if (drawnRows <= K) return nothing()
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) zx[i * k + j] = product(instrumentAt(i), j)
    const lu = luFactor(zx, k)
    for (let i = 0; i < k; i++) if (!(Math.abs(lu.factors[i * k + i]!) > SINGULAR)) return nothing()
    const a = luSolveTransposed(lu, unit)
    // The weights of rows, Z a less its own effects: coefficients on the nuisance columns first.
    right.fill(0)
    for (let d = 0; d < m; d++) for (let j = 0; j < k; j++) right[d] = right[d]! + a[j]! * packed[at(m + instrumentAt(j), d)]!
    elimination.solve(right)
    for (const [g, block] of blocks.entries()) {
      if (counts[g] === 0) continue
      for (let c = 0; c < total; c++) {
        let value = 0
        for (let d = 0; d < m; d++) value -= right[d]! * block[at(d, c)]!
        for (let j = 0; j < k; j++) value += a[j]! * block[at(m + instrumentAt(j), c)]!
        u[g * total + c] = value
      }
    }
    const factor = clusterFactor(drawn, drawnRows, K)
    for (let y = 0; y < M; y++) {
      const column = size - M + y
      const b = luSolve(
        lu,
        Float64Array.from({ length: k }, (_, j) => product(instrumentAt(j), column))
      )
      for (let d = 0; d < m; d++) {
        right[d] = packed[at(m + column, d)]!
        for (let j = 0; j < k; j++) right[d] = right[d]! - b[j]! * packed[at(m + j, d)]!
      }
      elimination.solve(right)
      let squares = 0
      for (let g = 0; g < blocks.length; g++) {
        if (counts[g] === 0) continue
        const own = g * total
        let score = u[own + m + column]!
        for (let j = 0; j < k; j++) score -= b[j]! * u[own + m + j]!
        for (let d = 0; d < m; d++) score -= right[d]! * u[own + d]!
        squares += counts[g]! * score * score
      }
      estimates[y] = b[0]! * scale[y]!
      standardErrors[y] = Math.sqrt(factor * squares) * scale[y]!
    }
    return { estimates, standardErrors }
  }
}
