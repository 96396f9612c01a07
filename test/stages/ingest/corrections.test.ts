import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { ingest } from "../../../stages/ingest.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { inputs, lines, zh } from "./two-provinces.ts"

describe("ingest: corrections, splices, repeated cells", () => {
  const text = lines("entity,year,x", "Beijing,2003,1", "Hebei,2003,33", "Hebei,2004,4")
  const correction = { entity: "河北", year: 2003, variable: "x", found: 33, value: 3, reason: "a digit too many, see the yearbook of 2005" }

  it.effect("a correction is applied, marked, and its reason kept", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(ingest, inputs(text), { ...zh, variables: { x: {} }, corrections: [correction] })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [1, 3, 4])
      assert.deepStrictEqual(numbers(outputs["output"], "x__filled"), [0, 1, 0])
      const source = (column(outputs["output"], "x__source") as ReadonlyArray<string>)[1]
      assert.strictEqual(source, 'data/a.csv!C3; corrected, found "33": a digit too many, see the yearbook of 2005')
    })
  )
  it.effect("a correction of a cell that holds something else by now, or is not there, is a fault", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingest, inputs(text), {
        ...zh,
        variables: { x: {} },
        corrections: [
          { ...correction, found: 34 },
          { ...correction, year: 1999 },
          { ...correction, entity: "Atlantis" }
        ]
      })
      assert.deepStrictEqual(
        faults.map(({ code }) => code),
        ["outdated-correction", "unknown-entity", "no-such-cell"]
      )
      assert.include(faults[0]!.message, 'row 3, column "x": found "33", expected "34", which its correction replaces')
    })
  )
  it.effect("a cell can be declared missing, and a missing one known", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(ingest, inputs(lines("entity,year,x", "Beijing,2003,", "Hebei,2003,0")), {
        variables: { x: {} },
        corrections: [
          { entity: "Beijing", year: 2003, variable: "x", found: null, value: 7, reason: "by the ministry's bulletin" },
          { entity: "Hebei", year: 2003, variable: "x", found: 0, value: null, reason: "0 stands for nothing reported" }
        ]
      })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [7, Number.NaN])
    })
  )
  it.effect("a name that the file has wrong is put right, with a reason; not into another entity's, nor into none", () =>
    Effect.gen(function* () {
      const named = (names: ReadonlyArray<object>) => ({ variables: { x: {} }, names })
      const wrong = lines("entity,year,x", "Heibei,2003,3")
      const { outputs } = yield* runStage(ingest, inputs(wrong), named([{ found: "HEIBEI", is: "Hebei", reason: "a misprint of the table" }]))
      assert.deepStrictEqual(column(outputs["output"], "entity"), ["Hebei"])
      const faults = yield* faultsOf(
        ingest,
        inputs(wrong),
        named([
          { found: "Beijing", is: "Hebei", reason: "x" },
          { found: "Heibei", is: "Hebbei", reason: "x" }
        ])
      )
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.value]),
        [
          ["unknown-entity", "Heibei"],
          ["renames-entity", "Beijing"],
          ["unknown-entity", "Hebbei"]
        ]
      )
    })
  )
  it.effect("a series goes on in another one at its level", () =>
    Effect.gen(function* () {
      const data = lines("entity,year,a,b", "Hebei,2003,10,", "Hebei,2004,20,40", "Hebei,2005,30,50")
      const series = (how: string) => ({
        variables: { a: {}, b: { unit: "CNY", description: "new" } },
        splices: [{ variable: "x", old: "a", new: "b", link: 2004, how, reason: "the census of 2004" }]
      })
      const { outputs } = yield* runStage(ingest, inputs(data), series("ratio"))
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [20, 40, 50])
      assert.deepStrictEqual(numbers(outputs["output"], "x__filled"), [1, 0, 0])
      const source = column(outputs["output"], "x__source") as ReadonlyArray<string>
      assert.strictEqual(source[0], "data/a.csv!C2; a brought to the level of b in 2004 (ratio): the census of 2004")
      assert.strictEqual(source[1], "data/a.csv!D3")
      assert.deepStrictEqual(
        outputs["output"]!.columns.map(({ name, unit }) => `${name} ${unit}`.trim()),
        ["entity", "year year", "x CNY", "x__filled", "x__source"]
      )
      const difference = yield* runStage(ingest, inputs(data), series("difference"))
      assert.deepStrictEqual(numbers(difference.outputs["output"], "x"), [30, 40, 50])
      const faults = yield* faultsOf(ingest, inputs(lines("entity,year,a,b", "Hebei,2003,10,", "Hebei,2004,0,40")), series("ratio"))
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.entity, where?.year]),
        [["no-link", "Hebei", 2004]]
      )
    })
  )
  it.effect("a cell that is given again is a fault, may be the same, or stands as last given", () =>
    Effect.gen(function* () {
      const twice = lines("entity,year,x", "Hebei,2003,3", "Hebei,2003,3", "Beijing,2003,1", "Beijing,2003,2")
      const told = (repeated: string) =>
        Effect.map(faultsOf(ingest, inputs(twice), { variables: { x: {} }, repeated }), (faults) => faults.map(({ where }) => where?.row))
      assert.deepStrictEqual(yield* told("fault"), [3, 5])
      assert.deepStrictEqual(yield* told("same"), [5])
      const { outputs } = yield* runStage(ingest, inputs(twice), { variables: { x: {} }, repeated: "last" })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [2, 3])
    })
  )
})
