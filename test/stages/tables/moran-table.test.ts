import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import { printedText } from "../../../src/render/printed-text.ts"
import { moranTable } from "../../../stages/tables/moran-table.ts"
import { moranResult } from "../moran-results.ts"
import { runStage } from "../run-stage.ts"

describe("table of Moran's I", () => {
  it.effect("has a row a year, with z and one-sided stars of the named inference", () =>
    Effect.gen(function* () {
      const { outputs, reads } = yield* runStage(moranTable, { moran: moranResult }, { title: "Moran's I", inference: "normality" })
      yield* Effect.promise(() => expect(printedText(outputs["output"]!, { width: 80, colour: false })).toMatchFileSnapshot("expected/moran.txt"))
      expect(reads).not.toContain("moran column z_randomisation")
    })
  )
})
