import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import { printedText } from "../../../src/render/table/printed-text.ts"
import type { StageFailure } from "../../../src/sediment.ts"
import { published } from "../../../stages/published.ts"
import { spatialTable } from "../../../stages/tables/spatial-table.ts"
import { runStage } from "../run-stage.ts"
import { effects, estimates, glance, publishedFile } from "./estimates.ts"

const coefficients = estimates({
  ami: [
    ["coagglo", 0.46, 0.17, 0.007],
    ["W*coagglo", 1.77, 0.7, 0.012],
    ["rho", -0.05, 0.14, 0.72],
    ["sigma2", 4.42, 0.26, 0.0001]
  ]
})
const inputs = {
  coefficients,
  effects: effects([
    { effect: "direct", triple: ["coagglo", 0.465, 0.178, 0.009] },
    { effect: "indirect", triple: ["coagglo", 1.69, 0.71, 0.017] },
    { effect: "total", triple: ["coagglo", 2.155, 0.61, 0.0004] }
  ]),
  glance: glance([{ equation: "ami", nobs: 589 }])
}

describe("spatial table", () => {
  it.effect("shows the five columns of the paper's Table 11, with z in brackets, then rho, sigma2 and N", () =>
    Effect.gen(function* () {
      const paper = (yield* runStage(published, { source: publishedFile("table-11") })).outputs["output"]!
      const { outputs } = yield* runStage(spatialTable, { ...inputs, published: [paper] }, { title: "Table 11" })
      yield* Effect.promise(() => expect(printedText(outputs["output"]!, { width: 140, colour: false })).toMatchFileSnapshot("expected/table-11.txt"))
    })
  )

  it.effect("takes brackets, labels, scales, fit statistics and is transposed as other tables are", () =>
    Effect.gen(function* () {
      const options = {
        brackets: ["std_error", "interval"],
        labels: { coagglo: "Co-agglomeration", rho: "rho Statistics" },
        rows: [{ heading: "Agglomeration", rows: [{ term: "coagglo", scale: 10 }] }],
        fit: ["nobs", "entities"],
        transpose: true
      }
      const { outputs, warnings } = yield* runStage(spatialTable, { ...inputs, published: [] }, { title: "Turned", ...options })
      expect(warnings).toEqual([])
      yield* Effect.promise(() => expect(printedText(outputs["output"]!, { width: 140, colour: false })).toMatchFileSnapshot("expected/spatial-turned.txt"))
    })
  )

  it.effect("warns of regressors and statistics that the model does not have", () =>
    Effect.gen(function* () {
      const wrong = { rows: [{ term: "coaglo" }], fit: ["aic"] }
      const { warnings } = yield* runStage(spatialTable, { ...inputs, published: [] }, { title: "", ...wrong })
      expect(warnings.map(({ where }) => where?.parameter)).toEqual(["rows[0]", "fit[0]"])
    })
  )

  it.effect("asks which equation where there are several", () =>
    Effect.gen(function* () {
      const two = estimates({ sdm: [["coagglo", 1, 1, 1]], sar: [["coagglo", 1, 1, 1]] })
      const failure = (yield* Effect.flip(runStage(spatialTable, { ...inputs, coefficients: two, published: [] }, { title: "" }))) as StageFailure
      expect(failure.faults[0]?.code).toBe("no-such-equation")
      expect(failure.message).toContain('"sdm", "sar"')
    })
  )
})
