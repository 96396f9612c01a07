import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import { printedText } from "../../../src/render/table/printed-text.ts"
import type { StageFailure } from "../../../src/sediment.ts"
import { effectsByOrder } from "../../../stages/models/effects-by-order.ts"
import { ordersTable } from "../../../stages/tables/orders-table.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, statesPanel } from "../spatial-inputs.ts"

const effectsOf = (of: ReadonlyArray<string>) =>
  Effect.map(
    runStage(
      effectsByOrder,
      { panel: statesPanel, weights: contiguityLinks },
      { dependent: "lgsp", regressors: ["lpcap"], controls: ["lpc", "lemp"], of, orders: 3 }
    ),
    ({ outputs }) => outputs["output"]!
  )

describe("table of effects by order", () => {
  it.effect("has a row an order, each effect alone and cumulated, with standard errors and stars", () =>
    Effect.gen(function* () {
      const effects = yield* effectsOf(["lemp"])
      const { outputs, reads } = yield* runStage(ordersTable, { effects }, { title: "How far spillovers reach" })
      yield* Effect.promise(() => expect(printedText(outputs["output"]!, { width: 110, colour: false })).toMatchFileSnapshot("expected/orders.txt"))
      expect(reads).not.toContain("effects column conf_low")
      // The cells are the numbers of the table that is printed.
      const value = numbers(outputs["output"], "value").filter((v) => !Number.isNaN(v))
      for (const v of value) expect([...numbers(effects, "estimate"), ...numbers(effects, "std_error")]).toContain(v)
      expect(value.length).toBe(4 * 2 * 6)
    })
  )
  it.effect("gives several regressors a block each under their labels, and names one that is not there", () =>
    Effect.gen(function* () {
      const effects = yield* effectsOf(["lemp", "lpc"])
      const terms = [{ term: "lpc", label: "Capital" }, { term: "lemp" }]
      const { outputs } = yield* runStage(ordersTable, { effects }, { title: "", stars: false, terms })
      const labels = [...new Set(column(outputs["output"], "row_label") as ReadonlyArray<string>)]
      expect(labels).toEqual(expect.arrayContaining(["Capital", "lemp", "  0", "  3"]))
      expect((column(outputs["output"], "text") as ReadonlyArray<string>).filter((text) => text.endsWith("*"))).toEqual([])
      const failure = (yield* Effect.flip(runStage(ordersTable, { effects }, { title: "", terms: [{ term: "wages" }] }))) as StageFailure
      expect(failure.message).toContain('there are no effects of "wages"; the regressors are "lemp", "lpc"')
    })
  )
})
