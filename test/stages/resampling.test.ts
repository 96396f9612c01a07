import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { bootstrap } from "../../stages/bootstrap.ts"
import { jackknife } from "../../stages/jackknife.ts"
import { mediation } from "../../stages/models/mediation.ts"
import { replicates } from "../../stages/replicates.ts"
import { statesPanel } from "./models/panel.ts"
import { faultsOf } from "./panel-tables.ts"
import { column, numbers, runStage } from "./run-stage.ts"

const panel = statesPanel()
const roles = { outcome: "lgsp", treatment: "lpcap", mediator: "lpc", controls: ["lemp"] }
type Params = Readonly<Record<string, unknown>>
const drawn = (params: Params) => Effect.map(runStage(replicates, { panel }, { ...roles, ...params }), ({ outputs }) => outputs["output"]!)
const leftOut = (params: Params = {}) => Effect.map(runStage(jackknife, { panel }, { ...roles, ...params }), ({ outputs }) => outputs["output"]!)
const effectsOf = Effect.map(runStage(mediation, { panel }, roles), ({ outputs }) => outputs["effects"]!)

describe("kinds of resampling and of interval", () => {
  for (const [resampling, unit, name] of [
    ["clusters", "cluster", "pairs cluster bootstrap"],
    ["observations", "observation", "pairs bootstrap by observation"],
    ["wild-clusters", "cluster", "wild cluster bootstrap (Rademacher weights)"],
    ["wild-observations", "observation", "wild bootstrap by observation (Rademacher weights)"]
  ] as const)
    it.effect(`${resampling}: every kind of interval holds the estimate, and the method tells all`, () =>
      Effect.gen(function* () {
        const effects = yield* effectsOf
        const blocks = [yield* drawn({ resampling, studentise: "independent", count: 150 }), yield* leftOut({ unit })]
        const limits: Array<string> = []
        for (const [interval, printed] of [
          ["percentile", "percentile"],
          ["bias-corrected", "bias-corrected"],
          ["bca", "BCa"],
          ["studentised", "studentised"]
        ] as const) {
          const { outputs, warnings } = yield* runStage(bootstrap, { replicates: blocks, effects }, { interval })
          expect(warnings).toEqual([])
          const table = outputs["output"]
          expect(column(table, "method")).toEqual(Array(3).fill(`${name}, ${printed}, 150 replicates`))
          numbers(table, "estimate").forEach((estimate, i) => {
            expect(numbers(table, "conf_low")[i]!).toBeLessThan(estimate)
            expect(numbers(table, "conf_high")[i]!).toBeGreaterThan(estimate)
          })
          limits.push(numbers(table, "conf_low").join())
        }
        expect(new Set(limits).size).toBe(4)
      })
    )
  it.effect("Webb's weights are told, and quantile types differ between order statistics", () =>
    Effect.gen(function* () {
      const effects = yield* effectsOf
      const block = yield* drawn({ resampling: "wild-clusters", wildWeights: "webb", count: 60 })
      const of = (quantile: unknown) =>
        Effect.map(runStage(bootstrap, { replicates: [block], effects }, { interval: "percentile", quantile }), (r) => r.outputs["output"])
      const tables = yield* Effect.forEach([1, 6, 7, 8, "normal"], of)
      expect(column(tables[0], "method")).toContain("wild cluster bootstrap (Webb weights), percentile, 60 replicates")
      expect(new Set(tables.map((table) => numbers(table, "conf_low").join())).size).toBe(5)
    })
  )
  it.effect("the jackknife leaves each entity out once", () =>
    Effect.gen(function* () {
      const table = yield* leftOut()
      expect(numbers(table, "replicate")).toEqual(Array.from({ length: 48 }, (_, i) => i))
      expect(new Set(numbers(table, "indirect lpcap")).size).toBe(48)
    })
  )
  it.effect("too few replicates for the level are told", () =>
    Effect.gen(function* () {
      const effects = yield* effectsOf
      const { warnings } = yield* runStage(bootstrap, { replicates: [yield* drawn({ count: 20 })], effects }, { interval: "percentile" })
      expect(warnings.map(({ code, message }) => [code, message])).toEqual([
        [
          "extreme-quantiles",
          "a limit of indirect lpcap, direct lpcap, total lpcap lies beyond the smallest or largest of 20 replicates and is set to it: take more replicates"
        ]
      ])
    })
  )
  it.effect("a unit without which nothing can be estimated is told beside a BCa interval", () =>
    Effect.gen(function* () {
      // The treatment varies in one state only.
      const odd = statesPanel({ odd: Float64Array.from({ length: 816 }, (_, i) => (i < 17 ? Math.sin(i) : 0)) })
      const model = { ...roles, treatment: "odd" }
      const { effects } = (yield* runStage(mediation, { panel: odd }, model)).outputs
      const drawnThere = (yield* runStage(replicates, { panel: odd }, { ...model, count: 200 })).outputs["output"]!
      const left = (yield* runStage(jackknife, { panel: odd }, model)).outputs["output"]!
      const { warnings } = yield* runStage(bootstrap, { replicates: [drawnThere, left], effects: effects! }, { interval: "bca" })
      expect(warnings.map(({ code }) => code)).toContain("singular-replicates")
      expect(warnings).toContainEqual({
        code: "singular-jackknife",
        message: "without 1 of the units, each left out alone, the design is singular: the acceleration rests on the others"
      })
    })
  )
  it.effect("what does not go together is refused with the way out", () =>
    Effect.gen(function* () {
      const effects = yield* effectsOf
      const [pairs, wild] = [yield* drawn({ count: 10 }), yield* drawn({ count: 10, from: 10, resampling: "wild-clusters" })]
      const refusal = (tables: ReadonlyArray<typeof pairs>, params: Params = {}) =>
        Effect.map(faultsOf(bootstrap, { replicates: tables, effects }, params), ([fault]) => [fault!.code, fault!.message])
      expect(yield* refusal([pairs, wild])).toEqual([
        "mixed-schemes",
        "the blocks of replicates are drawn in different ways (pairs cluster bootstrap; wild cluster bootstrap (Rademacher weights)): give all the same resampling"
      ])
      expect(yield* refusal([pairs], { interval: "bca" })).toEqual(["no-jackknife", expect.stringContaining("needs one jackknife by cluster")])
      expect(yield* refusal([pairs, yield* leftOut({ unit: "observation" })], { interval: "bca" })).toEqual([
        "no-jackknife",
        expect.stringContaining("there is a jackknife by observation")
      ])
      expect(yield* refusal([pairs], { interval: "studentised" })).toEqual([
        "not-studentised",
        expect.stringContaining('say studentise: "independent" or "joint"')
      ])
      expect(yield* refusal([yield* leftOut()])).toEqual(["too-few-replicates", expect.stringContaining("there are 0 replicates")])
      const faults = (params: Params) => Effect.map(faultsOf(replicates, { panel }, { ...roles, ...params }), (all) => all.map(({ where }) => where?.parameter))
      expect(yield* faults({ wildWeights: "webb" })).toEqual(["wildWeights"])
      expect(yield* faults({ moderated: ["first"], values: { grid: 5 } })).toEqual(["moderated", "values"])
      expect(yield* faults({ moderator: "unemp", rhos: [0.1] })).toEqual(["rhos"])
      const [rho] = yield* faultsOf(replicates, { panel }, { ...roles, rhos: [0.1, 1.5] })
      expect(rho).toMatchObject({ code: "rho", message: "rho is 1.5: a correlation of errors is strictly between -1 and 1" })
      const [spread] = yield* faultsOf(replicates, { panel }, { ...roles, rhos: [0.1], resampling: "wild-clusters" })
      expect(spread).toMatchObject({ code: "wild-bootstrap" })
    })
  )
})
