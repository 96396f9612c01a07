import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { entropy, redundancyWeights } from "../../../src/econometrics/measurement/entropy-weights.ts"

const shares = fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 2, maxLength: 40 }).map((y) => Float64Array.from(y, (value) => value / 1e6))

describe("entropy", () => {
  it("is 1 for an even spread and 0 where one observation has everything", () => {
    assert.deepStrictEqual(entropy(Float64Array.of(0.3, 0.3, 0.3)), { sum: 0.8999999999999999, entropy: 1, redundancy: 0 })
    const one = entropy(Float64Array.of(0, 1, 0, 0))
    assert.strictEqual(one.redundancy, 1)
    assert.strictEqual(Math.abs(one.entropy), 0)
  })
  it("a column of zeros has redundancy 0", () => {
    assert.strictEqual(entropy(new Float64Array(5)).redundancy, 0)
  })
  it("is ln k / ln n for k equal shares of n, the rest being 0", () => {
    assert.closeTo(entropy(Float64Array.of(1, 1, 0, 0)).entropy, 0.5, 1e-15)
  })
  it("lies between 0 and 1, whatever the order and the scale", () => {
    fc.assert(
      fc.property(shares, (y) => {
        const { entropy: e, redundancy } = entropy(y)
        assert.isTrue(e >= -1e-12 && e <= 1 && redundancy >= 0)
        assert.closeTo(entropy(y.toReversed()).entropy, e, 1e-12)
        assert.closeTo(entropy(y.map((x) => x * 1024)).entropy, e, 1e-12)
      })
    )
  })
  it("observing everything twice adds ln 2 to the entropy in nats", () => {
    fc.assert(
      fc.property(shares, (y) => {
        fc.pre(new Set(y).size > 1)
        const once = entropy(y).entropy * Math.log(y.length)
        const twice = entropy(Float64Array.of(...y, ...y)).entropy * Math.log(2 * y.length)
        assert.closeTo(twice, once + Math.log(2), 1e-10)
      })
    )
  })
  it("a shift makes the spread more even", () => {
    const y = Float64Array.of(0, 0.2, 1)
    assert.isAbove(entropy(y, 0.1).entropy, entropy(y).entropy)
  })
})

describe("redundancyWeights", () => {
  it("sum to one, in proportion to the redundancies", () => {
    fc.assert(
      fc.property(shares, (q) => {
        const weights = redundancyWeights([...q])
        if (q.every((x) => x === 0)) assert.isUndefined(weights)
        else {
          assert.closeTo(
            weights!.reduce((a, b) => a + b),
            1,
            1e-12
          )
          assert.isTrue(weights!.every((w) => w >= 0))
        }
      })
    )
  })
})
