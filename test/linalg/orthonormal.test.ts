import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { dot } from "../../src/linalg/dot.ts"
import { along, combine, offSpan, orthogonalComplement, orthonormalBasis } from "../../src/linalg/orthonormal.ts"
import { stream } from "../../src/stats/random.ts"

describe("an orthonormal basis", () => {
  it("is orthonormal to rounding and spans the columns, nearly dependent ones too; what is explained adds nothing", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 4, max: 30 }), (seed, n) => {
        const s = stream(seed, 0)
        const [a, b, noise] = [0, 1, 2].map(() => Float64Array.from({ length: n }, () => s.normal())) as [Float64Array, Float64Array, Float64Array]
        const near = a.map((v, i) => v + 1e-5 * noise[i]!)
        const columns = [a, near, a.map((v, i) => 2 * v - 3 * near[i]!), b]
        const basis = orthonormalBasis(columns)
        expect(basis.length).toBe(3)
        for (const [i, p] of basis.entries()) for (const [j, q] of basis.entries()) expect(Math.abs(dot(p, q) - (i === j ? 1 : 0))).toBeLessThan(1e-14)
        for (const column of columns) {
          const left = column.slice()
          for (const q of basis) {
            const along = dot(q, column)
            for (let i = 0; i < n; i++) left[i]! -= along * q[i]!
          }
          expect(Math.sqrt(dot(left, left))).toBeLessThan(1e-9 * Math.sqrt(dot(column, column)))
        }
      })
    )
  })
})

describe("the complement of vectors in R^n", () => {
  it("is orthonormal, at right angles to them, and spans the rest", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 8 }), (seed, n, given) => {
        const s = stream(seed, 0)
        const vectors = Array.from({ length: Math.min(given, n) }, () => Float64Array.from({ length: n }, () => s.normal()))
        const complement = orthogonalComplement(vectors, n)
        expect(complement.length).toBe(n - vectors.length)
        for (const unit of complement) expect(Math.abs(dot(unit, unit) - 1)).toBeLessThan(1e-14)
        for (const unit of complement) for (const value of along(vectors, unit)) expect(Math.abs(value)).toBeLessThan(1e-12 * n)
        const x = Float64Array.from({ length: n }, () => s.normal())
        const rest = combine(complement, along(complement, x))
        const left = offSpan(x, orthonormalBasis(vectors, 0))
        if (complement.length > 0) for (const [i, value] of left.entries()) expect(Math.abs(value - rest[i]!)).toBeLessThan(1e-11)
      })
    )
  })
})
