import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { Fault, resultOrFault } from "../../../src/econometrics/fault.ts"
import { analyticHierarchy } from "../../../src/econometrics/measurement/analytic-hierarchy.ts"
import { criticWeights } from "../../../src/econometrics/measurement/critic-weights.ts"
import { equalWeights } from "../../../src/econometrics/measurement/equal-weights.ts"
import { firstComponentWeights, rotatedComponentWeights } from "../../../src/econometrics/measurement/principal-component-weights.ts"
import { standardDeviationWeights } from "../../../src/econometrics/measurement/standard-deviation-weights.ts"
import { varimax } from "../../../src/econometrics/measurement/varimax.ts"
import { agrees, columns, inYear, oracle, someIndicators, sumsToOne } from "./index-oracle.ts"

const ofData = {
  "standard deviation": standardDeviationWeights,
  CRITIC: criticWeights,
  "first component": firstComponentWeights,
  "rotated components": rotatedComponentWeights
}
const codeOf = (weigh: () => unknown): string => {
  const result = resultOrFault(weigh)
  return result instanceof Fault ? result.code : "no fault"
}

describe("weightings agree with R on the US states", () => {
  it("over all states and years", () => {
    agrees(standardDeviationWeights(columns), oracle.standard_deviation)
    agrees(criticWeights(columns), oracle.critic)
    agrees(firstComponentWeights(columns), oracle.first)
    assert.strictEqual(oracle.kaiser.components, 2)
    agrees(rotatedComponentWeights(columns), oracle.kaiser.weights)
  })
  it("in each year", () => {
    assert.strictEqual(Object.keys(oracle.critic_by_year).length, 17)
    for (const [year, expected] of Object.entries(oracle.critic_by_year)) {
      agrees(criticWeights(inYear(year)), expected)
      agrees(firstComponentWeights(inYear(year)), oracle.first_by_year[year]!)
      agrees(rotatedComponentWeights(inYear(year)), oracle.kaiser_by_year[year]!)
    }
  })
  it("the analytic hierarchy process, its eigenvalue and consistency ratio", () => {
    const { consistencyIndex, consistencyRatio, eigenvalue, weights } = analyticHierarchy(oracle.ahp.matrix)
    agrees(weights, oracle.ahp.weights)
    agrees([eigenvalue, consistencyIndex, consistencyRatio], [oracle.ahp.eigenvalue, oracle.ahp.index, oracle.ahp.ratio])
  })
})

describe("laws of weightings", () => {
  for (const [name, weigh] of Object.entries(ofData))
    it(`${name}: weights sum to one, follow their indicators, and do not depend on the order of rows`, () => {
      fc.assert(
        fc.property(someIndicators, (indicators) => {
          const weights = resultOrFault(() => weigh(indicators))
          fc.pre(!(weights instanceof Fault))
          sumsToOne(weights)
          const near = (found: ReadonlyArray<number>, expected: ReadonlyArray<number>) =>
            expected.forEach((w, m) => {
              assert.closeTo(found[m]!, w, 1e-6)
            })
          near(weigh(indicators.map((column) => column.toReversed())), weights)
          near(weigh(indicators.toReversed()).toReversed(), weights)
        }),
        { numRuns: 50 }
      )
    })
  it("equal weights are equal and sum to one", () => {
    for (let m = 1; m < 30; m++) sumsToOne(equalWeights(m))
    assert.deepStrictEqual(equalWeights(4), [0.25, 0.25, 0.25, 0.25])
  })
  it("consistent comparisons give back the weights that they were made of, and a ratio of 0", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }), (importance) => {
        const sum = importance.reduce((a, b) => a + b)
        const result = analyticHierarchy(importance.map((a) => importance.map((b) => a / b)))
        agrees(
          result.weights,
          importance.map((a) => a / sum)
        )
        assert.closeTo(result.consistencyRatio, 0, 1e-12)
      })
    )
  })
  it("varimax leaves each indicator's communality as it is, and finds a simple structure that was turned away", () => {
    const simple = [Float64Array.of(0.9, 0.8, 0, 0), Float64Array.of(0, 0, 0.7, 0.6)]
    const [cosine, sine] = [Math.cos(0.3), Math.sin(0.3)]
    const turned = [simple[0]!.map((x, i) => cosine * x + sine * simple[1]![i]!), simple[1]!.map((y, i) => cosine * y - sine * simple[0]![i]!)]
    varimax(turned).forEach((column, c) => {
      agrees(column, [...simple[c]!])
    })
  })
})

describe("what weightings refuse", () => {
  const y = Float64Array.of(0, 0.2, 1)
  const constant = Float64Array.of(0.3, 0.3, 0.3)
  it("constant indicators, no conflict, no first component, no component above 1", () => {
    assert.strictEqual(
      codeOf(() => standardDeviationWeights([constant, constant])),
      "no-information"
    )
    assert.strictEqual(
      codeOf(() => criticWeights([y, constant])),
      "constant-indicator"
    )
    assert.strictEqual(
      codeOf(() => criticWeights([y, y, y])),
      "no-conflict"
    )
    const uncorrelated = [Float64Array.of(0, 0, 1, 1), Float64Array.of(0, 1, 0, 1)]
    assert.strictEqual(
      codeOf(() => firstComponentWeights(uncorrelated)),
      "no-first-component"
    )
    assert.strictEqual(
      codeOf(() => rotatedComponentWeights(uncorrelated)),
      "no-component"
    )
  })
  it("one indicator weighs 1", () => {
    for (const weigh of Object.values(ofData)) agrees(weigh([y]), [1])
  })
  it("tells every fault of a comparison matrix at once", () => {
    const result = resultOrFault(() =>
      analyticHierarchy([
        [2, 3, -1],
        [0.5, 1, 2],
        [1, 0.5, 1]
      ])
    )
    assert.instanceOf(result, Fault)
    for (const part of ["row 1, column 1 is 2", "row 1, column 2 is 3 and row 2, column 1 is 0.5", "row 1, column 3 is -1"])
      assert.include((result as Fault).message, part)
    assert.strictEqual(
      codeOf(() => analyticHierarchy([[1, 2], [0.5]])),
      "bad-comparisons"
    )
    assert.strictEqual(
      codeOf(() => analyticHierarchy([])),
      "bad-comparisons"
    )
  })
})
