import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { spread } from "../../../src/render/figure/spread.ts"

describe("labels spread apart", () => {
  it("stay where they are if there is room", () => expect(spread([10, 50, 30], 14, 0, 100)).toEqual([10, 50, 30]))
  it("move to both sides of where they crowd", () => expect(spread([50, 50], 10, 0, 100)).toEqual([45, 55]))
  it("stay inside", () => expect(spread([0, 0, 0], 10, 0, 100)).toEqual([0, 10, 20]))

  it("keep their distance, their order and their bounds", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 1, maxLength: 10 }), (wanted) => {
        const placed = spread(wanted, 14, 0, 200)
        const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b)
        order.slice(1).forEach((i, k) => {
          expect(placed[i]! - placed[order[k]!]!).toBeGreaterThanOrEqual(14 - 1e-9)
        })
        for (const at of placed) expect(at >= -1e-9 && at <= 200 + 1e-9).toBe(true)
      })
    )
  })
})
