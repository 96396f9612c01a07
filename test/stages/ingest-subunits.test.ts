import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { ingestSubunits } from "../../stages/ingest-subunits.ts"
import { entitiesOf, faultsOf } from "./panel-tables.ts"
import { column, fileOf, numbers, runStage } from "./run-stage.ts"

const inputs = (...rows: ReadonlyArray<string>) => ({ source: fileOf("data/cities.csv", rows.join("\n")), entities: entitiesOf(["Hebei", "Shanxi"]) })
const params = { unit: "city", variables: { employment: { min: 0 } } }

describe("ingest-subunits", () => {
  it.effect("rows are sorted by entity, unit and year", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(
        ingestSubunits,
        inputs("entity,city,year,employment", "Shanxi,Datong,2003,4", "Hebei,Tangshan,2003,3", "Hebei,Baoding,2004,2", "Hebei,Baoding,2003,1"),
        params
      )
      assert.deepStrictEqual(column(outputs["output"], "unit"), ["Baoding", "Baoding", "Tangshan", "Datong"])
      assert.deepStrictEqual(numbers(outputs["output"], "employment"), [1, 2, 3, 4])
    })
  )
  it.effect("a unit twice in a year, a unit without a name and an entity without declared years are faults", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingestSubunits, inputs("entity,city,year,employment", "Hebei,Baoding,2003,1", "Hebei,Baoding,2003,2", "Hebei,,2003,3"), {
        ...params,
        years: { from: 2003, to: 2003 }
      })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.row]),
        [
          ["duplicate-key", 3],
          ["missing-unit", 4],
          ["missing-rows", undefined]
        ]
      )
      assert.include(faults[2]!.message, "Shanxi has no row for 2003")
    })
  )
  it.effect("a missing unit column is a fault", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingestSubunits, inputs("entity,town,year,employment", "Hebei,Baoding,2003,1"), params)
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.column]),
        [["missing-column", "city"]]
      )
    })
  )
})
