import { describe, expect, it } from "vitest"
import { spatialMl } from "../../../../src/econometrics/spatial/models/spatial-ml.ts"
import { production, weights } from "../../us-states.ts"
import { modelOf } from "../fit-of.ts"

const model = modelOf(weights.contiguity, production)
const [first, ...others] = model.regressors

describe("standard errors of regressors that are hard to tell apart", () => {
  it.each(["sar", "sem", "sdm", "sac"] as const)("two that differ by 1e-5: those of their difference (%s)", (specification) => {
    const apart = others[0]!
    // u = 2^-17 v is exact, so that x and x + u span what x and v do: b_x x + b_u (x + u) = (b_x + b_u) x + 2^-17 b_u v.
    const near = { name: "near", values: first!.values.map((value, i) => value + apart.values[i]! * 2 ** -17) }
    const plain = spatialMl({ ...model, regressors: [first!, apart] }, { specification })
    const close = spatialMl({ ...model, regressors: [first!, near] }, { specification })
    expect((close.inference.stdError[1]! * 2 ** -17) / plain.inference.stdError[1]!).toBeCloseTo(1, 8)
    expect(close.inference.stdError.at(-1)! / plain.inference.stdError.at(-1)!).toBeCloseTo(1, 9)
  })
  it.each(["ols", "sar", "sem", "sdm", "sac"] as const)("far from zero: those of the same near it (%s)", (specification) => {
    const far = ({ name, values }: { name: string; values: Float64Array }) => ({ name, values: values.map((value) => value + 2 ** 20) })
    const shifted = { ...model, dependent: far(model.dependent), regressors: model.regressors.map(far) }
    for (const variance of ["expected", "observed", "cluster"] as const) {
      const [here, there] = [model, shifted].map((each) => spatialMl(each, { specification, variance, effects: "pooled" }).inference.stdError)
      there!.slice(1).forEach((error, i) => {
        expect(error / here![i + 1]!).toBeCloseTo(1, 5)
      })
    }
  })
})
