import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { signChanges } from "../../src/linalg/real-roots.ts"

/** The coefficients of the product of (x - root). */
const withRoots = (roots: ReadonlyArray<number>, lead = 1): ReadonlyArray<number> => {
  let c = [lead]
  for (const root of roots) c = Array.from({ length: c.length + 1 }, (_, i) => (c[i - 1] ?? 0) - root * (c[i] ?? 0))
  return c
}

describe("where a polynomial changes its sign", () => {
  it("is at its roots of odd multiplicity", () => {
    const roots = fc.uniqueArray(fc.integer({ min: -40, max: 40 }), { maxLength: 4 })
    fc.assert(
      fc.property(roots, fc.constantFrom(-3, 0.01, 1), (given, lead) => {
        const sorted = [...given].sort((a, b) => a - b)
        const found = signChanges(withRoots(given, lead))
        expect(found.length).toBe(sorted.length)
        for (const [i, root] of found.entries()) expect(Math.abs(root - sorted[i]!)).toBeLessThan(1e-8)
      })
    )
    // Rounding may part a double root.
    const double = signChanges(withRoots([2, 2, 5]))
    expect(double.at(-1)).toBeCloseTo(5, 10)
    expect(double.slice(0, -1).every((root) => Math.abs(root - 2) < 1e-7)).toBe(true)
    expect(signChanges([1, 0, 1])).toEqual([])
  })
  it("zeros ahead of the leading coefficient, constants and nothing", () => {
    expect(signChanges([-6, 3, 0, 0, 0])).toEqual([2])
    for (const constant of [[], [0], [4], [0, 0, 0, 0, 0]]) expect(signChanges(constant)).toEqual([])
  })
})
