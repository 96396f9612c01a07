import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { entities } from "../../stages/entities.ts"
import { faultsOf } from "./panel-tables.ts"
import { column, fileOf, numbers, readFile, runStage } from "./run-stage.ts"

const source = (...rows: ReadonlyArray<string>) => ({ source: fileOf("data/states.csv", rows.join("\n")) })

describe("entities", () => {
  it.effect("a dictionary is sorted by name and keeps its further columns as text", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(entities, source("name,fips,lat,lon,region", "Maine,23,44.3,-69.8,Northeast", "Alabama,01,32.4,-86.3,"), {
        entity: "name",
        latitude: "lat",
        longitude: "lon"
      })
      assert.deepStrictEqual(column(outputs["output"], "entity"), ["Alabama", "Maine"])
      assert.deepStrictEqual(numbers(outputs["output"], "longitude"), [-86.3, -69.8])
      assert.deepStrictEqual(column(outputs["output"], "fips"), ["01", "23"])
      assert.deepStrictEqual(column(outputs["output"], "region"), ["", "Northeast"])
    })
  )
  it.effect("keep picks the further columns", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(entities, source("entity,fips,latitude,longitude,region", "Maine,23,44.3,-69.8,Northeast"), { keep: ["region"] })
      assert.deepStrictEqual(
        outputs["output"]!.columns.map(({ name }) => name),
        ["entity", "latitude", "longitude", "region"]
      )
      const named = yield* runStage(entities, source("entity,fips,region,variants", "Maine,23,Northeast,ME"), { keep: ["region"] })
      assert.deepStrictEqual(
        named.outputs["output"]!.columns.map(({ name }) => name),
        ["entity", "latitude", "longitude", "region", "variants"]
      )
    })
  )
  it.effect("the dictionaries of this repository are read", () =>
    Effect.gen(function* () {
      const provinces = yield* runStage(entities, { source: readFile("data/provinces.csv") })
      assert.strictEqual(provinces.outputs["output"]!.rows, 31)
      const states = yield* runStage(entities, { source: readFile("examples/us-states/data/states.csv") }, { entity: "name" })
      assert.strictEqual(states.outputs["output"]!.rows, 48)
    })
  )
  it.effect("a study without space needs no coordinates: without their columns, or in empty cells, they are missing", () =>
    Effect.gen(function* () {
      const without = yield* runStage(entities, source("entity,region", "Maine,Northeast", "Ohio,Midwest"))
      assert.deepStrictEqual(numbers(without.outputs["output"], "latitude"), [Number.NaN, Number.NaN])
      assert.deepStrictEqual(numbers(without.outputs["output"], "longitude"), [Number.NaN, Number.NaN])
      assert.deepStrictEqual(column(without.outputs["output"], "region"), ["Northeast", "Midwest"])
      const partly = yield* runStage(entities, source("entity,latitude,longitude", "Maine,44.3,-69.8", "Ohio,,"))
      assert.deepStrictEqual(numbers(partly.outputs["output"], "latitude"), [44.3, Number.NaN])
    })
  )
  it.effect("a header of coordinates that the parameters name must be in the file, and so must one whose fellow is there", () =>
    Effect.gen(function* () {
      const missing = (rows: Parameters<typeof faultsOf>[1], params: unknown) =>
        Effect.map(faultsOf(entities, rows, params), (faults) => faults.map(({ code, where }) => [code, where?.column]))
      const named = yield* missing(source("entity,region", "Maine,Northeast"), { latitude: "latitude", longitude: "lon" })
      assert.deepStrictEqual(named, [
        ["missing-column", "latitude"],
        ["missing-column", "lon"]
      ])
      assert.deepStrictEqual(yield* missing(source("entity,latitude,long", "Maine,44.3,-69.8"), {}), [["missing-column", "longitude"]])
    })
  )
  it.effect("all faults together: a name missing or twice, one coordinate without the other, out of range or no numbers, a column missing", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(entities, source("entity,latitude,longitude", "Maine,44.3,-69.8", ",1,2", "Maine,,200", "Ohio,40N,-83", "Utah,40.8,"), {
        keep: ["region"]
      })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.row, where?.column]),
        [
          ["missing-name", 3, "entity"],
          ["duplicate-entity", 4, "entity"],
          ["not-a-number", 5, "latitude"],
          ["out-of-range", 4, "longitude"],
          ["half-coordinate", 4, "latitude"],
          ["half-coordinate", 6, "longitude"],
          ["missing-column", 1, "region"]
        ]
      )
    })
  )
  it.effect("a further column may not take the dictionary's own names", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(entities, source("name,entity,latitude,longitude", "Maine,x,44.3,-69.8"), { entity: "name", keep: ["entity"] })
      assert.deepStrictEqual(
        faults.map(({ code }) => code),
        ["taken-name"]
      )
    })
  )
  it.effect(
    "further names, years and codes are checked with all else: a name of two, no name, no year, an end before the beginning, a code of another form or twice",
    () =>
      Effect.gen(function* () {
        const file = source(
          "entity,code,latitude,longitude,variants,from,to",
          "Hebei,130000,38,114,河北|冀|He-bei,,",
          "Henan,41000,34,113,河南|冀|豫,1949,1948",
          "Hubei,130000,99,114,hebei|—,now,",
          "Hunan,430000,28,112,湖南|Hupei,,2000"
        )
        const faults = yield* faultsOf(entities, file, { codes: { code: "\\d{6}", iso: "CN-[A-Z]{2}" } })
        assert.deepStrictEqual(
          faults.map(({ code, where }) => [code, where?.row, where?.column, where?.value]),
          [
            ["shared-name", 3, "variants", "冀"],
            ["shared-name", 4, "variants", "hebei"],
            ["bad-variant", 4, "variants", "—"],
            ["bad-year", 4, "from", "now"],
            ["bad-year", 3, "to", "1948"],
            ["bad-code", 3, "code", "41000"],
            ["duplicate-code", 4, "code", "130000"],
            ["missing-column", 1, "iso", undefined],
            ["out-of-range", 4, "latitude", "99"]
          ]
        )
        assert.include(faults[0]!.message, "it is a variant of Hebei (row 2) too: take it out of one")
        assert.include(faults[1]!.message, 'it is the name of Hebei (row 2) in the column "entity"')
      })
  )
  it.effect("a code that looks otherwise than the others, or stands twice, is warned of where no form is declared", () =>
    Effect.gen(function* () {
      const rows = ["AL,01", "AZ,04", "AR,5", "CA,06", "CO,08", "CT,09", "DE,09"]
      const { warnings } = yield* runStage(entities, source("entity,fips", ...rows))
      assert.deepStrictEqual(
        warnings.map(({ code, where }) => [code, where?.row, where?.value]),
        [
          ["odd-code", 4, "5"],
          ["odd-code", 8, "09"]
        ]
      )
      assert.deepStrictEqual((yield* runStage(entities, { source: readFile("data/provinces.csv") })).warnings, [])
      assert.deepStrictEqual((yield* runStage(entities, { source: readFile("examples/us-states/data/states.csv") }, { entity: "name" })).warnings, [])
    })
  )
  it.effect("the dictionary of docs/regions.md is one", () =>
    Effect.gen(function* () {
      const text = /```csv\n(entity,iso,[\s\S]*?)```/.exec(new TextDecoder().decode(readFile("docs/regions.md").bytes))![1]!
      const { outputs, warnings } = yield* runStage(entities, { source: fileOf("data/laender.csv", text) }, { codes: { iso: "DE-[A-Z]{2}" } })
      assert.deepStrictEqual([column(outputs["output"], "entity"), warnings], [["Baden", "North Rhine-Westphalia", "Saarland"], []])
      assert.deepStrictEqual(column(outputs["output"], "variants"), ["", "Nordrhein-Westfalen|NRW|05", "Saar|10"])
    })
  )
})
