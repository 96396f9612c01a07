import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { ingest } from "../../../stages/ingest.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, runStage } from "../run-stage.ts"
import { cells, files, lines } from "./two-provinces.ts"

describe("ingest: several files", () => {
  const perYear = { year: { file: true, match: "\\d{4}" }, variables: { x: { unit: "persons" } } }
  it.effect("a file a year, each with its own unit and columns", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(
        ingest,
        files([2003, lines("entity,x（人）", "Beijing,1", "Hebei,3")], [2004, lines("entity,remarks,x（万人）", "Hebei,,4", "Beijing,,2")]),
        perYear
      )
      assert.deepStrictEqual(cells(outputs["output"], "x"), ["Beijing 2003 1", "Beijing 2004 20000", "Hebei 2003 3", "Hebei 2004 40000"])
      assert.strictEqual((column(outputs["output"], "x__source") as ReadonlyArray<string>)[3], "data/yearbook/2004.csv!C2: 4 万人")
    })
  )
  it.effect("what is wrong in any of them is told together; a key that two files have names both places", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingest, files([2003, "entity,x\nHebei,1\n"], [2004, 'entity,x\n"Hebei,1\n']), { ...perYear, year: { is: 2003 } })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.file]),
        [["open-quote", "data/yearbook/2004.csv"]]
      )
      const twice = yield* faultsOf(ingest, files([2003, "entity,x\nHebei,1\n"], [2004, "entity,x\nHebei,2\n"]), { ...perYear, year: { is: 2003 } })
      assert.include(twice[0]!.message, "data/yearbook/2004.csv, row 2: found (Hebei, 2003) again")
      assert.include(twice[0]!.message, "it stands already in data/yearbook/2003.csv, row 2")
    })
  )
})
