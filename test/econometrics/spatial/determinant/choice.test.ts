import { describe, expect, it } from "vitest"
import { chooseMethod } from "../../../../src/econometrics/spatial/determinant/choice.ts"
import { similarSymmetric } from "../../../../src/linalg/similar-symmetric.ts"
import { fromDense, fromTriplets, type SparseMatrix } from "../../../../src/linalg/sparse-matrix.ts"
import { stream } from "../../../../src/stats/random.ts"
import { lattice } from "../../../linalg/sparse-arbitrary.ts"
import { nearest, standardized } from "./weights-arbitrary.ts"

const chosen = (w: SparseMatrix) => chooseMethod(w, similarSymmetric(w)).method
/** 1/d between random points on a line, and the same with another weight one way. */
const dense = (n: number, twist = 1) => {
  const draw = stream(2, n)
  const at = Array.from({ length: n }, () => draw.uniform())
  const weight = (i: number, j: number) => (i === j ? 0 : (i < j ? twist : 1) / Math.abs(at[i]! - at[j]!))
  return standardized(
    fromDense(
      Float64Array.from({ length: n * n }, (_, k) => weight(Math.floor(k / n), k % n)),
      n,
      n
    )
  )
}
/** Links between places at random, near or far: their factors fill in. */
const scattered = (n: number, links: number) => {
  const draw = stream(5, n)
  const from = Array.from({ length: n * links }, (_, k) => k % n)
  return fromTriplets(
    n,
    n,
    from,
    from.map(() => draw.integer(n)),
    from.map(() => 1 / links)
  )
}

describe("the method for ln|I - rho W|", () => {
  it("of few places is by eigenvalues", () => {
    expect(chosen(dense(31))).toBe("eigenvalues")
    expect(chosen(standardized(lattice(14)))).toBe("eigenvalues")
    expect(chosen(nearest(200, 6))).toBe("eigenvalues")
  })
  it("of local links is by sparse factors, with the order that was found", () => {
    for (const w of [lattice(15), nearest(300, 6), standardized(lattice(100))]) {
      const { method, order } = chooseMethod(w, similarSymmetric(w))
      expect(method).toBe("sparse")
      expect(Array.from(order!).sort((a, b) => a - b)).toEqual(Array.from({ length: w.rows }, (_, i) => i))
    }
  })
  it("of dense weights is by eigenvalues of the similar symmetric matrix, or by a Hessenberg matrix", () => {
    expect(chosen(dense(220))).toBe("eigenvalues")
    expect(chosen(dense(220, 2))).toBe("hessenberg")
  })
  it("of links whose factors fill in is by a dense reduction of some thousand places, and estimated beyond", () => {
    expect(chosen(scattered(1000, 20))).toBe("hessenberg")
    expect(chosen(scattered(9000, 8))).toBe("monte-carlo")
  })
})
