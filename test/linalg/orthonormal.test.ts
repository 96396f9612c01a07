import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { dot } from "../../src/linalg/dot.ts"
import { orthonormalBasis } from "../../src/linalg/orthonormal.ts"
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
