import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { panelIndex } from "../../../../src/econometrics/sample/panel-index.ts"
import { type SpatialDynamicOptions, spatialDynamic } from "../../../../src/econometrics/spatial/dynamic/spatial-dynamic.ts"
import { rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { modelOf } from "../fit-of.ts"
import { cigar, produc } from "../spatial-data.ts"

interface Reference {
  readonly names: ReadonlyArray<string>
  readonly estimate: ReadonlyArray<number>
  readonly se: ReadonlyArray<number>
  readonly logLik: number
  readonly covariance?: ReadonlyArray<ReadonlyArray<number>>
  readonly corrected: ReadonlyArray<number>
  readonly corrected_se: ReadonlyArray<number>
  readonly stability: number
  readonly short: Readonly<Record<string, ReadonlyArray<number>>>
  readonly long: Readonly<Record<string, ReadonlyArray<number>>>
}
const oracle: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Reference>>>>>> = JSON.parse(
  readFileSync(new URL("../../../oracle/spatial-dynamic.json", import.meta.url), "utf8")
)
const panels = { cigar: cigar(), produc: produc() }
const modelIn = (name: "cigar" | "produc") => modelOf(rowStandardize(panels[name].binary), panels[name].columns)
const termOf = (name: string) =>
  name
    .replace(/^y_lag$/, "L.y")
    .replace(/^Wy_lag$/, "W*L.y")
    .replace(/^lag\./, "W*")
    .replace(/^s2$/, "sigma2")
const MODELS: Readonly<Record<string, SpatialDynamicOptions>> = {
  sar_time: { specification: "sar", dynamics: "time" },
  sar_space_time: { specification: "sar", dynamics: "space-time" },
  sar: { specification: "sar" },
  sdm_time: { dynamics: "time" },
  sdm_space_time: { dynamics: "space-time" },
  sdm: {}
}
/** In units of the reference's standard errors. */
const offBy = (found: ArrayLike<number>, reference: ReadonlyArray<number>, unit: ReadonlyArray<number>) =>
  reference.reduce((most, value, i) => Math.max(most, Math.abs(found[i]! - value) / unit[i]!), 0)
const relative = (found: ArrayLike<number>, reference: ReadonlyArray<number>) =>
  reference.reduce((most, value, i) => Math.max(most, Math.abs(found[i]! / value - 1)), 0)
const errors = (covariance: Float64Array, size: number) => Float64Array.from({ length: size }, (_, i) => Math.sqrt(covariance[i * size + i]!))

describe("the dynamic spatial panel", () => {
  for (const name of ["cigar", "produc"] as const)
    for (const [section, effects] of [
      ["individual", "individual"],
      ["twoways", "two-way"]
    ] as const)
      it(`agrees with likelihood, information and bias written out in R: ${name}, ${effects} effects`, () => {
        for (const [key, options] of Object.entries(MODELS)) {
          const reference = oracle[name]![section]![key]!
          // This one's maximum is on the edge of stability: the correction divides by next to nothing and moves tau by -1.1.
          if (name === "produc" && section === "twoways" && key === "sdm_time") {
            expect(() => spatialDynamic(modelIn(name), { ...options, effects })).toThrow(/the bias correction moves rho to -2\.1\d+, outside/)
            continue
          }
          const fit = spatialDynamic(modelIn(name), { ...options, effects })
          const size = fit.terms.length
          expect(fit.terms, key).toEqual(reference.names.map(termOf))
          expect(offBy(fit.uncorrected.estimates, reference.estimate, reference.se), key).toBeLessThan(1e-6)
          expect(relative(errors(fit.uncorrected.covariance, size), reference.se), key).toBeLessThan(1e-6)
          expect(Math.abs(fit.logLikelihood - reference.logLik), key).toBeLessThan(1e-8 * Math.abs(reference.logLik))
          expect(offBy(fit.estimates, reference.corrected, reference.corrected_se), key).toBeLessThan(2e-6)
          expect(relative(fit.inference.stdError, reference.corrected_se), key).toBeLessThan(2e-6)
          expect(fit.stability.sum, key).toBeCloseTo(reference.stability, 6)
          expect(
            fit.warnings.some(({ code }) => code === "unstable"),
            key
          ).toBe(reference.stability >= 1 || fit.stability.radius >= 1)
          for (const horizon of ["short-run", "long-run"] as const) {
            const expected = horizon === "short-run" ? reference.short : reference.long
            const found = fit.spillovers.effects.filter((effect) => effect.horizon === horizon)
            if (found.length === 0) {
              expect(horizon).toBe("long-run")
              expect(fit.spillovers.warnings[0]?.code).toBe("rho-beyond-bounds")
              continue
            }
            for (const effect of ["direct", "indirect", "total"] as const) {
              const own = found.filter((row) => row.effect === effect)
              const unit = expected[`${effect}_se`]!
              expect(
                offBy(
                  own.map(({ estimate }) => estimate),
                  expected[effect]!,
                  unit
                ),
                `${key} ${horizon} ${effect}`
              ).toBeLessThan(1e-5)
              expect(
                relative(
                  own.map(({ stdError }) => stdError),
                  unit
                ),
                `${key} ${horizon} ${effect}`
              ).toBeLessThan(1e-4)
            }
          }
        }
      })
  it("gives the numbers that Elhorst (2014) prints of cigarette demand", () => {
    const { estimates, terms } = spatialDynamic(modelIn("cigar"))
    const at = (term: string) => Number(estimates[terms.indexOf(term)]!.toFixed(3))
    expect(["L.y", "rho", "W*L.y", "lprice", "lincome", "W*lprice", "W*lincome"].map(at)).toEqual([0.865, 0.076, -0.015, -0.266, 0.1, 0.17, -0.022])
  })
  it("takes the lag by year, whatever the order of rows, and refuses years with a gap", () => {
    const model = modelIn("cigar")
    const rows = model.dependent.values.length
    const [T, order] = [30, Array.from({ length: rows }, (_, at) => (at * 7919) % rows)]
    const name = (at: number) => model.weights.entities[Math.floor(at / T)]!
    const shuffled = (year: (t: number) => number) => ({
      ...model,
      dependent: { name: "y", values: Float64Array.from(order, (at) => model.dependent.values[at]!) },
      regressors: model.regressors.map((x) => ({ name: x.name, values: Float64Array.from(order, (at) => x.values[at]!) })),
      index: panelIndex(
        order.map(name),
        order.map((at) => year(at % T))
      )
    })
    expect([...spatialDynamic(shuffled((t) => 1963 + t)).estimates]).toEqual([...spatialDynamic(model).estimates])
    expect(() => spatialDynamic(shuffled((t) => (t < 5 ? 1963 : 1964) + t))).toThrow(/the panel has none before 1969/)
  })
  it("says what is not corrected, and what options there are", () => {
    const fit = spatialDynamic(modelIn("cigar"), { correction: "none" })
    expect([...fit.estimates]).toEqual([...fit.uncorrected.estimates])
    expect(fit.warnings.map(({ code }) => code)).toEqual(["incidental-effects-uncorrected"])
    expect(() => spatialDynamic(modelIn("cigar"), { effects: "random" as "two-way", dynamics: "all" as "both" })).toThrow(
      /dynamics of a dynamic model is one of both, time, space-time, not all; effects of a dynamic model is one of two-way, individual, not random/
    )
    expect(() => spatialDynamic(modelIn("cigar"), { lagged: ["L.y"], specification: "sar" })).toThrow(
      /lagged names regressors of the model; L.y is none \(they are lprice, lincome\); sar has no spatial lags/
    )
    expect(() => spatialDynamic(modelOf(panels.cigar.binary, panels.cigar.columns))).toThrow(/two-way effects needs weights whose rows sum to 1/)
  })
})
