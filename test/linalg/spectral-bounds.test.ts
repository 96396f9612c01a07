import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type ExtremeEigenvalues, extremeEigenvalues } from "../../src/linalg/lanczos.ts"
import { spectralRadiusBound } from "../../src/linalg/perron-bound.ts"
import { fromTriplets, type SparseMatrix, sparseIdentity, toDense, transpose } from "../../src/linalg/sparse-matrix.ts"
import { addSparse, sparseProduct, traceOfProduct } from "../../src/linalg/sparse-product.ts"
import { symmetricEigenvalues } from "../../src/linalg/symmetric-eigenvalues.ts"
import { stream } from "../../src/stats/random.ts"
import { lattice, squareSparse } from "./sparse-arbitrary.ts"

const from = (n: number) => {
  const draws = stream(3, n)
  return Float64Array.from({ length: n }, () => draws.normal())
}
const never = () => false
/** |tr A^k / n|^(1/k) is at most the spectral radius, for each k; of whole numbers it is exact, where computed eigenvalues of a defective matrix are not. */
const belowRadius = (a: SparseMatrix) => {
  let power = a
  let most = 0
  for (let k = 1; k <= 8; k++, power = sparseProduct(power, a))
    most = Math.max(most, (Math.abs(traceOfProduct(power, sparseIdentity(a.rows))) / a.rows) ** (1 / k))
  return most
}

describe("extreme eigenvalues by Lanczos's method", () => {
  it("are the ends of the spectrum within their residuals, and not outside of it", () => {
    fc.assert(
      fc.property(squareSparse, (a) => {
        const symmetric = addSparse(1, a, 1, transpose(a))
        const values = symmetricEigenvalues(toDense(symmetric), a.rows)
        const { smallest, largest } = extremeEigenvalues(symmetric, from(a.rows), never)
        const size = Math.max(1, Math.abs(values[0]!), Math.abs(values.at(-1)!))
        for (const [found, truth, inwards] of [
          [smallest, values[0]!, smallest.value - values[0]!],
          [largest, values.at(-1)!, values.at(-1)! - largest.value]
        ] as const) {
          expect(Math.abs(found.value - truth)).toBeLessThan(found.residual + 1e-6 * size)
          expect(inwards).toBeGreaterThan(-1e-12 * size)
        }
      })
    )
  })
  it("stop when they are good enough, and their residuals do not flatter", () => {
    const side = 60
    const truth = 4 * Math.cos(Math.PI / (side + 1))
    const looked: Array<ExtremeEigenvalues> = []
    const rough = extremeEigenvalues(lattice(side), from(side * side), (ends) => looked.push(ends) === 3)
    expect(looked.length).toBe(3)
    expect(rough).toBe(looked[2])
    const far = extremeEigenvalues(lattice(side), from(side * side), never, 300)
    expect(far.largest.value).toBeCloseTo(truth, 9)
    expect(far.smallest.value).toBeCloseTo(-truth, 9)
    for (const { largest } of [...looked, far]) {
      expect(largest.value).toBeLessThan(truth + 1e-12)
      expect(largest.value + largest.residual).toBeGreaterThan(truth - 1e-9)
    }
    expect(extremeEigenvalues(sparseIdentity(1), Float64Array.of(2), never).largest).toEqual({ value: 1, residual: 0 })
  })
})

describe("a bound of the spectral radius", () => {
  it("holds whatever the signs", () => {
    fc.assert(
      fc.property(squareSparse, (a) => {
        expect(spectralRadiusBound(a)).toBeGreaterThanOrEqual(belowRadius(a) * (1 - 1e-9))
      })
    )
  })
  it("is the radius of a connected matrix without negative entries, whose row sums are far above it; one step gives the sums", () => {
    // A star: the radius is the square root of the number of its rays.
    const star = fromTriplets(
      10,
      10,
      [...new Array(9).fill(0), 1, 2, 3, 4, 5, 6, 7, 8, 9],
      [1, 2, 3, 4, 5, 6, 7, 8, 9, ...new Array(9).fill(0)],
      new Array(18).fill(1)
    )
    expect(spectralRadiusBound(star)).toBeCloseTo(3, 9)
    expect(spectralRadiusBound(star, 1)).toBe(9)
    expect(spectralRadiusBound(lattice(12))).toBeCloseTo(4 * Math.cos(Math.PI / 13), 6)
  })
})
