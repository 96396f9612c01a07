import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as fc from "fast-check"
import { ingest } from "../../stages/ingest.ts"
import { entitiesOf } from "./panel-tables.ts"
import { column, fileOf, numbers, runStage } from "./run-stage.ts"

const provinces = entitiesOf(["Beijing", "Hebei", "Shanxi"], { name_zh: ["北京", "河北", "山西"], pinyin: ["Beijing", "Hebei", "Shanxi"] })
const inputs = (text: string | Uint8Array, path = "data/gdp.csv") => ({ source: fileOf(path, text), entities: provinces })
const gdp = { variables: { gdp: { unit: "100 million yuan", description: "gross domestic product", min: 0 } } }
const lines = (...rows: ReadonlyArray<string>) => rows.join("\n")

describe("ingest", () => {
  it.effect("a wide file becomes a panel sorted by entity and year, with units", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(ingest, inputs(lines("year,entity,gdp,other", "2004,Hebei,4,x", "2003,Hebei,3,x", "2003,Beijing,1,x")), gdp)
      assert.deepStrictEqual(column(outputs["output"], "entity"), ["Beijing", "Hebei", "Hebei"])
      assert.deepStrictEqual(numbers(outputs["output"], "year"), [2003, 2003, 2004])
      assert.deepStrictEqual(numbers(outputs["output"], "gdp"), [1, 3, 4])
      assert.strictEqual(outputs["output"]!.columns.find(({ name }) => name === "gdp")!.unit, "100 million yuan")
      assert.deepStrictEqual(
        outputs["output"]!.columns.map(({ name }) => name),
        ["entity", "year", "gdp", "gdp__source"]
      )
      assert.deepStrictEqual(column(outputs["output"], "gdp__source"), ["data/gdp.csv!C4", "data/gdp.csv!C3", "data/gdp.csv!C2"])
      assert.deepStrictEqual(warnings, [])
    })
  )
  it.effect("a long file gives the same panel as a wide one, and rows of variables that are not declared are passed over", () =>
    Effect.gen(function* () {
      const wide = yield* runStage(ingest, inputs(lines("entity,year,GDP,pop", "Hebei,2003,3,7", "Beijing,2003,1,")), {
        origins: false,
        variables: { gdp: { header: "GDP" }, pop: {} }
      })
      const text = lines("entity,year,item,amount", "Hebei,2003,GDP,3", "Hebei,1066,else,n/a", "Hebei,2003,pop,7", "Beijing,2003,GDP,1")
      const long = yield* runStage(ingest, inputs(text), {
        origins: false,
        variables: { gdp: { header: "GDP" }, pop: {} },
        long: { variable: "item", value: "amount" }
      })
      assert.deepStrictEqual(long.outputs, wide.outputs)
    })
  )
  it.effect("entities are matched by their name or an alias, and only the alias columns asked for are read", () =>
    Effect.gen(function* () {
      const { outputs, reads } = yield* runStage(ingest, inputs(lines("地区,year,gdp", "河北,2003,3", "Beijing,2003,1")), {
        ...gdp,
        entity: "地区",
        aliases: ["name_zh"]
      })
      assert.deepStrictEqual(column(outputs["output"], "entity"), ["Beijing", "Hebei"])
      assert.deepStrictEqual(reads, [
        "entities has name_zh",
        "entities column entity",
        "entities has variants",
        "entities column name_zh",
        "entities has from",
        "entities has to"
      ])
    })
  )
  it.effect("missing tokens are missing; a byte order mark, CRLF, quotes and blank rows are no matter", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(
        ingest,
        inputs('\uFEFFentity,year,a,b,c\r\n"Beijing",2003,NA,NaN,"1.5"\r\n\r\nHebei,2003,.,-,…\r\n,,,,\r\nShanxi, 2003 ,,"-2e3",+.5\r\n'),
        { variables: { a: {}, b: {}, c: {} } }
      )
      assert.deepStrictEqual(numbers(outputs["output"], "a"), [Number.NaN, Number.NaN, Number.NaN])
      assert.deepStrictEqual(numbers(outputs["output"], "b"), [Number.NaN, Number.NaN, -2000])
      assert.deepStrictEqual(numbers(outputs["output"], "c"), [1.5, Number.NaN, 0.5])
    })
  )
  it.effect("an edition's data are of the year before, and that is told", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(ingest, inputs(lines("entity,year,gdp", "Hebei,2003,3", "Hebei,2004,4")), { ...gdp, yearIs: "edition" })
      assert.deepStrictEqual(numbers(outputs["output"], "year"), [2002, 2003])
      assert.deepStrictEqual(
        warnings.map(({ code }) => code),
        ["edition-years"]
      )
      assert.include(warnings[0]!.message, "2002-2003")
    })
  )
  it("the order of a file's rows changes nothing", async () => {
    const rows = ["Beijing,2003,1", "Beijing,2004,2", "Hebei,2003,3", "Hebei,2004,", "Shanxi,2003,5", "Shanxi,2004,6"]
    const panel = (order: ReadonlyArray<string>) => Effect.runPromise(runStage(ingest, inputs(lines("entity,year,gdp", ...order)), { ...gdp, origins: false }))
    const sorted = await panel(rows)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (order) => assert.deepStrictEqual(await panel(order), sorted)),
      { numRuns: 30 }
    )
  })
})
