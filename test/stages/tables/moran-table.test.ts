import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import { printedText } from "../../../src/render/table/printed-text.ts"
import type { StageFailure } from "../../../src/sediment.ts"
import { moranTable } from "../../../stages/tables/moran-table.ts"
import { moranResult } from "../moran-results.ts"
import { column, runStage } from "../run-stage.ts"

describe("table of Moran's I", () => {
  it.effect("has a row a year, with z and one-sided stars of the named inference", () =>
    Effect.gen(function* () {
      const { outputs, reads } = yield* runStage(moranTable, { moran: moranResult }, { title: "Moran's I", inference: "normality" })
      yield* Effect.promise(() => expect(printedText(outputs["output"]!, { width: 80, colour: false })).toMatchFileSnapshot("expected/moran.txt"))
      expect(reads).not.toContain("moran column z_randomisation")
    })
  )

  it.effect("says which side the tests took", () =>
    Effect.gen(function* () {
      const side = (alternative: string) => {
        const columns = moranResult.columns.map((one) => (one.name === "alternative" ? { ...one, values: [alternative, alternative] } : one))
        return Effect.map(
          runStage(moranTable, { moran: { ...moranResult, columns } }, { title: "" }),
          ({ outputs }) => (column(outputs["output"], "text") as ReadonlyArray<string>).at(-1)!
        )
      }
      expect(yield* side("greater")).toMatch(/one-sided \(positive autocorrelation\)\.$/)
      expect(yield* side("less")).toMatch(/one-sided \(negative autocorrelation\)\.$/)
      expect(yield* side("two-sided")).toMatch(/level, two-sided\.$/)
    })
  )

  it.effect("shows the variables asked for under their labels, and names one that is not there", () =>
    Effect.gen(function* () {
      const labelled = yield* runStage(moranTable, { moran: moranResult }, { title: "", variables: [{ name: "coagglo", label: "Agglomeration" }] })
      expect(column(labelled.outputs["output"], "column_group")).toContain("Agglomeration")
      const failure = (yield* Effect.flip(runStage(moranTable, { moran: moranResult }, { title: "", variables: [{ name: "coaglo" }] }))) as StageFailure
      expect(failure.message).toContain('no Moran\'s I of "coaglo"; the variables are "coagglo"')
    })
  )
})
