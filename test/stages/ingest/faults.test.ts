import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { ingest } from "../../../stages/ingest.ts"
import { entitiesOf, faultsOf } from "../panel-tables.ts"
import { column, fileOf, numbers, runStage } from "../run-stage.ts"

const provinces = entitiesOf(["Beijing", "Hebei", "Shanxi"], { name_zh: ["北京", "河北", "山西"], pinyin: ["Beijing", "Hebei", "Shanxi"] })
const inputs = (text: string | Uint8Array, path = "data/gdp.csv") => ({ source: fileOf(path, text), entities: provinces })
const gdp = { variables: { gdp: { unit: "100 million yuan", description: "gross domestic product", min: 0 } } }
const lines = (...rows: ReadonlyArray<string>) => rows.join("\n")

describe("ingest: faults", () => {
  it.effect("all faults of a file are told together, each with file, row, column, value, expectation and what to do", () =>
    Effect.gen(function* () {
      const text = lines(
        "entity,year,gdp,share", // row 1
        "Beijing,2003,1,50",
        "Hebie,2003,2,50", // row 3: unknown entity
        "Shanxi,2003,12a,50", // row 4: not a number
        "Shanxi,two thousand,1,50", // row 5: no year
        "Shanxi,2004,1e999,150", // row 6: infinite, out of range
        "Beijing,2003,5,50", // row 7: duplicate
        "Beijing,1066,5,50", // row 8: outside
        "Beijing,2004,-5,50", // row 9: out of range
        "Hebei,2004,5" // row 10: ragged
      )
      const faults = yield* faultsOf(ingest, inputs(text), {
        variables: { ...gdp.variables, share: { unit: "%", min: 0, max: 100 }, wages: {} },
        years: { from: 2003, to: 2004 }
      })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.row, where?.column, where?.value]),
        [
          ["missing-column", 1, "wages", undefined],
          ["unknown-entity", 3, "entity", "Hebie"],
          ["not-a-number", 4, "gdp", "12a"],
          ["bad-year", 5, "year", "two thousand"],
          ["infinite", 6, "gdp", "1e999"],
          ["out-of-range", 6, "share", "150"],
          ["duplicate-key", 7, undefined, "Beijing, 2003"],
          ["year-outside", 8, "year", "1066"],
          ["out-of-range", 9, "gdp", "-5"],
          ["ragged-row", 10, undefined, "3 cells"],
          ["missing-rows", undefined, undefined, undefined]
        ]
      )
      for (const fault of faults) {
        assert.strictEqual(fault.where?.file, "data/gdp.csv")
        assert.include(fault.message, "data/gdp.csv")
      }
      const told = (code: string) => faults.find((fault) => fault.code === code)!.message
      assert.include(told("unknown-entity"), 'did you mean "Hebei"?')
      assert.include(told("missing-column"), "the columns are: entity, year, gdp, share")
      // Of 2003 there is one, under a name that was probably meant for it.
      assert.include(told("missing-rows"), "Hebei has no row for 2004;")
      assert.include(told("not-a-number"), 'data/gdp.csv, row 4, column "gdp": found "12a", expected a number; correct it')
      assert.include(told("out-of-range"), "between 0 and 100")
      assert.include(told("duplicate-key"), "stands already in row 2")
    })
  )
  it.effect("of several missing columns the first tells which columns there are", () =>
    Effect.gen(function* () {
      const text = lines("entity,year,gdp", "Beijing,2003,1")
      const faults = yield* faultsOf(ingest, inputs(text), { variables: { ...gdp.variables, wages: {}, rents: {} } })
      const advice = "correct the header, or what the node says of it"
      assert.deepStrictEqual(
        faults.map(({ message }) => message),
        [
          `data/gdp.csv, row 1: there is no column "wages"; the columns are: entity, year, gdp; ${advice}`,
          `data/gdp.csv, row 1: there is no column "rents"; ${advice}`
        ]
      )
    })
  )

  it.effect("years that lie centuries from the others are warned of, with what to do", () =>
    Effect.gen(function* () {
      const rows = ["Beijing,2003,1", "Beijing,2004,2", "Hebei,2003,3", "Hebei,204,4", "Shanxi,203,5", "Shanxi,2004,6"]
      const { warnings } = yield* runStage(ingest, inputs(lines("entity,year,gdp", ...rows)), gdp)
      assert.deepStrictEqual(
        warnings.map(({ code, message }) => [code, message]),
        [
          [
            "year-far",
            "data/gdp.csv: 204 of Hebei, 203 of Shanxi lie far from all other years (2003-2004): correct the cell if it is a slip, or say which years there are (years: { from, to })"
          ]
        ]
      )
      const { warnings: none } = yield* runStage(ingest, inputs(lines("entity,year,gdp", "Beijing,1,1", "Beijing,1950,2", "Hebei,1,1", "Hebei,1950,2")), gdp)
      assert.deepStrictEqual(none, [])
    })
  )

  it.effect("a misspelt name is no missing row as well: whoever added that row would have it twice", () =>
    Effect.gen(function* () {
      const years = { from: 2003, to: 2004 }
      const rows = ["Beijing,2003,1", "Beijing,2004,1", "Shanxi,2003,1", "Shanxi,2004,1", "Hebei,2003,1", "Hebie,2004,1"]
      const faults = yield* faultsOf(ingest, inputs(lines("entity,year,gdp", ...rows)), { ...gdp, years })
      assert.deepStrictEqual(
        faults.filter(({ message }) => message.includes("Heb")).map(({ code }) => code),
        ["unknown-entity"]
      )
      const without = yield* faultsOf(ingest, inputs(lines("entity,year,gdp", ...rows.slice(0, 5), "Atlantis,2004,1")), { ...gdp, years })
      assert.deepStrictEqual(without.map(({ code }) => code).slice(0, 2), ["unknown-entity", "missing-rows"])
    })
  )
  it.effect("past twenty faults only their number is told", () =>
    Effect.gen(function* () {
      const rows = Array.from({ length: 30 }, (_, i) => `Hebei,${1980 + i},x${i}`)
      const faults = yield* faultsOf(ingest, inputs(lines("entity,year,gdp", ...rows)), gdp)
      assert.lengthOf(faults, 21)
      assert.strictEqual(faults[20]!.message, "and 10 more faults like these")
    })
  )
  it.effect("an unknown entity is one fault, however many rows it has, and a near name is never taken", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingest, inputs(lines("entity,year,gdp", "Bejing,2003,1", "Bejing,2004,1", "Atlantis,2003,1")), gdp)
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.value, where?.row]),
        [
          ["unknown-entity", "Bejing", 2],
          ["unknown-entity", "Atlantis", 4]
        ]
      )
      assert.include(faults[0]!.message, 'found "Bejing" (and 1 more row)')
      assert.include(faults[0]!.message, 'did you mean "Beijing"?')
      assert.notInclude(faults[1]!.message, "did you mean")
    })
  )
  it.effect("an unknown entity that another column of the dictionary names is told with the aliases that would know it; columns are read only for it", () =>
    Effect.gen(function* () {
      const entities = entitiesOf(["Beijing", "Hebei", "Shanxi"], {
        full_zh: ["北京市", "河北省", "山西省"],
        short_zh: ["北京", "河北", null],
        region: ["East", "East", "Central"]
      })
      const read = (text: string, aliases: ReadonlyArray<string>) => ({ source: fileOf("a.csv", text), entities, params: { ...gdp, aliases } })
      const advice = (text: string, aliases: ReadonlyArray<string>) => {
        const { params, ...given } = read(text, aliases)
        return Effect.map(faultsOf(ingest, given, params), (faults) => faults.map(({ code, message }) => [code, message.slice(message.indexOf("; ") + 2)]))
      }
      assert.deepStrictEqual(yield* advice(lines("entity,year,gdp", "北京,2003,1", "河北省,2003,1"), []), [
        ["unknown-entity", '"北京" is in the dictionary\'s column short_zh: add aliases: ["short_zh"]'],
        ["unknown-entity", '"河北省" is in the dictionary\'s column full_zh: add aliases: ["full_zh"]']
      ])
      assert.deepStrictEqual(yield* advice(lines("entity,year,gdp", "北京,2003,1"), ["full_zh"]), [
        ["unknown-entity", '"北京" is in the dictionary\'s column short_zh: add aliases: ["full_zh", "short_zh"]']
      ])
      // A group's total is no entity: the group is shared by several.
      assert.deepStrictEqual(yield* advice(lines("entity,year,gdp", "East,2003,1"), []), [
        [
          "unknown-entity",
          'it looks like a group of regions: leave such rows out with passOver: ["East"], or all of their kind with passOver: { kinds: ["region"] }'
        ]
      ])
      const { params, ...given } = read(lines("entity,year,gdp", "北京市,2003,1"), ["full_zh"])
      const { reads } = yield* runStage(ingest, given, params)
      assert.deepStrictEqual(
        reads.filter((read) => read.includes(" column ")),
        ["entities column entity", "entities column full_zh"]
      )
    })
  )
  it.effect("a text that names two entities is a fault that names both", () =>
    Effect.gen(function* () {
      const twins = entitiesOf(["Shaanxi", "Shanxi"], { pinyin: ["Shanxi", "Shanxi"] })
      const source = fileOf("a.csv", lines("entity,year,gdp", "Shanxi,2003,1"))
      const faults = yield* faultsOf(ingest, { source, entities: twins }, { ...gdp, aliases: ["pinyin"] })
      assert.strictEqual(faults[0]!.code, "ambiguous-entity")
      assert.include(faults[0]!.message, '"Shanxi" and "Shaanxi"')
    })
  )
  it.effect("a missing column suggests the nearest header", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingest, inputs(lines("Entity,year,gdp_", "Hebei,2003,1")), gdp)
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.column]),
        [
          ["missing-column", "entity"],
          ["missing-column", "gdp"]
        ]
      )
      assert.include(faults[0]!.message, 'did you mean "Entity"?')
      assert.include(faults[1]!.message, 'did you mean "gdp_"?')
    })
  )
  it.effect("a long file says which declared variable has no row", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingest, inputs(lines("entity,year,variable,value", "Hebei,2003,gpd,1")), { ...gdp, long: {} })
      assert.deepStrictEqual(
        faults.map(({ code }) => code),
        ["missing-variable"]
      )
      assert.include(faults[0]!.message, 'did you mean "gpd"?')
    })
  )
  it.effect("a long file's duplicate is the same variable twice in an entity's year", () =>
    Effect.gen(function* () {
      const text = lines("entity,year,variable,value", "Hebei,2003,gdp,1", "Hebei,2003,gdp,2")
      const faults = yield* faultsOf(ingest, inputs(text), { ...gdp, long: {} })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.row, where?.value]),
        [["duplicate-key", 3, "Hebei, 2003, gdp"]]
      )
    })
  )
  it.effect("an edition outside the declared data years is told in both", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingest, inputs(lines("entity,year,gdp", "Hebei,2005,1", "Hebei,2004,1")), {
        ...gdp,
        yearIs: "edition",
        years: { from: 2003, to: 2003 },
        balanced: false
      })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.value]),
        [["year-outside", "2005"]]
      )
      assert.include(faults[0]!.message, "an edition of 2004 to 2004 (data years 2003 to 2003)")
    })
  )
  it.effect("thousands are read; percent signs, decimal commas and failed formulas are named", () =>
    Effect.gen(function* () {
      const text = lines("entity,year,gdp", 'Hebei,2003,"1,234.5"', "Hebei,2004,12%", 'Hebei,2005,"4898,17"', "Hebei,2006,#DIV/0!")
      const faults = yield* faultsOf(ingest, inputs(text), { variables: { gdp: {} } })
      assert.lengthOf(faults, 3)
      assert.include(faults[0]!.message, 'take out the "%"')
      assert.include(faults[1]!.message, "write the decimals after a point")
      assert.include(faults[2]!.message, 'found "#DIV/0!", expected a number; a formula failed')
    })
  )
  it.effect("bytes that are of no known encoding are a fault with the line; those of GB18030 are read", () =>
    Effect.gen(function* () {
      const bytes = (...name: ReadonlyArray<number>) =>
        new Uint8Array([...new TextEncoder().encode("entity,year,gdp\n"), ...name, ...new TextEncoder().encode(",2003,1\n")])
      const { outputs } = yield* runStage(ingest, inputs(bytes(0xba, 0xd3, 0xb1, 0xb1)), { ...gdp, aliases: ["name_zh"] })
      assert.deepStrictEqual(column(outputs["output"], "entity"), ["Hebei"])
      const [fault] = yield* faultsOf(ingest, inputs(bytes(0xba, 0xff, 0xb1)), gdp)
      assert.strictEqual(fault!.where?.row, 2)
      assert.include(fault!.message, "encoding")
    })
  )
  it.effect("a file that is empty, or without rows, or with broken quotes is a fault", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* faultsOf(ingest, inputs(""), gdp))[0]!.code, "empty-file")
      assert.strictEqual((yield* faultsOf(ingest, inputs("entity,year,gdp\n"), gdp))[0]!.code, "empty-file")
      const open = (yield* faultsOf(ingest, inputs('entity,year,gdp\nHebei,2003,1\n"Hebei,2004,1\nHebei,2005,1\n'), gdp))[0]!
      assert.deepStrictEqual([open.code, open.where?.row], ["open-quote", 3])
      assert.include(open.message, "data/gdp.csv")
      assert.strictEqual((yield* faultsOf(ingest, inputs("entity,year,gdp,gdp\nHebei,2003,1,2\n"), gdp))[0]!.code, "duplicate-header")
    })
  )
  it.effect("a file with another separator is read", () =>
    Effect.gen(function* () {
      for (const mark of [";", "\t", "|"]) {
        const { outputs } = yield* runStage(ingest, inputs(lines("entity,year,gdp", "Hebei,2003,1").replaceAll(",", mark)), gdp)
        assert.deepStrictEqual(numbers(outputs["output"], "gdp"), [1])
      }
    })
  )
  it.effect("an alias column that the dictionary lacks is a fault", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingest, inputs(lines("entity,year,gdp", "Hebei,2003,1")), { ...gdp, aliases: ["name_cn"] })
      assert.strictEqual(faults[0]!.code, "unknown-alias-column")
      assert.include(faults[0]!.message, 'did you mean "name_zh"?')
    })
  )
  it.effect("parameters that contradict themselves are faults at their paths", () =>
    Effect.gen(function* () {
      const told = (params: object) => Effect.map(Effect.flip(runStage(ingest, inputs("entity,year,gdp"), params)), (error) => (error as Error).message)
      const message = yield* told({ variables: { gdp: { min: 1, max: 0 } }, years: { from: 2004, to: 2003 }, yearis: "data" })
      for (const part of ["must not be less than min (1)", "must not precede from (2004)", '["yearis"]']) assert.include(message, part)
      assert.include(yield* told({ variables: { "a*b": {} } }), '"a*b" is not a variable\'s name')
      assert.include(yield* told({ variables: {} }), "declare at least one variable")
    })
  )
})
