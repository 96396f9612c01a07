import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { cholesky, choleskyInverse, choleskyLogDeterminant, choleskySolve } from "../../src/linalg/cholesky.ts"
import { crossProduct, multiply } from "../../src/linalg/cross-product.ts"
import { inverseGram, leastSquares, qr, residuals } from "../../src/linalg/qr.ts"
import { stream } from "../../src/stats/random.ts"

const columns = (seed: number, n: number, k: number): Array<Float64Array> => {
  const s = stream(seed, 0)
  return Array.from({ length: k }, () => Float64Array.from({ length: n }, () => s.normal()))
}
const near = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number) => {
  expect(a.length).toBe(b.length)
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThan(tolerance)
}

describe("qr", () => {
  it("R'R = X'X, (X'X)^-1 is its inverse, residuals are orthogonal to X", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 9, max: 40 }), (seed, k, n) => {
        const x = columns(seed, n, k)
        const y = columns(seed + 1, n, 1)[0]!
        const f = qr(x)
        expect(f.rank).toBe(k)
        const gram = crossProduct(x)
        const identity = multiply(gram, inverseGram(f), k, k, k)
        for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) expect(Math.abs(identity[i * k + j]! - (i === j ? 1 : 0))).toBeLessThan(1e-7)
        near(crossProduct(x, [residuals(f, y)]), new Float64Array(k), 1e-10)
        const factor = cholesky(gram, k)!
        near(choleskySolve(factor, k, crossProduct(x, [y])), leastSquares(f, y), 1e-7)
      }),
      { numRuns: 50 }
    )
  })
  it("sets aside the later of two collinear columns, whatever their scale", () => {
    const [a, b, c] = columns(3, 30, 3) as [Float64Array, Float64Array, Float64Array]
    const combination = a.map((v, i) => 1e6 * (2 * v - b[i]!))
    const f = qr([a, b, combination, c, new Float64Array(30)])
    expect(f.kept).toEqual([0, 1, 3])
    expect(f.dropped).toEqual([2, 4])
  })
  it("sees a column that demeaning annihilated by the norm it had before", () => {
    const noise = columns(4, 30, 1)[0]!.map((v) => v * 1e-14)
    expect(qr([noise]).rank).toBe(1)
    expect(qr([noise], { norms: [5] }).rank).toBe(0)
  })
  it("solves the Longley regression to the digits that NIST certifies", () => {
    const y = Float64Array.of(60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655, 69564, 69331, 70551)
    const x = [
      new Float64Array(16).fill(1),
      Float64Array.of(83, 88.5, 88.2, 89.5, 96.2, 98.1, 99, 100, 101.2, 104.6, 108.4, 110.8, 112.6, 114.2, 115.7, 116.9),
      Float64Array.of(234289, 259426, 258054, 284599, 328975, 346999, 365385, 363112, 397469, 419180, 442769, 444546, 482704, 502601, 518173, 554894),
      Float64Array.of(2356, 2325, 3682, 3351, 2099, 1932, 1870, 3578, 2904, 2822, 2936, 4681, 3813, 3931, 4806, 4007),
      Float64Array.of(1590, 1456, 1616, 1650, 3099, 3594, 3547, 3350, 3048, 2857, 2798, 2637, 2552, 2514, 2572, 2827),
      Float64Array.of(107608, 108632, 109773, 110929, 112075, 113270, 115094, 116219, 117388, 118734, 120445, 121950, 123366, 125368, 127852, 130081),
      Float64Array.from({ length: 16 }, (_, i) => 1947 + i)
    ]
    const b = leastSquares(qr(x), y)
    // NIST StRD, dataset Longley.
    const certified = [-3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359, -0.0511041056535807, 1829.15146461355]
    for (const [i, value] of certified.entries()) expect(Math.abs(b[i]! / value - 1)).toBeLessThan(1e-9)
  })
})

describe("cholesky", () => {
  it("refuses a matrix that is not positive definite", () => {
    expect(cholesky(Float64Array.of(1, 1, 1, 1), 2)).toBeUndefined()
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined()
    expect(cholesky(Float64Array.of(0), 1)).toBeUndefined()
  })
  it("inverts and gives the log determinant", () => {
    const l = cholesky(Float64Array.of(4, 2, 2, 3), 2)!
    near(choleskyInverse(l, 2), [0.375, -0.25, -0.25, 0.5], 1e-15)
    expect(choleskyLogDeterminant(l, 2)).toBeCloseTo(Math.log(8), 14)
  })
})
