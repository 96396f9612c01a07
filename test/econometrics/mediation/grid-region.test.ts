import { describe, expect, it } from "vitest"
import { gridRegion } from "../../../src/econometrics/mediation/grid-region.ts"
import { johnsonNeyman } from "../../../src/econometrics/mediation/johnson-neyman.ts"

/** Intervals of b1 + b3 M on a grid from 0 to 10. */
const grid = (b1: number, b3: number, v: readonly [number, number, number], points: number) =>
  Array.from({ length: points }, (_, i) => {
    const m = (10 * i) / (points - 1)
    const half = 2 * Math.sqrt(v[0] + 2 * v[1] * m + v[2] * m * m)
    return { value: m, low: b1 + b3 * m - half, high: b1 + b3 * m + half }
  })

describe("the significance region on a grid", () => {
  const cases = {
    outside: [-2, 0.4, [0.2, -0.02, 0.004]],
    all: [9, 0.4, [0.2, -0.02, 0.004]],
    none: [0.1, 0.01, [0.2, -0.02, 0.004]],
    inside: [2.3, 0.1, [5, -0.75, 0.15]]
  } as const
  for (const [kind, [b1, b3, v]] of Object.entries(cases))
    it(`${kind}: is the closed form's of an effect that has one, as close as the grid is fine`, () => {
      const exact = johnsonNeyman({ b1, b3, v11: v[0], v13: v[1], v33: v[2] }, 2, [0, 10])
      const found = gridRegion(grid(b1, b3, v, 401))
      expect(found.kind).toBe(kind)
      expect(exact.kind).toBe(kind)
      expect(found.observed).toHaveLength(exact.observed.length)
      for (const [i, [from, to]] of found.observed.entries()) {
        expect(Math.abs(from - exact.observed[i]![0])).toBeLessThan(1e-3)
        expect(Math.abs(to - exact.observed[i]![1])).toBeLessThan(1e-3)
      }
      expect(found.roots).toEqual(found.observed.flat().filter((m) => m !== 0 && m !== 10))
    })
  it("neighbouring points of different sign have an insignificant stretch between them", () => {
    const { kind, observed, roots } = gridRegion([
      { value: 0, low: -3, high: -1 },
      { value: 4, low: 1, high: 3 }
    ])
    expect(kind).toBe("outside")
    expect(roots).toEqual([1, 3])
    expect(observed).toEqual([
      [0, 1],
      [3, 4]
    ])
  })
  it("a limit of exactly zero is not significant", () => {
    expect(gridRegion([0, 1, 2].map((value) => ({ value, low: 0, high: 1 }))).kind).toBe("none")
  })
})
