import { describe, expect, it } from "vitest"
import { withoutCollinear } from "../../../../src/econometrics/spatial/models/spatial-fit.ts"
import { production } from "../../us-states.ts"

const [lpcap, lpc] = production.regressors as [Float64Array, Float64Array]
const region = Float64Array.from(lpcap, (_, at) => Math.floor(at / 17) % 4)
const sum = lpcap.map((value, i) => value + 2 * lpc[i]!)

describe("a spatial model's regressors", () => {
  it("those that effects or earlier regressors explain are dropped and named, the others stay as they are", () => {
    const { data, warnings } = withoutCollinear({ ...production, regressors: [region, lpcap, lpc, sum], names: ["region", "lpcap", "lpc", "sum"] }, 48)
    expect(data.names).toEqual(["lpcap", "lpc"])
    expect(data.regressors[0]).toBe(lpcap)
    expect(warnings).toEqual([{ code: "collinear", message: "dropped for collinearity with the effects or the regressors before: region, sum" }])
  })
  it("independent ones cause no warning", () => {
    expect(withoutCollinear(production, 48)).toEqual({ data: production, warnings: [] })
  })
  it("where none is left it is a fault", () => {
    expect(() => withoutCollinear({ ...production, regressors: [region], names: ["region"] }, 48)).toThrow(
      /no regressor is left: entity and year effects explain region/
    )
  })
})
