import { describe, expect, it } from "vitest"
import { determinant } from "../../../../src/econometrics/spatial/determinant/determinant.ts"
import type { DeterminantMethod } from "../../../../src/econometrics/spatial/determinant/method.ts"
import type { SparseMatrix } from "../../../../src/linalg/sparse-matrix.ts"
import { lattice } from "../../../linalg/sparse-arbitrary.ts"
import { nearest, standardized } from "./weights-arbitrary.ts"

const symmetric = standardized(lattice(18))
const unsymmetric = nearest(300, 5)

describe("approximations of ln|I - rho W|", () => {
  it("have derivatives that are their own", () => {
    for (const [w, method] of [
      [symmetric, "chebyshev"],
      [symmetric, "monte-carlo"],
      [unsymmetric, "monte-carlo"],
      [lattice(18), "monte-carlo"]
    ] as const)
      for (const deflated of w === symmetric ? [false, true] : [false]) {
        const d = determinant(w, { method, deflated })
        expect(d.method).toBe(method)
        for (const share of [-0.7, 0.2, 0.6]) {
          const rho = share * d.upper
          const step = 1e-4 * d.upper
          const slope = (d.logAbsolute(rho + step) - d.logAbsolute(rho - step)) / (2 * step)
          expect(Math.abs(d.trace(rho) + slope)).toBeLessThan(1e-5 * (1 + Math.abs(slope)))
          const bend = (d.trace(rho + step) - d.trace(rho - step)) / (2 * step)
          expect(Math.abs(d.traceSquare(rho) - bend)).toBeLessThan(1e-5 * (1 + Math.abs(bend)))
        }
      }
  })
  it("lie as near the truth as they say, and near its derivatives, whatever the scale of the weights", () => {
    const check = (w: SparseMatrix, method: DeterminantMethod, most: number) => {
      const exact = determinant(w, { method: "eigenvalues" })
      const d = determinant(w, { method, seed: 4 })
      for (const share of [-0.8, -0.3, 0.1, 0.5, 0.8]) {
        const rho = share * d.upper
        expect(Math.abs(d.logAbsolute(rho) - exact.logAbsolute(rho))).toBeLessThan(most * d.error!(rho))
        if (method === "chebyshev" && Math.abs(share) > 0.3) continue
        expect(Math.abs(d.trace(rho) / exact.trace(rho) - 1)).toBeLessThan(0.15)
        expect(Math.abs(d.traceSquare(rho) / exact.traceSquare(rho) - 1)).toBeLessThan(0.25)
      }
    }
    check(symmetric, "chebyshev", 1)
    for (const w of [symmetric, unsymmetric, lattice(18), { ...unsymmetric, values: unsymmetric.values.map((x) => 3 * x) }]) check(w, "monte-carlo", 4)
  })
  it("say in words what they are, with their errors; a seed is one function", () => {
    const [first, again, other] = [1, 1, 2].map((seed) => determinant(symmetric, { method: "monte-carlo", seed }))
    expect(first!.logAbsolute(0.7)).toBe(again!.logAbsolute(0.7))
    expect(first!.logAbsolute(0.7)).not.toBe(other!.logAbsolute(0.7))
    expect(first!.description).toMatch(/^Monte Carlo, 50 draws of 100 terms, error of ln\|I - rho W\| up to about [\d.]+ at 0.9 of the bounds of rho$/)
    expect(determinant(symmetric, { method: "chebyshev" }).description).toMatch(/^five Chebyshev polynomials, error of ln\|I - rho W\| at most [\d.]+ at/)
    expect(() => determinant(unsymmetric, { method: "chebyshev" })).toThrow(/similar to a symmetric matrix/)
    expect([first!.lower, first!.upper]).toEqual([-1, 1])
  })
  it("without the eigenvalue 1 are less its pole", () => {
    const [whole, less] = [false, true].map((deflated) => determinant(symmetric, { method: "monte-carlo", deflated }))
    expect(less!.logAbsolute(0.6)).toBeCloseTo(whole!.logAbsolute(0.6) - Math.log(0.4), 12)
    expect(less!.trace(0.6)).toBeCloseTo(whole!.trace(0.6) - 2.5, 12)
    expect(less!.traceSquare(0.6)).toBeCloseTo(whole!.traceSquare(0.6) - 6.25, 11)
  })
})
