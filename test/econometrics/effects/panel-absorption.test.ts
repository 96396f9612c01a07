import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { absorbPanel } from "../../../src/econometrics/effects/panel-absorption.ts"
import { panelIndex } from "../../../src/econometrics/sample/panel-index.ts"
import { qr, residuals } from "../../../src/linalg/qr.ts"
import { stream } from "../../../src/stats/random.ts"

/** A random panel, a column, and the dummies of its entities and years. */
const sample = (seed: number, N: number, T: number, holes: number) => {
  const s = stream(seed, 0)
  const names: Array<string> = []
  const years: Array<number> = []
  for (let i = 0; i < N; i++)
    for (let t = 0; t < T; t++)
      if (s.uniform() >= holes) {
        names.push(`e${i}`)
        years.push(t)
      }
  const index = panelIndex(names, years)
  const dummies = [
    ...index.entities.map((_, g) => Float64Array.from(index.entity, (code) => (code === g ? 1 : 0))),
    ...index.years.map((_, t) => Float64Array.from(index.year, (code) => (code === t ? 1 : 0)))
  ]
  return { index, dummies, x: Float64Array.from(names, () => 1e3 + s.normal()) }
}

describe("absorbing entity and year effects", () => {
  it("is the projection off all dummies, and its rank theirs, in any panel: balanced, with holes, or in separate components", () => {
    const shapes = fc.record({ seed: fc.integer(), N: fc.integer({ min: 2, max: 7 }), T: fc.integer({ min: 2, max: 6 }), holes: fc.constantFrom(0, 0.2, 0.6) })
    fc.assert(
      fc.property(shapes, ({ N, T, holes, seed }) => {
        const { dummies, index, x } = sample(seed, N, T, holes)
        if (index.rows === 0) return
        const all = qr(dummies)
        const expected = residuals(all, x)
        const found = absorbPanel(index)
        expect(found.rank).toBe(all.rank)
        const within = found.within(x)
        for (let i = 0; i < x.length; i++) expect(Math.abs(within[i]! - expected[i]!)).toBeLessThan(1e-9)
      }),
      { numRuns: 150 }
    )
  })
  it("has the first year as the base: year effects of a column are its contrasts with it", () => {
    const { index, x } = sample(1, 5, 4, 0)
    const effects = [0, 3, -2, 7]
    const shifted = x.map((_, i) => 10 * index.entity[i]! + effects[index.year[i]!]!)
    const found = absorbPanel(index)
    expect(found.effectYears).toEqual([1, 2, 3])
    expect(Array.from(found.yearEffects(shifted), (v) => Math.round(v * 1e9) / 1e9)).toEqual([3, -2, 7])
  })
})
