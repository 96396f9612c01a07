import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { generalEigenvalues } from "../../src/linalg/general-eigen.ts"
import { logAbsDeterminant, luFactor } from "../../src/linalg/lu.ts"

describe("general eigenvalues", () => {
  it("a rotation has a conjugate pair", () => {
    const { real, imaginary } = generalEigenvalues(Float64Array.of(0, -1, 1, 0), 2)
    for (const x of real) expect(x).toBeCloseTo(0, 14)
    expect([...imaginary].map(Math.abs)).toEqual([1, 1])
    expect(imaginary[0]! + imaginary[1]!).toBeCloseTo(0, 14)
  })
  it("the product of their sizes is the determinant's that LU finds", () => {
    const matrices = fc
      .integer({ min: 1, max: 8 })
      .chain((size) =>
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: size * size, maxLength: size * size }).map((values) => ({ size, values }))
      )
    fc.assert(
      fc.property(matrices, ({ size, values }) => {
        const matrix = Float64Array.from(values)
        for (let i = 0; i < size; i++) matrix[i * size + i]! += 40
        const { real, imaginary } = generalEigenvalues(matrix, size)
        const sum = real.reduce((total, x, i) => total + Math.log(Math.hypot(x, imaginary[i]!)), 0)
        expect(sum).toBeCloseTo(logAbsDeterminant(luFactor(matrix, size)), 9)
      })
    )
  })
  it("ends on a matrix of zeros and ones where unshifted QR goes round in circles", () => {
    const { real, imaginary } = generalEigenvalues(Float64Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 1), 5)
    const golden = (1 + Math.sqrt(5)) / 2
    const found = [...real].map((x, i) => [x, imaginary[i]!] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1])
    expect(found[0]![0]).toBeCloseTo(1 - golden, 12)
    expect(found.at(-1)![0]).toBeCloseTo(golden, 12)
    expect(Math.max(...imaginary)).toBeCloseTo(1, 12)
    expect(Math.min(...imaginary)).toBeCloseTo(-1, 12)
  })
  it("ends on sparse directed maps, with the determinant of I - rho W that LU finds", () => {
    const maps = fc.record({ size: fc.integer({ min: 3, max: 30 }), links: fc.array(fc.nat(899), { minLength: 3, maxLength: 60 }) })
    fc.assert(
      fc.property(maps, fc.constantFrom(-0.8, 0.4, 0.9), ({ size, links }, rho) => {
        const matrix = new Float64Array(size * size)
        for (const link of links) matrix[link % (size * size)] = 1 / 4
        const { real, imaginary } = generalEigenvalues(matrix, size)
        const sum = real.reduce((total, x, i) => total + Math.log(Math.hypot(1 - rho * x, rho * imaginary[i]!)), 0)
        const system = matrix.map((w, at) => (Math.floor(at / size) === at % size ? 1 : 0) - rho * w)
        expect(sum).toBeCloseTo(logAbsDeterminant(luFactor(system, size)), 9)
      }),
      { numRuns: 500 }
    )
  })
  it("a defective matrix keeps its eigenvalue to the accuracy that it can have", () => {
    const jordan = Float64Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? 2 : at % 5 === 1 ? 1 : 0))
    expect([...generalEigenvalues(jordan, 4).real]).toEqual([2, 2, 2, 2])
  })
  it("refuses an entry that is not finite", () => {
    expect(() => generalEigenvalues(Float64Array.of(1, Number.NaN, 0, 1), 2)).toThrow(/not finite/)
  })
})
