import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { determinant } from "../../../../src/econometrics/spatial/determinant/determinant.ts"
import type { Determinant, DeterminantMethod } from "../../../../src/econometrics/spatial/determinant/method.ts"
import { denseWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { multiply } from "../../../../src/linalg/cross-product.ts"
import { logAbsDeterminant, luFactor, luInverse } from "../../../../src/linalg/lu.ts"
import { selectedInverse, traceOfInverseTimes } from "../../../../src/linalg/selected-inverse.ts"
import { similarSymmetric } from "../../../../src/linalg/similar-symmetric.ts"
import { analyseCholesky, factorCholesky } from "../../../../src/linalg/sparse-cholesky.ts"
import { fromTriplets, rowSums, type SparseMatrix, sparseIdentity, toDense } from "../../../../src/linalg/sparse-matrix.ts"
import { addSparse } from "../../../../src/linalg/sparse-product.ts"
import { lattice } from "../../../linalg/sparse-arbitrary.ts"
import { weights as states } from "../../us-states.ts"
import { nearest, rawWeights, similarWeights, standardized, unsymmetricWeights } from "./weights-arbitrary.ts"

const EXACT: ReadonlyArray<DeterminantMethod> = ["eigenvalues", "hessenberg", "sparse"]

/** ln|I - rho W|, tr G and tr GG from the dense inverse, G = W (I - rho W)^-1. */
const dense = (w: Float64Array, size: number, rho: number) => {
  const factors = luFactor(
    w.map((value, at) => (Math.floor(at / size) === at % size ? 1 : 0) - rho * value),
    size
  )
  const g = multiply(w, luInverse(factors), size, size, size)
  let [trace, square] = [0, 0]
  for (let i = 0; i < size; i++) {
    trace += g[i * size + i]!
    for (let j = 0; j < size; j++) square += g[i * size + j]! * g[j * size + i]!
  }
  return { logAbsolute: logAbsDeterminant(factors), trace, square }
}
const off = (found: number, truth: number) => Math.abs(found - truth) / Math.max(1, Math.abs(truth))
const orFault = (w: SparseMatrix, method: DeterminantMethod): Determinant | undefined => {
  try {
    return determinant(w, { method })
  } catch (error) {
    expect(String(error)).toMatch(/no eigenvalue but zero/)
    return undefined
  }
}

describe("ln|I - rho W| and its derivatives", () => {
  it("are those of the dense matrix wherever rho is, whatever W", () => {
    fc.assert(
      fc.property(
        fc.oneof(unsymmetricWeights, similarWeights, rawWeights),
        fc.constantFrom(...EXACT),
        fc.double({ min: -0.95, max: 0.95, noNaN: true }),
        (w, method, share) => {
          const d = orFault(w, method)
          if (d === undefined) return
          expect(d.method).toBe(method)
          const rho = share * (share < 0 ? -d.lower : d.upper)
          const truth = dense(toDense(w), w.rows, rho)
          const scale = 1 / Math.min(1, d.upper, -d.lower)
          expect(off(d.logAbsolute(rho), truth.logAbsolute)).toBeLessThan(1e-11)
          expect(off(d.trace(rho) / scale, truth.trace / scale)).toBeLessThan(1e-8)
          expect(off(d.traceSquare(rho) / scale ** 2, truth.square / scale ** 2)).toBeLessThan(1e-6)
        }
      )
    )
  })
  it("without the eigenvalue 1 are those of W - 11'/N, near rho = 1 too", () => {
    const w = standardized(nearest(40, 4))
    const lessOne = toDense(w).map((value) => value - 1 / 40)
    for (const method of EXACT) {
      const d = determinant(w, { method, deflated: true })
      for (const rho of [-0.9, -0.3, 0, 0.4, 0.9, 0.999]) {
        const truth = dense(lessOne, 40, rho)
        expect(off(d.logAbsolute(rho), truth.logAbsolute)).toBeLessThan(1e-11)
        expect(off(d.trace(rho), truth.trace)).toBeLessThan(1e-8)
        expect(off(d.traceSquare(rho), truth.square)).toBeLessThan(1e-6)
      }
    }
    expect(determinant(w, { method: "eigenvalues", deflated: true }).upper).toBeGreaterThan(1)
    expect(() => determinant(lattice(3), { deflated: true })).toThrow(/rows must sum to 1/)
  })
  it("of a rook lattice are sums over the paths' eigenvalues", () => {
    const side = 20
    const path = Array.from({ length: side }, (_, k) => 2 * Math.cos(((k + 1) * Math.PI) / (side + 1)))
    const eigenvalues = path.flatMap((x) => path.map((y) => x + y))
    const sum = (f: (x: number) => number) => eigenvalues.reduce((total, x) => total + f(x), 0)
    for (const method of EXACT) {
      const d = determinant(lattice(side), { method })
      const end = 1 / Math.max(...eigenvalues)
      // The sparse ends lie inside, by the residual.
      for (const found of [d.upper, -d.lower]) {
        expect(found).toBeLessThan(end * (1 + 1e-12))
        expect(found).toBeGreaterThan(end * (method === "eigenvalues" ? 1 - 1e-12 : 1 - 1e-3))
      }
      for (const rho of [-0.2, 0.05, 0.1, 0.2, 0.24]) {
        expect(
          off(
            d.logAbsolute(rho),
            sum((x) => Math.log(1 - rho * x))
          )
        ).toBeLessThan(1e-12)
        expect(
          off(
            d.trace(rho),
            sum((x) => x / (1 - rho * x))
          )
        ).toBeLessThan(1e-10)
        expect(
          off(
            d.traceSquare(rho),
            sum((x) => (x / (1 - rho * x)) ** 2)
          )
        ).toBeLessThan(1e-9)
      }
    }
  })
  it("of asymmetric neighbours by sparse factors are those by eigenvalues, also where many rho are asked for", () => {
    const w = nearest(200, 5)
    const [eigen, sparse] = EXACT.map((method) => determinant(w, { method }))
    for (let i = 0; i <= 60; i++) {
      const rho = -0.98 + (1.96 * i) / 60
      expect(off(sparse!.logAbsolute(rho), eigen!.logAbsolute(rho))).toBeLessThan(1e-12)
      expect(off(sparse!.trace(rho), eigen!.trace(rho))).toBeLessThan(1e-10)
      expect(off(sparse!.traceSquare(rho), eigen!.traceSquare(rho))).toBeLessThan(Math.abs(rho) < 0.9 ? 1e-9 : 1e-7)
    }
    expect([sparse!.lower, sparse!.upper]).toEqual([-1, 1])
    expect(eigen!.upper).toBeCloseTo(1, 12)
    expect(eigen!.lower).toBeLessThan(-1)
    expect(() => sparse!.trace(1)).toThrow(/between -1 and 1/)
  })
  it("of 2,500 places have the trace that the selected inverse of the similar symmetric matrix gives", () => {
    const w = standardized(lattice(50))
    const symmetric = similarSymmetric(w)!
    const analysis = analyseCholesky(addSparse(1, sparseIdentity(2500), 1, symmetric))
    const exactTrace = (rho: number) => {
      const { values } = addSparse(1, sparseIdentity(2500), -rho, symmetric)
      return traceOfInverseTimes(selectedInverse(factorCholesky(analysis, values)!), symmetric)
    }
    const d = determinant(w)
    expect(d.method).toBe("sparse")
    for (const rho of [-0.95, -0.3, 0.2, 0.6, 0.9, 0.99]) {
      expect(off(d.trace(rho), exactTrace(rho))).toBeLessThan(1e-11)
      // The derivative of tr G, by differences of exact ones.
      const step = 1e-4 * (1 - Math.abs(rho))
      expect(off(d.traceSquare(rho), (exactTrace(rho + step) - exactTrace(rho - step)) / (2 * step))).toBeLessThan(1e-7)
    }
  })
  it("are found with the states' dense weights, symmetric or not", () => {
    for (const [name, description] of [
      ["contiguity", "eigenvalues of the similar symmetric matrix"],
      ["nested", "eigenvalues"]
    ] as const) {
      const matrix = states[name].matrix
      const d = determinant(matrix)
      expect(d.description).toBe(description)
      const truth = dense(denseWeights(states[name]), matrix.rows, 0.6)
      expect(off(d.logAbsolute(0.6), truth.logAbsolute)).toBeLessThan(1e-12)
      expect(off(d.trace(0.6), truth.trace)).toBeLessThan(1e-12)
      expect(off(d.traceSquare(0.6), truth.square)).toBeLessThan(1e-12)
    }
  })
  it("of weights without a cycle are a fault, of a matrix that is not square an error", () => {
    expect(() => determinant(fromTriplets(3, 3, [], [], []))).toThrow(/no spatial dependence to estimate/)
    expect(() => determinant(fromTriplets(3, 3, [0, 1], [1, 2], [1, 1]), { method: "sparse" })).toThrow(/no spatial dependence to estimate/)
    expect(() => determinant(fromTriplets(2, 3, [0], [2], [1]))).toThrow(/it is 2 x 3/)
  })
  it("stand with islands: rows of zeros add eigenvalues 0", () => {
    const w = fromTriplets(5, 5, [0, 1, 1, 2], [1, 0, 2, 1], [1, 0.5, 0.5, 1])
    expect([...rowSums(w)]).toEqual([1, 1, 1, 0, 0])
    for (const method of EXACT) {
      const d = determinant(w, { method })
      expect(d.logAbsolute(0.5)).toBeCloseTo(Math.log(0.75), 13)
      expect(d.trace(0.5)).toBeCloseTo(1 / 0.5 - 1 / 1.5, 10)
      expect([d.lower, d.upper].map((x) => Math.round(x * 1e12) / 1e12)).toEqual([-1, 1])
    }
  })
})
