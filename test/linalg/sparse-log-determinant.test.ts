import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { chebyshevLogDeterminant } from "../../src/linalg/chebyshev-log-determinant.ts"
import { generalEigenvalues } from "../../src/linalg/general-eigen.ts"
import { logAbsDeterminant, luFactor } from "../../src/linalg/lu.ts"
import { monteCarloLogDeterminant } from "../../src/linalg/monte-carlo-log-determinant.ts"
import { similarSymmetric } from "../../src/linalg/similar-symmetric.ts"
import { exactLogDeterminant } from "../../src/linalg/sparse-log-determinant.ts"
import { fromTriplets, rowSums, type SparseMatrix, sparseIdentity, toDense, transpose } from "../../src/linalg/sparse-matrix.ts"
import { addSparse } from "../../src/linalg/sparse-product.ts"
import { stream } from "../../src/stats/random.ts"
import { lattice, squareSparse } from "./sparse-arbitrary.ts"

const standardized = (a: SparseMatrix): SparseMatrix => {
  const sums = rowSums(a)
  const values = a.values.slice()
  for (let i = 0; i < a.rows; i++) for (let at = a.starts[i]!; at < a.starts[i + 1]!; at++) values[at]! /= sums[i]! || 1
  return { ...a, values }
}
const absolute = (a: SparseMatrix): SparseMatrix => ({ ...a, values: a.values.map(Math.abs) })
/** Weights of at least 0, rows that sum to 1 or are empty. */
const unsymmetric = squareSparse.map((a) => standardized(absolute(a)))
/** The same from symmetric weights. */
const similar = squareSparse.map((a) => standardized(addSparse(1, absolute(a), 1, transpose(absolute(a)))))
const rhos = fc.double({ min: -0.95, max: 0.95, noNaN: true })
const dense = (w: SparseMatrix, rho: number) => logAbsDeterminant(luFactor(toDense(addSparse(1, sparseIdentity(w.rows), -rho, w)), w.rows))

describe("ln|I - rho W|", () => {
  it("is that of the dense matrix, symmetric or not", () => {
    fc.assert(
      fc.property(fc.oneof(unsymmetric, similar), rhos, (w, rho) => {
        const { logAbsolute, sign } = exactLogDeterminant(w)(rho)
        expect(Math.abs(logAbsolute - dense(w, rho))).toBeLessThan(1e-11)
        expect(sign).toBe(1)
      })
    )
  })
  it("has its sign beyond the first pole, where no Cholesky factor is", () => {
    const w = standardized(lattice(5))
    const { real } = generalEigenvalues(toDense(w), 25)
    const at = exactLogDeterminant(w)
    for (const rho of [1.05, 1.4, -1.2, 3]) {
      const { logAbsolute, sign } = at(rho)
      expect(logAbsolute).toBeCloseTo(
        real.reduce((sum, x) => sum + Math.log(Math.abs(1 - rho * x)), 0),
        8
      )
      expect(sign).toBe(real.reduce((product, x) => product * Math.sign(1 - rho * x), 1))
    }
    expect(() => at(Number.NaN)).toThrow(/finite rho/)
  })
  it("finds the similar symmetric matrix where there is one", () => {
    fc.assert(
      fc.property(similar, (w) => {
        const s = similarSymmetric(w)!
        expect(transpose(s).values.every((x, at) => Math.abs(x - s.values[at]!) < 1e-15)).toBe(true)
        expect(Math.abs(dense(s, 0.7) - dense(w, 0.7))).toBeLessThan(1e-11)
      })
    )
    // Around this ring the ratios multiply to 8, not 1.
    expect(similarSymmetric(fromTriplets(3, 3, [0, 1, 1, 2, 2, 0], [1, 0, 2, 1, 0, 2], [2, 1, 2, 1, 2, 1]))).toBeUndefined()
    expect(similarSymmetric(fromTriplets(2, 2, [0, 1], [1, 0], [1, -1]))).toBeUndefined()
  })
})

describe("Chebyshev approximation", () => {
  it("errs by no more than its bound", () => {
    fc.assert(
      fc.property(similar, rhos, (w, rho) => {
        const { logAbsolute, errorBound } = chebyshevLogDeterminant(w)(rho)
        expect(Math.abs(logAbsolute - dense(w, rho))).toBeLessThanOrEqual(errorBound + 1e-11)
      })
    )
  })
  it("has a bound that is met: two places that are each other's only neighbour", () => {
    // Eigenvalues 1 and -1: T_k sums to 2 for even k and to 0 for odd k.
    const pair = fromTriplets(2, 2, [0, 1], [1, 0], [1, 1])
    const { logAbsolute, errorBound } = chebyshevLogDeterminant(pair)(0.5)
    const error = Math.abs(logAbsolute - Math.log(0.75))
    expect(error).toBeLessThan(errorBound)
    expect(error).toBeGreaterThan(0.15 * errorBound)
  })
  it("is close on a lattice, and refuses what it is not for", () => {
    const w = standardized(lattice(12))
    expect(Math.abs(chebyshevLogDeterminant(w)(0.3).logAbsolute - dense(w, 0.3))).toBeLessThan(1e-3)
    expect(() => chebyshevLogDeterminant(lattice(3))).toThrow(/known to be up to 2.828/)
    expect(() => chebyshevLogDeterminant(w)(1)).toThrow(/-1 < rho < 1/)
    expect(() => chebyshevLogDeterminant(fromTriplets(2, 2, [0], [1], [1]))).toThrow(/similar to a symmetric/)
  })
})

describe("Monte Carlo estimate", () => {
  const w = standardized(lattice(14))
  it("lies about the truth as its standard errors say", () => {
    for (const rho of [0.5, 0.8, -0.7]) {
      const truth = dense(w, rho)
      const scores = Array.from({ length: 60 }, (_, seed) => {
        const { logAbsolute, standardError, truncationBound } = monteCarloLogDeterminant(w, stream(seed, 3).normal, { draws: 20, powers: 80 })(rho)
        expect(truncationBound).toBeLessThan(1e-3 * standardError + 1e-4)
        return (logAbsolute - truth) / standardError
      })
      const mean = scores.reduce((sum, z) => sum + z, 0) / 60
      const spread = Math.sqrt(scores.reduce((sum, z) => sum + (z - mean) ** 2, 0) / 59)
      expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(60))
      expect(spread).toBeGreaterThan(0.7)
      expect(spread).toBeLessThan(1.5)
    }
  })
  it("is the same of one seed, and leaves out no more than it says", () => {
    const of = (powers: number) => monteCarloLogDeterminant(w, stream(5, 0).normal, { draws: 10, powers })(0.8)
    expect(of(30)).toEqual(of(30))
    expect(Math.abs(of(30).logAbsolute - dense(w, 0.8))).toBeLessThan(of(30).truncationBound + 4 * of(30).standardError)
  })
  it("refuses too few draws and sums above 1", () => {
    expect(() => monteCarloLogDeterminant(w, Math.random, { draws: 1, powers: 30 })).toThrow(/at least 2 draws/)
    expect(() => monteCarloLogDeterminant(lattice(3), Math.random)).toThrow(/known to be up to 2.828/)
  })
})
