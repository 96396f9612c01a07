import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { Effect } from "effect"
import fc from "fast-check"
import { type Row, variantsOf, withVariants } from "../../data/regions/variants.ts"
import { entities } from "../../stages/entities.ts"
import { nameKey, namesIn } from "../../stages/ingest/name-key.ts"
import { NO_ENTITY_KINDS, noEntityKind } from "../../stages/ingest/no-entities.ts"
import { ingest } from "../../stages/ingest.ts"
import { faultsOf } from "../stages/panel-tables.ts"
import { column, fileOf, readFile, runStage } from "../stages/run-stage.ts"

const text = readFileSync("data/provinces.csv", "utf8")
const rows: ReadonlyArray<Row> = parse(text, { columns: true })
const namesOf = rows.map((row) => [row["entity"]!, ...namesIn(row["variants"])])

const dictionary = Effect.map(runStage(entities, { source: readFile("data/provinces.csv") }), ({ outputs }) => outputs["output"]!)
const gdp = { variables: { gdp: {} } }
/** The entities that names are taken for, in order. */
const taken = (names: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const lines = names.map((name, i) => `"${name}",${1000 + i},1`)
    const { outputs } = yield* runStage(ingest, { source: fileOf("a.csv", `entity,year,gdp\n${lines.join("\n")}\n`), entities: yield* dictionary }, gdp)
    const [who, year] = [column(outputs["output"], "entity") as ReadonlyArray<string>, column(outputs["output"], "year") as Int32Array]
    return names.map((_, i) => who[year.indexOf(1000 + i)]!)
  })
const adviceOn = (name: string, params: object = gdp) =>
  Effect.gen(function* () {
    const faults = yield* faultsOf(ingest, { source: fileOf("a.csv", `entity,year,gdp\n"${name}",2003,1\n`), entities: yield* dictionary }, params)
    return faults[0]!.message.slice(faults[0]!.message.indexOf("; ") + 2)
  })

describe("the dictionary of provinces", () => {
  it("is what its facts make of it", () => assert.strictEqual(withVariants(rows), text))

  it("has no name of two provinces, however it is written", () => {
    const owners = new Map<string, number>()
    namesOf.forEach((names, i) => {
      for (const name of names) {
        const key = nameKey(name)
        assert.notStrictEqual(key, "", name)
        assert.strictEqual(owners.get(key) ?? i, i, `${name} is of ${rows[owners.get(key) ?? i]!["entity"]} and of ${rows[i]!["entity"]}`)
        owners.set(key, i)
      }
    })
    assert.isTrue(namesOf.every((names) => names.length >= 12))
  })

  it.effect("knows its provinces by every spelling", () =>
    Effect.gen(function* () {
      const spellings: Readonly<Record<string, ReadonlyArray<string>>> = {
        Beijing: [
          "北京",
          "北京市",
          "北 京",
          "北\u3000京",
          "京",
          "Beijing Municipality",
          "BEIJING",
          "ＢＥＩＪＩＮＧ",
          "110000",
          "11",
          "110000.0",
          "１１００００",
          "CN-BJ",
          "Peking",
          "Bei-jing",
          " beijing "
        ],
        Hebei: ["河北", "冀", "Hebei Province", "CN-HE"],
        Shanxi: ["山西", "山西省", "Shanxi", "SHANXI", "Shānxī", "晋", "14", "CN-14"],
        Shaanxi: ["陕西", "陝西省", "陜西", "Shaanxi", "Shǎnxī", "秦", "陕", "610000", "CN-SN"],
        "Inner Mongolia": [
          "内蒙",
          "内蒙古",
          "内蒙古自治区",
          "內蒙古自治區",
          "Nei Mongol",
          "Neimenggu",
          "Nei Menggu",
          "Inner Mongolia A.R.",
          "inner  mongolia",
          "Inner-Mongolia"
        ],
        Guangxi: ["广西壮族自治区", "廣西壯族自治區", "广西", "Guangxi Zhuang Autonomous Region", "Guangxi Zhuang A.R."],
        Xinjiang: ["新疆维吾尔自治区", "新疆維吾爾自治區", "Xinjiang Uygur Autonomous Region", "Xinjiang Uyghur A. R."],
        Ningxia: ["宁夏", "Ningxia Hui A.R.", "寧夏回族自治區"],
        Tibet: ["Tibet", "Xizang", "西藏自治区", "Xizang Autonomous Region"],
        Heilongjiang: ["黑龙江省", "黑 龙 江", "黑龍江"],
        Chongqing: ["重慶市", "渝"]
      }
      for (const [entity, names] of Object.entries(spellings))
        assert.deepStrictEqual(
          yield* taken(names),
          names.map(() => entity)
        )
    })
  )

  it.effect("knows a name that stands in two scripts, or with its code, where both are of one province", () =>
    Effect.gen(function* () {
      const both = [
        "北  京   Beijing",
        "Beijing 北京市",
        "新疆维吾尔自治区 Xinjiang Uygur A.R.",
        "110000 北京",
        "11北京市",
        "内蒙古\nInner Mongolia",
        "150000 内蒙古 Inner Mongolia",
        "陕西 Shaanxi",
        "北京（Beijing）"
      ]
      assert.deepStrictEqual(yield* taken(both), [
        "Beijing",
        "Beijing",
        "Xinjiang",
        "Beijing",
        "Beijing",
        "Inner Mongolia",
        "Inner Mongolia",
        "Shaanxi",
        "Beijing"
      ])
      assert.include(yield* adviceOn("北京 Tianjin"), 'it names "Beijing" and "Tianjin": write the entity')
      assert.include(yield* adviceOn("陕西 Shanxi"), 'it names "Shaanxi" and "Shanxi"')
      assert.include(yield* adviceOn("北京 Bejing"), 'did you mean "Beijing"')
      assert.include(yield* adviceOn("03 北京"), 'did you mean "Beijing"')
      for (const name of ["全  国   National Total", "东部地区 Eastern Region"])
        assert.include(yield* adviceOn(name), `leave such rows out with passOver: ["${name}"]`)
      const source = fileOf("a.csv", "entity,year,gdp\n全  国   National Total,2003,9\n北京 Beijing,2003,1\n")
      assert.deepStrictEqual((yield* runStage(ingest, { source, entities: yield* dictionary }, { ...gdp, passOver: ["全国"] })).warnings.length, 1)
    })
  )

  it.effect("takes no name for another, whatever its width, capitals, spaces and hyphens", () =>
    Effect.gen(function* () {
      const all = namesOf.flatMap((names, i) => names.map((name) => ({ name, entity: rows[i]!["entity"]! })))
      const spaces = ["", " ", "\u3000", "\u00a0", "\u2009", "\u200b"]
      const wide = (one: string) => (/[!-~]/.test(one) ? String.fromCodePoint(one.codePointAt(0)! + 0xfee0) : one)
      const written = fc.constantFrom(...all).chain(({ entity, name }) => {
        const letters = Array.from(name)
        // A code with a sign in it is another number.
        const space = fc.constantFrom(...spaces, ...(/^\d+$/.test(name) ? [] : ["-", "\u2010", "·"]))
        return fc
          .tuple(
            ...letters.map(() =>
              fc.tuple(
                space,
                fc.constantFrom(
                  (x: string) => x,
                  wide,
                  (x: string) => x.toUpperCase(),
                  (x: string) => x.normalize("NFD")
                )
              )
            )
          )
          .map((how) => ({ entity, text: letters.map((one, i) => `${i === 0 ? "" : how[i]![0]}${how[i]![1](one)}`).join("") }))
      })
      const samples = fc.sample(written, { numRuns: 3000, seed: 8 })
      assert.deepStrictEqual(
        yield* taken(samples.map(({ text: one }) => one)),
        samples.map(({ entity }) => entity)
      )
    })
  )

  it.effect("proposes, and does not take, what is written wrongly: turned round, alike, misspelled, cut off", () =>
    Effect.gen(function* () {
      const proposed = (names: string) => `did you mean ${names}? write that in the cell, put it right with names:`
      for (const [name, names] of [
        ["Dongguang", '"Guangdong"'],
        ["京北", '"Beijing" (北京)'],
        ["淅江省", '"Zhejiang" (浙江省)'],
        ["Hebel", '"Hebei"'],
        ["Shannxi", '"Shaanxi" or "Shanxi"'],
        ["Hubie", '"Hubei"'],
        ["黑龙", '"Heilongjiang" (黑龙江)'],
        ["新疆维吾", '"Xinjiang" (新疆维吾尔)'],
        ["Xinjiang Uyg. Region", '"Xinjiang"'],
        ["01北京市", '"Beijing" (北京市)'],
        ["河", '"Hebei" (河北省) or "Henan" (河南省)'],
        ["Guang", '"Guangdong" or "Guangxi"'],
        ["海", '"Hainan" (海南省) or "Qinghai" (青海省) or "Shanghai" (上海市)']
      ] as const)
        assert.include(yield* adviceOn(name), proposed(names), name)
      assert.include(yield* adviceOn("Atlantis"), "correct it, or add it to the dictionary")
    })
  )

  it.effect("does not know totals, groups, places outside and parts, which are told as such, and passed over by kind with their number", () =>
    Effect.gen(function* () {
      for (const name of ["全国", "合计", "National Total", "东部地区", "Hong Kong", "新疆生产建设兵团", "大连市", "不分地区"]) {
        assert.isDefined(noEntityKind(name), name)
        assert.include(yield* adviceOn(name), `leave such rows out with passOver: ["${name}"]`)
      }
      for (const names of namesOf) for (const name of names) assert.isUndefined(noEntityKind(name), name)
      const source = fileOf("a.csv", "entity,year,gdp\n全 国,2003,9\n北京,2003,1\n东部地区,2003,5\n全国,2004,9\nHong Kong,2003,x\n")
      const { outputs, warnings } = yield* runStage(ingest, { source, entities: yield* dictionary }, { ...gdp, passOver: { kinds: NO_ENTITY_KINDS } })
      assert.deepStrictEqual(column(outputs["output"], "entity"), ["Beijing"])
      assert.deepStrictEqual(
        warnings.map(({ message }) => message),
        ['a.csv: 4 rows that are no entity of the study are passed over: "全 国" (1), "东部地区" (1), "全国" (1), "Hong Kong" (1)']
      )
      assert.include(
        yield* adviceOn("西藏", { ...gdp, passOver: ["Xizang"] }),
        '"Xizang" is a name of Tibet: take it out, or take the entity out of the dictionary'
      )
    })
  )

  it.effect("tells of Shanxi that stands twice that one may be Shaanxi", () =>
    Effect.gen(function* () {
      const source = fileOf("a.csv", "entity,year,gdp\nShan Xi,2003,1\nBei Jing,2003,2\nShan Xi,2003,3\nBeijing,2003,2\n")
      const faults = yield* faultsOf(ingest, { source, entities: yield* dictionary }, gdp)
      assert.include(faults[0]!.message, "if one is of Shaanxi, which is written the same without tones, write that there")
      assert.notInclude(faults[1]!.message, "tones")
    })
  )

  it.effect("tells rows from before Chongqing was a municipality, and does not ask for them", () =>
    Effect.gen(function* () {
      const years = [1995, 1996, 1997]
      const file = (skip: (entity: string, year: number) => boolean) =>
        fileOf(
          "a.csv",
          ["entity,year,gdp", ...rows.flatMap(({ entity }) => years.flatMap((year) => (skip(entity!, year) ? [] : [`${entity},${year},1`])))].join("\n")
        )
      const params = { ...gdp, years: { from: 1995, to: 1997 } }
      const all = yield* runStage(ingest, { source: file(() => false), entities: yield* dictionary }, params)
      assert.deepStrictEqual(
        all.warnings.map(({ code, message }) => [code, message.slice(0, message.indexOf(";"))]),
        [["outside-existence", "a.csv: rows of years in which the entity was not there are kept: Chongqing in 1995-1996 (the dictionary has it from 1997 on)"]]
      )
      const without = file((entity, year) => entity === "Chongqing" && year < 1997)
      assert.deepStrictEqual((yield* runStage(ingest, { source: without, entities: yield* dictionary }, params)).warnings, [])
      const lacking = yield* faultsOf(ingest, { source: file((entity, year) => entity === "Hainan" && year === 1995), entities: yield* dictionary }, params)
      assert.include(lacking[0]!.message, "Hainan has no row for 1995")
    })
  )
})

it("variants are each told once", () => {
  for (const row of rows) assert.strictEqual(new Set(variantsOf(row)).size, variantsOf(row).length)
})
