import { describe, expect, it } from "vitest"
import { fixedEffects } from "../../../src/econometrics/regression/fixed-effects.ts"
import { factor } from "../../../src/econometrics/sample/factor.ts"
import { conventionsOf, instrumentedConventionsOf, underConventions } from "../../../src/econometrics/variance/conventions.ts"
import { stream } from "../../../src/stats/random.ts"

const software = (effects: ReadonlyArray<string>, time?: string): string =>
  conventionsOf(effects, time)
    .map((one) => one.software)
    .join("\n")

describe("which commands give a model's standard errors", () => {
  it("plm's are among them for its own effects alone; dummies are those of the effects that the model has", () => {
    expect(software(["entity", "year"], "year")).toMatch(/plm.*vcovHC.*xtscc y x i\.year, fe.*vcovSCC/s)
    expect(software(["entity"], "year")).toMatch(/plm.*vcovHC.*xtscc y x, fe/s)
    expect(software(["entity", "region_year"], "year")).not.toMatch(/plm/)
    expect(software(["entity", "region_year"], "year")).toContain("xtreg y x i.region_year, fe vce(cluster entity)")
    expect(software(["year"])).not.toMatch(/Driscoll|xtscc|DK/)
  })
  it("a model without effects has none", () => {
    expect(conventionsOf([], "year")).toEqual([])
    expect(instrumentedConventionsOf([], "year")).toEqual([])
  })
})

describe("CR2 among them", () => {
  /** y on x in so many clusters of so many rows. */
  const estimated = (clusters: number, rows: number, weighted = false) => {
    const s = stream(3, 0)
    const n = clusters * rows
    const draw = () => Float64Array.from({ length: n }, () => s.normal())
    const [x, e] = [draw(), draw()]
    return fixedEffects({
      dependent: { name: "y", values: e.map((v, i) => v + x[i]!) },
      regressors: [{ name: "x", values: x }],
      effects: [
        factor(
          "entity",
          Float64Array.from({ length: n }, (_, i) => i % clusters)
        )
      ],
      ...(weighted ? { weights: { kind: "aweight" as const, values: x.map((v) => 1 + v * v) } } : {})
    })
  }
  const kinds = (of: ReturnType<typeof estimated>) => underConventions(of, conventionsOf(["entity"], undefined)).map(({ variance }) => variance.kind)
  it("costs the eigenvalues of the fewer of rows and columns, with weights of the rows: left out where these are too many", () => {
    expect(kinds(estimated(4, 1500))).toContain("CR2")
    expect(kinds(estimated(4, 1500, true))).not.toContain("CR2")
    expect(kinds(estimated(4, 20, true))).toContain("CR2")
  })
})
