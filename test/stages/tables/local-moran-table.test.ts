import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import { printedText } from "../../../src/render/table/printed-text.ts"
import type { StageFailure } from "../../../src/sediment.ts"
import { localMoran } from "../../../stages/local-moran.ts"
import { localMoranTable } from "../../../stages/tables/local-moran-table.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, statesPanel } from "../spatial-inputs.ts"

const local = Effect.map(
  runStage(localMoran, { panel: statesPanel, weights: contiguityLinks }, { variables: ["prod"], permutations: 0, decide: "p" }),
  ({ outputs }) => outputs["output"]!
)

describe("table of local Moran's I", () => {
  it.effect("names the significant entities of each kind by year", () =>
    Effect.gen(function* () {
      const table = yield* local
      const { outputs } = yield* runStage(localMoranTable, { local: table }, { title: "Local Moran's I", variable: "prod", years: [1970, 1986] })
      yield* Effect.promise(() => expect(printedText(outputs["output"]!, { width: 100, colour: false })).toMatchFileSnapshot("expected/local-moran.txt"))
      const years = numbers(table, "year")
      const printed = numbers(outputs["output"], "value").reduce((sum, count) => sum + (Number.isNaN(count) ? 0 : count), 0)
      const significant = (column(table, "cluster") as ReadonlyArray<string>).filter(
        (kind, row) => kind !== "not significant" && [1970, 1986].includes(years[row]!)
      )
      expect(printed).toBe(significant.length)
      expect(printed).toBeGreaterThan(0)
    })
  )
  it.effect("a variable or a year that is not there is told with those that are", () =>
    Effect.gen(function* () {
      const table = yield* local
      const fails = (params: object) =>
        Effect.map(Effect.flip(runStage(localMoranTable, { local: table }, { title: "", ...params })), (failure) => (failure as StageFailure).message)
      expect(yield* fails({ variable: "ami" })).toBe('there is no local Moran\'s I of "ami"; the variables are "prod"')
      expect(yield* fails({ variable: "prod", years: [1999] })).toContain('of "prod" in 1999; the years are 1970, 1971')
    })
  )
})
