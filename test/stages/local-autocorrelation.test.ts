import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { contiguity } from "../../src/econometrics/spatial/weights/contiguity.ts"
import { geary } from "../../stages/geary.ts"
import { generalG } from "../../stages/general-g.ts"
import { localG } from "../../stages/local-g.ts"
import { localMoran } from "../../stages/local-moran.ts"
import { moran } from "../../stages/moran.ts"
import { entities, years } from "../econometrics/us-states.ts"
import { faultsOf, panelOf } from "./panel-tables.ts"
import { column, numbers, runStage } from "./run-stage.ts"
import { contiguityLinks, linksOf, statesPanel } from "./spatial-inputs.ts"

const inputs = { panel: statesPanel, weights: contiguityLinks }
const params = { variables: ["prod"], permutations: 99 }

describe("stage local-moran", () => {
  it.effect("gives a row an entity and year, whose statistics sum to N times Moran's I of the year", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(localMoran, inputs, params)
      const table = outputs["output"]
      expect(warnings).toEqual([])
      expect(column(table, "entity")).toEqual(entities.flatMap((entity) => years.map(() => entity)))
      const statistic = numbers(table, "statistic")
      const global = numbers((yield* runStage(moran, inputs, params)).outputs["moran"], "statistic")
      for (const [t] of years.entries()) {
        const sum = entities.reduce((all, _, i) => all + statistic[i * years.length + t]!, 0)
        expect(sum / entities.length).toBeCloseTo(global[t]!, 10)
      }
    })
  )
  it.effect("an entity is in its quadrant's cluster where the p-value that decides is at most the level", () =>
    Effect.gen(function* () {
      for (const decide of ["p", "p_fdr", "p_permutation", "p_permutation_fdr"]) {
        const { outputs } = yield* runStage(localMoran, inputs, { ...params, decide, level: 0.1 })
        const table = outputs["output"]
        const p = numbers(table, decide)
        const quadrant = column(table, "quadrant")
        expect(column(table, "cluster")).toEqual(p.map((value, row) => (value <= 0.1 ? quadrant[row] : "not significant")))
        expect(column(table, "decided_by")[0]).toBe(`${decide} <= 0.1`)
        if (decide === "p") expect(p.some((value) => value <= 0.1)).toBe(true)
      }
    })
  )
  it.effect("permutations that decide must be asked for", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(localMoran, inputs, { variables: ["prod"], permutations: 0, decide: "p_permutation" })
      expect(faults).toEqual([{ code: "no-permutations", message: expect.stringContaining("ask for permutations"), where: { parameter: "permutations" } }])
    })
  )
  it.effect("an island is refused by name, or kept without a test", () =>
    Effect.gen(function* () {
      const names = ["a", "b", "c", "d", "e"]
      const weights = linksOf(
        contiguity(
          names,
          [
            ["a", "b"],
            ["b", "c"],
            ["c", "d"]
          ],
          true
        )
      )
      const panel = panelOf(names, [2003], { prod: [1, 2, 4, 8, 3] })
      expect((yield* faultsOf(localMoran, { panel, weights }, params)).map(({ code }) => code)).toEqual(["island"])
      const { outputs } = yield* runStage(localMoran, { panel, weights }, { ...params, allowIslands: true })
      expect(column(outputs["output"], "cluster")[4]).toBe("island")
      expect(numbers(outputs["output"], "p")[4]).toBeNaN()
      expect((yield* faultsOf(moran, { panel, weights }, params)).map(({ code }) => code)).toEqual(["island"])
      const n = (islands: string) =>
        Effect.map(runStage(geary, { panel, weights }, { ...params, islands }), (ran) => numbers(ran.outputs["output"], "entities"))
      expect(yield* n("counted")).toEqual([5])
      expect(yield* n("uncounted")).toEqual([4])
    })
  )
})

describe("stages local-g, general-g and geary", () => {
  it.effect("G* finds hot and cold spots by the sign of z", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(localG, inputs, { ...params, decide: "p", level: 0.1 })
      const table = outputs["output"]
      const z = numbers(table, "z")
      const p = numbers(table, "p")
      expect(column(table, "cluster")).toEqual(z.map((value, row) => (p[row]! > 0.1 ? "not significant" : value > 0 ? "hot spot" : "cold spot")))
      expect(new Set(column(table, "cluster") as ReadonlyArray<string>).size).toBeGreaterThan(1)
      const without = (yield* runStage(localG, inputs, { ...params, statistic: "G" })).outputs["output"]
      expect(numbers(without, "z")).not.toEqual(z)
      expect(numbers(without, "p_permutation")).toEqual(numbers(table, "p_permutation"))
    })
  )
  it.effect("Geary's C and the general G have a row a year, and permutation p-values near the normal ones", () =>
    Effect.gen(function* () {
      const c = (yield* runStage(geary, inputs, { ...params, permutations: 999 })).outputs["output"]
      const g = (yield* runStage(generalG, inputs, { ...params, permutations: 999 })).outputs["output"]
      expect(numbers(c, "year")).toEqual(years)
      expect(numbers(g, "year")).toEqual(years)
      numbers(c, "p_randomisation").forEach((p, t) => {
        expect(Math.abs(p - numbers(c, "p_permutation")[t]!)).toBeLessThan(0.06)
      })
      numbers(g, "p").forEach((p, t) => {
        expect(Math.abs(p - numbers(g, "p_permutation")[t]!)).toBeLessThan(0.06)
      })
    })
  )
  it.effect("a two-sided p is told, and is twice the smaller one", () =>
    Effect.gen(function* () {
      const p = (alternative: string) =>
        Effect.map(runStage(moran, inputs, { ...params, alternative }), ({ outputs }) => {
          expect(column(outputs["moran"], "alternative")[0]).toBe(alternative)
          return numbers(outputs["moran"], "p_randomisation")
        })
      const [greater, less, both] = [yield* p("greater"), yield* p("less"), yield* p("two-sided")]
      both.forEach((value, t) => {
        expect(value).toBeCloseTo(2 * Math.min(greater[t]!, less[t]!), 12)
      })
    })
  )
})
