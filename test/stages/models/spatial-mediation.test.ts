import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { bootstrap } from "../../../stages/bootstrap.ts"
import { spatialMediation } from "../../../stages/models/spatial-mediation.ts"
import { spatialMediationMatrix } from "../../../stages/models/spatial-mediation-matrix.ts"
import { spatialMediationReplicates } from "../../../stages/models/spatial-mediation-replicates.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, nestedLinks, statesPanel } from "../spatial-inputs.ts"

const inputs = { panel: statesPanel, weights: contiguityLinks }
const params = { outcome: "lgsp", treatment: "lpcap", mediator: "lpc", controls: ["lemp"] }
const paths = ["lpcap -> lpc", "lpc -> lgsp", "lpcap -> lpc -> lgsp", "lpcap -> lgsp", "lpcap"]
const block = (more: object, seed = 1) =>
  Effect.map(runStage(spatialMediationReplicates, inputs, { ...params, ...more }, seed), ({ outputs }) => outputs["output"]!)

describe("stages spatial-mediation and spatial-mediation-replicates", () => {
  it.effect("gives both equations, and the direct, indirect and total effects of every path", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(spatialMediation, inputs, { ...params, draws: 200 })
      const equation = column(outputs["coefficients"], "equation") as ReadonlyArray<string>
      expect([...new Set(equation)]).toEqual(["lpc ~ lpcap", "lgsp ~ lpcap + lpc"])
      expect(column(outputs["coefficients"], "term").filter((_, i) => equation[i] === "lpc ~ lpcap")).toEqual([
        ...["lpcap", "lemp", "W*lpcap", "W*lemp", "rho", "sigma2"]
      ])
      expect(column(outputs["glance"], "dependent")).toEqual(["lpc", "lgsp"])
      expect(column(outputs["effects"], "term").filter((_, i) => i % 3 === 0)).toEqual(paths)
      const estimate = numbers(outputs["effects"], "estimate")
      for (let r = 0; r < 5; r++) expect(estimate[3 * r]! + estimate[3 * r + 1]!).toBeCloseTo(estimate[3 * r + 2]!, 12)
      expect(warnings).toEqual([])
      const other = yield* runStage(spatialMediation, inputs, { ...params, specification: "sem", mediatorSpecification: "sar", spillovers: "delta" })
      expect((column(other.outputs["glance"], "model") as ReadonlyArray<string>).map((model) => model.slice(0, 24))).toEqual([
        ...["spatial lag model (SAR),", "spatial error model (SEM"]
      ])
    })
  )
  it.effect("who spills onto whom through the mediator: a row a pair, whose means are the effects", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(spatialMediation, inputs, { ...params, spillovers: "delta" })
      const term = column(outputs["effects"], "term") as ReadonlyArray<string>
      for (const [path, name] of [
        ["through", "lpcap -> lpc -> lgsp"],
        ["past", "lpcap -> lgsp"],
        ["both", "lpcap"]
      ]) {
        const matrix = (yield* runStage(spatialMediationMatrix, inputs, { ...params, path })).outputs["output"]
        const [direct, , total] = numbers(outputs["effects"], "estimate").filter((_, i) => term[i] === name)
        const [from, to, effect] = [column(matrix, "from"), column(matrix, "to"), numbers(matrix, "effect")]
        expect(effect.reduce((sum, value) => sum + value, 0) / 48).toBeCloseTo(total!, 10)
        expect(effect.reduce((sum, value, i) => sum + (from[i] === to[i] ? value : 0), 0) / 48).toBeCloseTo(direct!, 10)
        expect(column(matrix, "term")[0]).toBe(name)
        expect(column(matrix, "model")[0]).toBe("spatial Durbin model (SDM), entity and year effects, Lee-Yu transformation")
      }
    })
  )
  for (const resampling of ["wild-clusters", "recursive-wild-clusters", "periods"])
    it.effect(`blocks of replicates give its effects intervals by bootstrap (${resampling})`, () =>
      Effect.gen(function* () {
        const { outputs } = yield* runStage(spatialMediation, inputs, { ...params, spillovers: "delta" })
        const effects = outputs["effects"]!
        const blocks = [yield* block({ resampling, count: 60 }), yield* block({ resampling, from: 60, count: 40 })]
        const parts = yield* runStage(bootstrap, { replicates: blocks, effects })
        const one = yield* runStage(bootstrap, { replicates: [yield* block({ resampling, count: 100 })], effects })
        expect(parts.outputs["output"]).toEqual(one.outputs["output"])
        expect(column(one.outputs["output"], "term")).toEqual(column(effects, "term"))
        const named = {
          "wild-clusters": "wild by entity (Rademacher weights)",
          "recursive-wild-clusters": "wild by entity and equation, mediator made anew (Rademacher weights)",
          periods: "whole periods, mediator made anew"
        }[resampling]
        expect(column(one.outputs["output"], "method")[0]).toBe(`spatial residual bootstrap: ${named}, bias-corrected, 100 replicates`)
        // A hundred replicates are few for an end of 95%; none is lost.
        expect(one.warnings.map(({ code }) => code).filter((code) => code !== "extreme-quantiles")).toEqual([])
      })
    )
  it.effect("replicates without effects are counted and told; intervals that cannot be are refused", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(spatialMediation, inputs, { ...params, spillovers: "delta" })
      // rho of the nested weights is near 1, where Lee and Yu's likelihood can lead beyond it.
      const near = yield* runStage(spatialMediationReplicates, { ...inputs, weights: nestedLinks }, { ...params, count: 100 })
      const lost = numbers(near.outputs["output"], "direct lpcap").filter(Number.isNaN).length
      expect(lost).toBeGreaterThan(0)
      const { warnings } = yield* runStage(bootstrap, { replicates: [near.outputs["output"]!], effects: outputs["effects"]! }, { interval: "percentile" })
      expect(warnings[0]).toMatchObject({ code: "singular-replicates" })
      expect(warnings[0]?.message).toMatch(new RegExp(`^in ${lost} of 100 replicates a likelihood has no maximum inside, or rho lies beyond the bounds`))
      for (const interval of ["bca", "studentised"]) {
        const refused = yield* Effect.flip(runStage(bootstrap, { replicates: [yield* block({ count: 3 })], effects: outputs["effects"]! }, { interval }))
        expect(String((refused as Error).message)).toContain("take bias-corrected or percentile")
      }
    })
  )
  it.effect("another seed draws other replicates; a missing control is a fault that names it", () =>
    Effect.gen(function* () {
      const [first, other] = [yield* block({ count: 3 }, 1), yield* block({ count: 3 }, 2)]
      expect(numbers(first, "total lpcap")).not.toEqual(numbers(other, "total lpcap"))
      for (const stage of [spatialMediation, spatialMediationReplicates]) {
        const [fault] = yield* faultsOf(stage, inputs, { ...params, controls: ["wages"] })
        expect(fault?.message).toMatch(/wages/)
      }
    })
  )
})
