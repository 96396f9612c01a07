import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { hessenberg } from "../../src/linalg/hessenberg.ts"
import { hessenbergLogDeterminant } from "../../src/linalg/hessenberg-determinant.ts"
import { factorSparseLU, sparseLogDeterminant } from "../../src/linalg/sparse-lu.ts"
import { sparseIdentity, toDense } from "../../src/linalg/sparse-matrix.ts"
import { addSparse } from "../../src/linalg/sparse-product.ts"
import { squareSparse } from "./sparse-arbitrary.ts"

describe("the determinant of I - rho H", () => {
  it("is that of I - rho A where H is similar to A, with its sign, for rho far from zero too", () => {
    fc.assert(
      fc.property(squareSparse, fc.double({ min: -3, max: 3, noNaN: true }), (a, rho) => {
        const truth = sparseLogDeterminant(factorSparseLU(addSparse(1, sparseIdentity(a.rows), -rho, a), undefined, 1))
        const found = hessenbergLogDeterminant(hessenberg(toDense(a), a.rows), a.rows, rho)
        // Beside a singular matrix either is rounding.
        if (truth.logAbsolute < -8) return
        expect(Math.abs(found.logAbsolute - truth.logAbsolute)).toBeLessThan(1e-7)
        expect(found.sign).toBe(truth.sign)
      })
    )
  })
  it("changes rows where the diagonal is zero, and is zero where the matrix has no inverse", () => {
    // The ring of three: det(I - rho H) = 1 - rho^3.
    const ring = Float64Array.of(0, 0, 1, 1, 0, 0, 0, 1, 0)
    expect(hessenbergLogDeterminant(ring, 3, 2)).toEqual({ logAbsolute: expect.closeTo(Math.log(7), 14), sign: -1 })
    expect(hessenbergLogDeterminant(ring, 3, 1)).toEqual({ logAbsolute: Number.NEGATIVE_INFINITY, sign: 0 })
  })
})
