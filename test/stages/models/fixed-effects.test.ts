import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { fixedEffects } from "../../../stages/models/fixed-effects.ts"
import { within } from "../../../stages/models/within.ts"
import { difference, oracle, usStates } from "../../econometrics/produc.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { statesPanel } from "./panel.ts"

const params = { dependent: "lgsp", regressors: ["lpcap"], controls: ["lpc", "lemp", "unemp"] }
const { index } = usStates()
const size = index.rows

describe("stage fixed-effects", () => {
  it.effect("is within without its constant, unless told of other effects", () =>
    Effect.gen(function* () {
      const panel = statesPanel()
      const one = yield* runStage(fixedEffects, { panel }, params)
      const two = yield* runStage(within, { panel }, params)
      expect(column(one.outputs["coefficients"], "term")).toEqual(["lpcap", "lpc", "lemp", "unemp"])
      expect(numbers(one.outputs["coefficients"], "std_error")).toEqual(numbers(two.outputs["coefficients"], "std_error").slice(0, 4))
      expect(numbers(one.outputs["glance"], "entities")).toEqual([48])
    })
  )
  it.effect("absorbs entity effects alone, and those of a variable: as lm has them", () =>
    Effect.gen(function* () {
      const reference = oracle("fixed-effects")
      const alone = yield* runStage(fixedEffects, { panel: statesPanel() }, { ...params, effects: ["entity"] })
      expect(difference(numbers(alone.outputs["coefficients"], "std_error"), reference.one_way.produc.cluster_entity.conventions.xtreg.se)).toBeLessThan(1e-9)
      const decade = Float64Array.from({ length: size }, (_, row) => (index.years[index.year[row]!]! < 1980 ? 197 : 198))
      const withDecades = yield* runStage(fixedEffects, { panel: statesPanel({ decade }) }, { ...params, effects: ["entity", "decade"] })
      expect(numbers(withDecades.outputs["glance"], "groups_decade")).toEqual([2])
      expect(numbers(withDecades.outputs["glance"], "effects")).toEqual([49])
      expect(column(withDecades.outputs["glance"], "model")).toEqual(["fixed effects of entity and decade"])
    })
  )
  it.effect("without effects is least squares with a constant, robust to heteroskedasticity", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(fixedEffects, { panel: statesPanel() }, { ...params, effects: [] })
      expect(column(outputs["coefficients"], "term")).toEqual(["(constant)", "lpcap", "lpc", "lemp", "unemp"])
      expect(column(outputs["glance"], "variance")).toEqual(["HC1, robust to heteroskedasticity"])
    })
  )
  it.effect("beside its own the conventions of commands that there are for such effects: time is the year, whatever else is absorbed", () =>
    Effect.gen(function* () {
      const decade = Float64Array.from({ length: size }, (_, row) => (index.years[index.year[row]!]! < 1980 ? 197 : 198))
      const panel = statesPanel({ decade })
      const listed = (effects: ReadonlyArray<string>) =>
        Effect.map(runStage(fixedEffects, { panel }, { ...params, effects }), ({ outputs }) => ({
          variances: [...new Set(column(outputs["variances"], "variance") as ReadonlyArray<string>)],
          software: (column(outputs["variances"], "software") as ReadonlyArray<string>).join("\n")
        }))
      const decades = yield* listed(["entity", "decade"])
      expect(decades.variances.filter((name) => name.startsWith("Driscoll"))).toEqual(["Driscoll-Kraay over year, lag 2"])
      expect(decades.software).toContain("xtscc y x i.decade, fe")
      expect(decades.software).not.toContain("plm")
      const years = yield* listed(["year"])
      expect(years.variances.filter((name) => /Driscoll|entity/.test(name))).toEqual([])
      expect((yield* listed(["entity"])).software).toContain("xtscc y x, fe")
      // The constant of `within` is that of xtreg alone, and weights are told.
      const { outputs } = yield* runStage(within, { panel }, { ...params, weights: { kind: "aweight" as const, variable: "unemp" }, controls: ["lpc", "lemp"] })
      const term = column(outputs["variances"], "term") as ReadonlyArray<string>
      const software = column(outputs["variances"], "software") as ReadonlyArray<string>
      expect(new Set(software.filter((_, i) => term[i] === "(constant)"))).toEqual(new Set([""]))
      expect(software.filter((_, i) => term[i] === "lpcap").every((text) => text.endsWith("with the model's weights, where it takes them"))).toBe(true)
    })
  )
  it.effect("clusters by year, by both, and by a variable; weights by name; every convention beside the chosen one", () =>
    Effect.gen(function* () {
      const half = Float64Array.from({ length: size }, (_, row) => index.entity[row]! % 24)
      const panel = statesPanel({ half, weight: half.map((v) => v + 1) })
      const produc = oracle("fixed-effects").two_way.produc
      const by = (names: ReadonlyArray<string>, smallSample: string) =>
        Effect.map(runStage(fixedEffects, { panel }, { ...params, variance: { kind: "cluster", by: names }, smallSample }), ({ outputs }) => outputs)
      const byYear = yield* by(["year"], "reghdfe")
      expect(difference(numbers(byYear["coefficients"], "std_error"), produc.cluster_year.conventions.nested.se)).toBeLessThan(1e-9)
      const named = column(byYear["variances"], "variance")
      expect(Array.from(column(byYear["variances"], "chosen") as Uint8Array).flatMap((chosen, i) => (chosen === 1 ? [named[i]] : []))).toEqual(
        Array(4).fill("clustered by year")
      )
      const byBoth = yield* by(["entity", "year"], "reghdfe")
      expect(numbers(byBoth["coefficients"], "std_error").map((se) => se ** 2)).toEqual(
        produc.cluster_two_way.conventions.min_nested.covariance.map((row: Array<number>, i: number) => expect.closeTo(row[i]!, 12))
      )
      const byHalf = yield* by(["half"], "xtreg")
      expect(column(byHalf["glance"], "variance")).toEqual(["clustered by half"])
      expect(numbers(byHalf["glance"], "groups_half")).toEqual([24])
      const weighted = yield* runStage(fixedEffects, { panel }, { ...params, weights: { kind: "fweight", variable: "weight" } })
      expect(numbers(weighted.outputs["glance"], "nobs")).toEqual([half.reduce((sum, v) => sum + v + 1, 0)])
    })
  )
  it.effect("refuses a factor twice, a cluster that is no variable, and weights that are none", () =>
    Effect.gen(function* () {
      const panel = statesPanel({ zero: new Float64Array(size) })
      expect(yield* faultsOf(fixedEffects, { panel }, { ...params, effects: ["entity", "entity"] })).toMatchObject([{ code: "repeated-effect" }])
      expect(yield* faultsOf(fixedEffects, { panel }, { ...params, variance: { kind: "cluster", by: ["region"] } })).toMatchObject([
        { message: expect.stringContaining("region") }
      ])
      expect(yield* faultsOf(fixedEffects, { panel }, { ...params, weights: { kind: "aweight", variable: "zero" } })).toMatchObject([
        { code: "input", message: expect.stringMatching(/row 1 has the weight 0: analytic weights are positive numbers/) }
      ])
    })
  )
})
