import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { replicates } from "../../stages/replicates.ts"
import { usStates } from "../econometrics/produc.ts"
import { statesPanel } from "./models/panel.ts"
import { faultsOf } from "./panel-tables.ts"
import { numbers, runStage } from "./run-stage.ts"

const panel = statesPanel()
const roles = { outcome: "lgsp", treatment: "lpcap", mediator: "lpc", controls: ["lemp"] }
const run = (params: Readonly<Record<string, unknown>>, seed = 1) =>
  Effect.map(runStage(replicates, { panel }, { ...roles, ...params }, seed), ({ outputs }) => outputs["output"]!)
const namesOf = (table: { readonly columns: ReadonlyArray<{ readonly name: string }> }) => table.columns.map(({ name }) => name)

describe("stage replicates", () => {
  for (const [model, params] of [
    ["mediation", {}],
    ["moderation", { moderator: "unemp" }]
  ] as const)
    it.effect(`more replicates extend the sequence, and replicate i is the same in whatever block: ${model}`, () =>
      Effect.gen(function* () {
        const long = yield* run({ ...params, count: 60 })
        const short = yield* run({ ...params, count: 25 })
        const block = yield* run({ ...params, from: 10, count: 30 })
        expect(numbers(block, "replicate")).toEqual(Array.from({ length: 30 }, (_, i) => 10 + i))
        const effects = namesOf(long).filter((name) => name !== "replicate" && name !== "scheme")
        expect(effects.length).toBeGreaterThan(2)
        for (const name of effects) {
          expect(numbers(short, name)).toEqual(numbers(long, name).slice(0, 25))
          expect(numbers(block, name)).toEqual(numbers(long, name).slice(10, 40))
          expect(new Set(numbers(long, name)).size).toBe(60)
        }
      })
    )
  it.effect("another seed draws other resamples", () =>
    Effect.gen(function* () {
      const [first, again, other] = [yield* run({ count: 10 }, 1), yield* run({ count: 10 }, 1), yield* run({ count: 10 }, 2)]
      expect(again).toEqual(first)
      expect(numbers(other, "indirect lpcap")).not.toEqual(numbers(first, "indirect lpcap"))
    })
  )
  it.effect("a gap is a fault as in the model itself, and is left out with missing: drop", () =>
    Effect.gen(function* () {
      const { unemp } = usStates()
      const holed = statesPanel({ gap: unemp.values.map((v, i) => (i === 16 ? Number.NaN : v)) })
      const params = { ...roles, controls: ["gap"], count: 5 }
      const faults = yield* faultsOf(replicates, { panel: holed }, params)
      expect(faults.map(({ code, where }) => [code, where])).toEqual([["missing-value", { column: "gap", entity: "ALABAMA", year: 1986 }]])
      const { warnings } = yield* runStage(replicates, { panel: holed }, { ...params, missing: "drop" })
      expect(warnings).toEqual([{ code: "rows-dropped", message: "1 of 816 rows are not used for missing values (gap 1)" }])
    })
  )
})
