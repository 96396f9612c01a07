import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { generalEigenvalues } from "../../src/linalg/general-eigen.ts"
import { fromTriplets, type SparseMatrix, toDense } from "../../src/linalg/sparse-matrix.ts"
import { spectralRadius } from "../../src/linalg/spectral-radius.ts"

/** A path of n places, each linked to the next: its eigenvalues are 2 cos(k pi/(n + 1)). */
const path = (n: number, back: number): SparseMatrix => {
  const along = Array.from({ length: n - 1 }, (_, i) => i)
  return fromTriplets(n, n, [...along, ...along.map((i) => i + 1)], [...along.map((i) => i + 1), ...along], [...along.map(() => 1), ...along.map(() => back)])
}
/** A circle of places, each linked to the one before with weight a and to the one after with weight b, and one of these links with weight c. */
const circle = (n: number, a: number, b: number, c: number): SparseMatrix => {
  const all = Array.from({ length: n }, (_, i) => i)
  return fromTriplets(
    n,
    n,
    [...all, ...all],
    [...all.map((i) => (i + 1) % n), ...all.map((i) => (i + n - 1) % n)],
    [...all.map((i) => (i === 0 ? c : a)), ...all.map(() => b)]
  )
}

describe("the spectral radius", () => {
  it.each([2, 50, 200, 201, 700])("of a path of %i places is known, symmetric or similar to it", (n) => {
    const greatest = 2 * Math.cos(Math.PI / (n + 1))
    expect(spectralRadius(path(n, 1))).toBeCloseTo(greatest, 11)
    expect(spectralRadius(path(n, 4))).toBeCloseTo(2 * greatest, 11)
  })
  it.each([150, 260])("of a directed circle of %i places: the row sum where all are one, else as all eigenvalues have it", (n) => {
    expect(spectralRadius(circle(n, 0.5, 2, 0.5))).toBe(2.5)
    const uneven = circle(n, 0.5, 2, 3)
    const { imaginary, real } = generalEigenvalues(toDense(uneven), n)
    const radius = real.reduce((most, x, i) => Math.max(most, Math.hypot(x, imaginary[i]!)), 0)
    expect(Math.abs(spectralRadius(uneven) - radius)).toBeLessThanOrEqual(1e-8 * radius)
  })
  it("scales with the matrix, and lies between the least and the greatest row sum", () => {
    const matrix = fc
      .integer({ min: 2, max: 8 })
      .chain((n) => fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 9, noNaN: true })), { minLength: n * n, maxLength: n * n }))
    fc.assert(
      fc.property(matrix, fc.double({ min: 0.1, max: 50, noNaN: true }), (values, scale) => {
        const n = Math.sqrt(values.length)
        const at = values.map((_, k) => k)
        const of = (factor: number) =>
          fromTriplets(
            n,
            n,
            at.map((k) => Math.floor(k / n)),
            at.map((k) => k % n),
            values.map((x) => x * factor)
          )
        const radius = spectralRadius(of(1))
        const sums = at.slice(0, n).map((i) => values.slice(i * n, i * n + n).reduce((a, b) => a + b))
        expect(radius).toBeGreaterThanOrEqual(Math.min(...sums) * (1 - 1e-9))
        expect(radius).toBeLessThanOrEqual(Math.max(...sums) * (1 + 1e-9))
        expect(Math.abs(spectralRadius(of(scale)) - scale * radius)).toBeLessThanOrEqual(1e-7 * scale * Math.max(...sums))
      })
    )
  })
  it("a negative value is refused", () => {
    expect(() => spectralRadius(fromTriplets(2, 2, [0, 1], [1, 0], [1, -1]))).toThrow(/without negative values/)
  })
})
