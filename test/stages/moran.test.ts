import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { moran } from "../../stages/moran.ts"
import { oracle } from "../econometrics/spatial/spatial-oracle.ts"
import { entities, years } from "../econometrics/us-states.ts"
import { faultsOf, panelOf } from "./panel-tables.ts"
import { column, numbers, runStage } from "./run-stage.ts"
import { contiguityLinks, statesPanel, variables } from "./spatial-inputs.ts"

const inputs = { panel: statesPanel, weights: contiguityLinks }

describe("stage moran", () => {
  it.effect("gives a row a variable and year, as spdep has them", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(moran, inputs, { variables: ["lprod", "unemp"], permutations: 99 })
      const table = outputs["moran"]
      expect(table?.rows).toBe(2 * 17)
      expect(column(table, "variable").slice(0, 17)).toEqual(Array.from({ length: 17 }, () => "lprod"))
      expect(numbers(table, "year").slice(0, 17)).toEqual(years)
      for (const [t, row] of oracle.moran.contiguity.entries()) {
        expect(numbers(table, "statistic")[t]).toBeCloseTo(row["statistic"]!, 10)
        expect(numbers(table, "z_randomisation")[t]).toBeCloseTo(row["zr"]!, 8)
        expect(numbers(table, "p_normality")[t]).toBeCloseTo(row["pn"]!, 8)
        expect(Math.abs(numbers(table, "p_permutation")[t]! - row["mc"]!)).toBeLessThan(0.05)
      }
      expect(warnings).toEqual([])
    })
  )
  it.effect("the scatter has a point an entity and year, sorted so", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(moran, inputs, { variables: ["lprod"], permutations: 0 })
      const scatter = outputs["scatter"]
      expect(column(scatter, "entity")).toEqual(entities.flatMap((entity) => years.map(() => entity)))
      expect(numbers(scatter, "year").slice(0, 17)).toEqual(years)
      const z = numbers(scatter, "z").filter((_, at) => at % 17 === 3)
      const lag = numbers(scatter, "lag").filter((_, at) => at % 17 === 3)
      expect(z.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(48, 9)
      expect(z.reduce((sum, v, i) => sum + v * lag[i]!, 0) / 48).toBeCloseTo(numbers(outputs["moran"], "statistic")[3]!, 10)
    })
  )
  it.effect("reads only its variables, and the study's seed only for permutations", () =>
    Effect.gen(function* () {
      const run = (seed: number, replicates: number) => runStage(moran, inputs, { variables: ["lprod"], permutations: replicates }, seed)
      const { outputs, reads } = yield* run(1, 0)
      expect(reads.filter((read) => read.startsWith("panel column")).sort()).toEqual(["panel column entity", "panel column lprod", "panel column year"])
      expect(numbers(outputs["moran"], "p_permutation").every(Number.isNaN)).toBe(true)
      const p = (seed: number) => Effect.map(run(seed, 99), (result) => numbers(result.outputs["moran"], "p_permutation"))
      expect(yield* p(3)).toEqual(yield* p(3))
      expect(yield* p(3)).not.toEqual(yield* p(4))
    })
  )
  it.effect("a variable that starts late has fewer years, and one with a hole is a fault that names it", () =>
    Effect.gen(function* () {
      const without = (missing: (i: number, t: number) => boolean) =>
        panelOf(entities, years, { ...variables, late: variables["unemp"]!.map((value, at) => (missing(Math.floor(at / 17), at % 17) ? Number.NaN : value)) })
      const { outputs, warnings } = yield* runStage(
        moran,
        { panel: without((_, t) => t < 5), weights: contiguityLinks },
        { variables: ["late"], permutations: 0 }
      )
      expect(numbers(outputs["moran"], "year")).toEqual(years.slice(5))
      expect(warnings.map((warning) => warning.code)).toEqual(["rows-dropped"])
      const faults = yield* faultsOf(moran, { panel: without((i, t) => i === 2 && t === 4), weights: contiguityLinks }, { variables: ["late"] })
      expect(faults).toEqual([
        {
          code: "unbalanced-panel",
          message: expect.stringMatching(/^Arkansas has no complete row in 1974 \(late\)/),
          where: { entity: "Arkansas", year: 1974 }
        }
      ])
    })
  )
})
