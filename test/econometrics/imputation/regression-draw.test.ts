import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { drawCoefficients, predict } from "../../../src/econometrics/imputation/regression-draw.ts"
import { type PanelRegressors, regressionSums, replaceValues, sumsOf } from "../../../src/econometrics/imputation/regression-sums.ts"
import { cholesky, choleskyInverse } from "../../../src/linalg/cholesky.ts"
import { type Stream, stream } from "../../../src/stats/random.ts"

/** Three entities, an effect and a line each, a constant and three shared columns, of which the last is explained; some of its rows are missing. */
const panel = (
  random: Stream,
  own: number
): { readonly regressors: PanelRegressors; readonly rows: { readonly missing: ReadonlyArray<number>; readonly observed: ReadonlyArray<number> } } => {
  const n = 24
  const column = () => Float64Array.from({ length: n }, () => random.normal())
  const ones = new Float64Array(n).fill(1)
  const entity = Int32Array.from({ length: n }, (_, row) => Math.floor(row / 8))
  const all = Array.from({ length: n }, (_, row) => row)
  const missing = all.filter(() => random.uniform() < 0.2)
  return {
    regressors: { entity, entities: 3, own: [ones, column()].slice(0, own), shared: [ones, column(), column(), column()] },
    rows: { missing, observed: all.filter((row) => !missing.includes(row)) }
  }
}
/** The same regression with all coefficients in one matrix: the inverse of X'X + variance/priorSd^2, and its product with X'y. */
const whole = ({ entities, entity, own, shared }: PanelRegressors, y: Float64Array, rows: ReadonlyArray<number>, variance: number) => {
  const columns = [
    ...Array.from({ length: entities }, (_, e) => own.map((column) => column.map((value, row) => (entity[row] === e ? value : 0)))).flat(),
    ...shared
  ]
  const size = columns.length
  const a = new Float64Array(size * size)
  const right = new Float64Array(size)
  for (const row of rows)
    for (let i = 0; i < size; i++) {
      right[i] = right[i]! + columns[i]![row]! * y[row]!
      for (let k = 0; k < size; k++) a[i * size + k] = a[i * size + k]! + columns[i]![row]! * columns[k]![row]!
    }
  for (let i = 0; i < size; i++) a[i * size + i] = a[i * size + i]! + variance / (i < entities * own.length ? 0.25 : 4)
  const inverse = choleskyInverse(cholesky(a, size)!, size)
  const mean = Float64Array.from({ length: size }, (_, i) => right.reduce((sum, value, k) => sum + inverse[i * size + k]! * value, 0))
  return { mean, variances: Float64Array.from({ length: size }, (_, i) => variance * inverse[i * size + i]!) }
}
const prior = (own: number, shared: number) => ({ own: new Float64Array(own).fill(0.5), shared: new Float64Array(shared).fill(2) })

describe("a regression's draw", () => {
  it("by blocks has the centre that one matrix of all coefficients gives, whatever entities have of their own, after values were replaced, with a further column", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 2 }), fc.boolean(), (seed, own, more) => {
        const random = stream(seed, 0)
        const { regressors, rows } = panel(random, own)
        const sums = sumsOf(regressors)
        const changed = [1, 5, 20]
        const before = Float64Array.from(changed, (row) => regressors.shared[1]![row]!)
        for (const row of changed) regressors.shared[1]![row] = random.normal()
        replaceValues(sums, regressors, 1, changed, before)
        const further = more ? [Float64Array.from({ length: 24 }, () => random.normal())] : []
        const { mean } = drawCoefficients(regressionSums(sums, regressors, 3, rows, further), 0.7, prior(own, 3 + further.length), random)
        const left = { ...regressors, shared: [...regressors.shared.slice(0, 3), ...further] }
        const expected = whole(left, regressors.shared[3]!, rows.observed, 0.7)
        assert.strictEqual(mean.own.length + mean.shared.length, expected.mean.length)
        ;[...mean.own, ...mean.shared].forEach((value, i) => {
          assert.closeTo(value, expected.mean[i]!, 1e-9)
        })
        const { entities: _, ...of } = left
        const row = rows.observed[0]!
        const e = left.entity[row]!
        const made =
          left.own.reduce((sum, column, k) => sum + mean.own[e * own + k]! * column[row]!, 0) +
          left.shared.reduce((sum, column, k) => sum + mean.shared[k]! * column[row]!, 0)
        assert.closeTo(predict(of, mean, [row])[0]!, made, 1e-12)
      })
    )
  })
  it("has the variances of the posterior distribution", () => {
    const random = stream(11, 0)
    const { regressors, rows } = panel(random, 2)
    const sums = regressionSums(sumsOf(regressors), regressors, 3, rows, [])
    const expected = whole({ ...regressors, shared: regressors.shared.slice(0, 3) }, regressors.shared[3]!, rows.observed, 0.7)
    const draws = Array.from({ length: 4000 }, () => {
      const { draw } = drawCoefficients(sums, 0.7, prior(2, 3), random)
      return [...draw.own, ...draw.shared]
    })
    expected.mean.forEach((mean, i) => {
      const own = draws.map((draw) => draw[i]!)
      const center = own.reduce((sum, value) => sum + value / own.length, 0)
      const variance = own.reduce((sum, value) => sum + (value - center) ** 2 / (own.length - 1), 0)
      assert.closeTo(center, mean, 4.5 * Math.sqrt(expected.variances[i]! / own.length))
      // Its own relative standard error is sqrt(2/4000) = 2.2%.
      assert.closeTo(variance / expected.variances[i]!, 1, 0.1)
    })
  })
})
