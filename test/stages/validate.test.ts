import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as fc from "fast-check"
import type { StoredTable } from "../../src/artifact/column.ts"
import { stream } from "../../src/stats/random.ts"
import { validate } from "../../stages/validate.ts"
import { faultsOf, panelOf } from "./panel-tables.ts"
import { column, numbers, runStage } from "./run-stage.ts"

const na = Number.NaN
const entities = ["Anhui", "Beijing", "Chongqing", "Fujian", "Gansu", "Guizhou", "Hainan", "Hebei", "Henan", "Hubei", "Hunan", "Jilin"]
const years = Array.from({ length: 14 }, (_, t) => 2003 + t)
const at = (entity: string, year: number): number => entities.indexOf(entity) * years.length + year - 2003

/** Quantities that grow by about a tenth a year, and percentages that wander: nothing is wrong with them. */
const clean = (seed = 1) => {
  const random = stream(seed, 0)
  const grown = (level: number) => entities.flatMap((_, i) => years.map((_, t) => level * Math.exp(i / 5 + 0.1 * t + 0.03 * random.normal())))
  const gdp = grown(1000)
  const a = grown(300)
  return { gdp, a, b: gdp.map((value, row) => value - a[row]!), share: gdp.map((_, row) => 40 + (row % 14) / 3 + 1.5 * random.normal()) }
}
type Clean = ReturnType<typeof clean>
const units: Readonly<Record<string, string>> = { share: "%" }
const tableOf = (values: Readonly<Record<string, ReadonlyArray<number>>>, filled: Readonly<Record<string, ReadonlyArray<number>>> = {}): StoredTable =>
  panelOf(
    entities,
    years,
    Object.fromEntries(
      Object.entries(values).map(([name, own]) => [
        name,
        { values: own, unit: units[name] ?? "CNY", ...(filled[name] === undefined ? {} : { filled: filled[name] }) }
      ])
    )
  )
const found = (table: StoredTable, params: unknown = {}) =>
  Effect.map(runStage(validate, { panel: table }, params), ({ outputs, warnings }) => {
    const findings = outputs["findings"]!
    const text = (name: string) => column(findings, name) as ReadonlyArray<string>
    const year = numbers(findings, "year")
    return {
      warnings,
      outputs,
      findings: text("code").map((code, i) => [code, text("variable")[i], text("entity")[i], year[i]] as const),
      messages: text("message"),
      expected: text("expected")
    }
  })
/** The panel with one thing changed in it. */
const broken = (change: (values: Record<keyof Clean, Array<number>>) => void, seed?: number): Clean => {
  const values = Object.fromEntries(Object.entries(clean(seed)).map(([name, own]) => [name, [...own]])) as Record<keyof Clean, Array<number>>
  change(values)
  return values
}
/** A finding of one cell of gdp or of share that is changed, and of nothing else but notes. */
const graveOf = (values: Readonly<Record<string, ReadonlyArray<number>>>, params: unknown = {}) =>
  Effect.map(found(tableOf(values), { outliers: false, fences: false, ...(params as object) }), ({ findings }) => findings.filter(([code]) => code !== "gap"))

describe("validate", () => {
  it("finds nothing in panels that nothing is wrong with", () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
        const identities = [{ total: "gdp", parts: ["a", "b"] }]
        assert.deepStrictEqual(await Effect.runPromise(graveOf(clean(seed), { identities })), [])
      }),
      { numRuns: 25 }
    ))
  it.effect("a misprint is a spike with what the years around say; one at the end, or a lasting one, a jump", () =>
    Effect.gen(function* () {
      const spike = yield* found(tableOf(broken(({ gdp }) => (gdp[at("Hebei", 2010)] = 3.3 * gdp[at("Hebei", 2010)]!))))
      assert.deepStrictEqual(spike.findings[0], ["spike", "gdp", "Hebei", 2010])
      assert.match(
        spike.messages[0]!,
        /^gdp: Hebei 2010: [\d,]+(\.\d+)?, between .+ in 2009 and .+ in 2011 \(robust z \d+\.\d\): expected about .+; look at the cell/
      )
      assert.strictEqual(spike.warnings[0]!.code, "spike")
      assert.deepStrictEqual([spike.warnings[0]!.where?.column, spike.warnings[0]!.where?.entity, spike.warnings[0]!.where?.year], ["gdp", "Hebei", 2010])
      assert.deepStrictEqual(yield* graveOf(broken(({ gdp }) => (gdp[at("Hebei", 2016)] = 3.3 * gdp[at("Hebei", 2016)]!))), [["jump", "gdp", "Hebei", 2016]])
      const lasting = broken(({ gdp }) => {
        for (const year of years.filter((own) => own >= 2009)) gdp[at("Hubei", year)] = gdp[at("Hubei", year)]! / 3
      })
      assert.deepStrictEqual(yield* graveOf(lasting), [["jump", "gdp", "Hubei", 2009]])
      assert.deepStrictEqual(yield* graveOf(broken(({ share }) => (share[at("Jilin", 2008)] = 85))), [["spike", "share", "Jilin", 2008]])
    })
  )
  it.effect("factors of ten: of a cell, of all years after, and of all entities, with the unit that it may be", () =>
    Effect.gen(function* () {
      const cell = yield* found(tableOf(broken(({ gdp }) => (gdp[at("Hebei", 2010)] = 1e4 * gdp[at("Hebei", 2010)]!))))
      assert.deepStrictEqual(
        cell.findings.filter(([code]) => code !== "outlier" && code !== "beyond-fences"),
        [["scale", "gdp", "Hebei", 2010]]
      )
      assert.match(
        cell.messages[0]!,
        /is about 10,000 times the .+ of 2009; the next year is as before: a decimal point, or another unit \(万\?\); look at the cell/
      )
      const after = broken(({ gdp }) => {
        for (const year of years.filter((own) => own >= 2009)) gdp[at("Hubei", year)] = gdp[at("Hubei", year)]! / 10
      })
      assert.deepStrictEqual(yield* graveOf(after), [["scale", "gdp", "Hubei", 2009]])
      const all = broken(({ gdp }) => {
        for (const entity of entities) for (const year of years.filter((own) => own >= 2012)) gdp[at(entity, year)] = gdp[at(entity, year)]! * 1e4
      })
      const { findings, messages } = yield* found(tableOf(all), { outliers: false, fences: false })
      assert.deepStrictEqual(
        findings.map(([code, variable, , year]) => [code, variable, year]),
        [["scale", "gdp", 2012]]
      )
      assert.strictEqual(
        messages[0],
        "gdp: 2012: 12 entities have about 10,000 times what they had the year before: the unit changed (万?); convert the unit of these years where the source is described"
      )
    })
  )
  it.effect("a year in which all move as in no other is one finding, and nobody's jump", () =>
    Effect.gen(function* () {
      const moved = broken(({ gdp }) => {
        for (const entity of entities) for (const year of years.filter((own) => own >= 2012)) gdp[at(entity, year)] = gdp[at(entity, year)]! * 2.5
      })
      const { findings, messages } = yield* found(tableOf(moved), { outliers: false, fences: false })
      assert.deepStrictEqual(
        findings.map(([code, variable, , year]) => [code, variable, year]),
        [["break", "gdp", 2012]]
      )
      assert.match(messages[0]!, /^gdp: 2012: the median of 12 entities changes by 17\d\.\d%, in other years by \d+\.\d%; /)
    })
  )
  it.effect("identities: rows where parts and total, or a ratio, differ; and units that differ in all of them", () =>
    Effect.gen(function* () {
      const sum = [{ total: "gdp", parts: ["a", "b"], tolerance: { relative: 0.001 } }]
      const off = broken(({ b }) => (b[at("Gansu", 2005)] = b[at("Gansu", 2005)]! * 1.01))
      assert.deepStrictEqual(yield* graveOf(off, { identities: sum }), [["identity", "gdp", "Gansu", 2005]])
      assert.deepStrictEqual(yield* graveOf(off, { identities: [{ ...sum[0], tolerance: { relative: 0.02 } }] }), [])
      const unlike = broken(({ gdp }) => gdp.splice(0, gdp.length, ...gdp.map((value) => value / 1e4)))
      const units = yield* found(tableOf(unlike), { identities: sum, outliers: false, fences: false })
      assert.deepStrictEqual(
        units.findings.map(([code]) => code),
        ["identity-unit"]
      )
      assert.include(units.messages[0], '"a + b = gdp" fails in 168 of 168 rows, each time by a factor of about 10,000; the units differ')
      const values = clean()
      const ratio = { ...values, part: values.a.map((value, row) => (100 * value) / values.gdp[row]! + (row === 3 ? 1 : 0)) }
      assert.deepStrictEqual(yield* graveOf(ratio, { identities: [{ ratio: ["a", "gdp"], is: "part", times: 100 }] }), [["identity", "part", "Anhui", 2006]])
      assert.deepStrictEqual(yield* graveOf(values, { identities: [{ total: "gdp", parts: ["a"], holds: "at-most" }] }), [])
      assert.strictEqual((yield* graveOf(values, { identities: [{ total: "a", parts: ["gdp"], holds: "at-most" }] })).length, 168)
    })
  )
  it.effect("declared ranges, and cumulative counts that fall", () =>
    Effect.gen(function* () {
      const values = clean()
      const total = entities.flatMap(() => years.map((_, t) => 3 * t))
      total[at("Henan", 2010)] = 2
      assert.deepStrictEqual(yield* graveOf({ total }, { monotone: [{ variables: ["total"] }], changes: false, scales: false, copies: false }), [
        ["not-monotone", "total", "Henan", 2010]
      ])
      values.share[at("Hunan", 2004)] = 45
      const { expected, findings } = yield* found(tableOf({ share: values.share }), {
        ranges: [{ variables: ["share"], max: 44.9 }],
        changes: false,
        outliers: false,
        fences: false
      })
      assert.isTrue(findings.every(([code]) => code === "out-of-range"))
      assert.isTrue(findings.some(([, , entity, year]) => entity === "Hunan" && year === 2004))
      assert.strictEqual(expected[0], "at most 44.9")
    })
  )
  it.effect("runs of one value, a year copied, a series and a row copied; not in what repeats anyway", () =>
    Effect.gen(function* () {
      const run = broken(({ share }) => {
        for (const year of [2008, 2009, 2010]) share[at("Gansu", year)] = share[at("Gansu", 2008)]!
      })
      assert.deepStrictEqual(yield* graveOf(run), [["run", "share", "Gansu", 2008]])
      const year = broken(({ gdp }) => {
        for (const entity of entities) gdp[at(entity, 2011)] = gdp[at(entity, 2010)]!
      })
      const copied = yield* graveOf(year, { changes: false })
      assert.deepStrictEqual(
        copied.map(([code, , , when]) => [code, when]),
        [["copied-year", 2011]]
      )
      const series = broken(({ share }) => {
        for (const own of years) share[at("Hebei", own)] = share[at("Fujian", own)]!
      })
      assert.deepStrictEqual(yield* graveOf(series), [["copied-series", "share", "Hebei", 2003]])
      const row = broken(({ a, b, gdp }) => {
        for (const own of [a, b, gdp]) own[at("Fujian", 2007)] = own[at("Chongqing", 2007)]!
      })
      assert.deepStrictEqual(yield* graveOf(row, { changes: false }), [["copied-row", "a", "Fujian", 2007]])
      const policy = entities.flatMap((_, i) => years.map((_, t) => (t > i ? 1 : 0)))
      assert.deepStrictEqual(yield* graveOf({ policy }), [])
    })
  )
  it.effect("zeros among large values, units that the values do not look like, and gaps", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* graveOf(broken(({ gdp }) => (gdp[at("Jilin", 2012)] = 0))), [["zero", "gdp", "Jilin", 2012]])
      const wrong = tableOf({ share: clean().share.map((value) => value / 100) })
      assert.match(
        (yield* found(wrong)).messages[0]!,
        /^share: the unit is %, and no value is beyond 0\.\d+: they look like shares; say unit: "share", or multiply by 100$/
      )
      const people = panelOf(["a"], [1, 2], { people: { values: [1.5, 2], unit: "persons" } })
      assert.match((yield* found(people)).messages[0]!, /1 of 2 values are no whole numbers \(1\.5\)/)
      const gaps = yield* found(panelOf(["a", "b"], [1, 2, 3, 4], { x: [1, na, na, 4, na, na, na, na] }))
      assert.deepStrictEqual(gaps.findings, [
        ["gap", "x", "b", 1],
        ["gap", "x", "a", 2]
      ])
      assert.deepStrictEqual(
        gaps.messages.map((message) => message.split(";")[0]),
        ["x: b 1: no value at all", "x: a 2: no value in 2-3"]
      )
    })
  )
  it.effect("outliers of a year, by robust z and by Tukey's fences, are notes", () =>
    Effect.gen(function* () {
      const { findings, warnings } = yield* found(
        tableOf(broken(({ share }) => share.splice(at("Hainan", 2003), 14, ...years.map((year) => 80 + year / 100)))),
        {
          copies: false,
          runs: false
        }
      )
      assert.strictEqual(findings.filter(([code, , entity]) => code === "outlier" && entity === "Hainan").length, 14)
      assert.strictEqual(findings.filter(([code, , entity]) => code === "beyond-fences" && entity === "Hainan").length, 14)
      assert.deepStrictEqual(
        warnings.map(({ code }) => code),
        ["more-findings"]
      )
      assert.match(warnings[0]!.message, /^\d+ notes \(outlier \d+, beyond-fences \d+\): all are in the output "findings"$/)
    })
  )
  it.effect("filled cells are nobody's mistake; quality counts them, and findings by variable", () =>
    Effect.gen(function* () {
      const values = broken(({ gdp, share }) => {
        gdp[at("Hebei", 2010)] = 3.3 * gdp[at("Hebei", 2010)]!
        gdp[at("Hunan", 2010)] = 4 * gdp[at("Hunan", 2010)]!
        share[0] = na
      })
      const filled = values.gdp.map((_, row) => (row === at("Hebei", 2010) ? 1 : 0))
      const { findings, outputs } = yield* found(tableOf(values, { gdp: filled }), { outliers: false, fences: false })
      assert.deepStrictEqual(findings, [
        ["spike", "gdp", "Hunan", 2010],
        ["gap", "share", "Anhui", 2003]
      ])
      const quality = outputs["quality"]
      assert.deepStrictEqual(column(quality, "variable"), ["a", "b", "gdp", "share"])
      assert.deepStrictEqual(column(quality, "unit"), ["CNY", "CNY", "CNY", "%"])
      assert.deepStrictEqual(
        ["n", "missing", "filled", "jumps", "warnings", "notes", "years", "entities"].map((name) => numbers(quality, name).slice(2)),
        [
          [168, 167],
          [0, 1],
          [1, 0],
          [1, 0],
          [1, 0],
          [0, 1],
          [14, 14],
          [12, 12]
        ]
      )
    })
  )
  it.effect("warnings of one kind about one variable stand together, are capped, and the rest is counted; the node fails only when asked", () =>
    Effect.gen(function* () {
      const values = broken(({ gdp, share }) => {
        for (const entity of ["Anhui", "Gansu", "Hunan"]) gdp[at(entity, 2010)] = 3.3 * gdp[at(entity, 2010)]!
        share[at("Jilin", 2008)] = 85
      })
      const params = { outliers: false, fences: false }
      const { warnings } = yield* found(tableOf(values), params)
      assert.deepStrictEqual(
        warnings.map(({ code, where }) => [code, where?.column]),
        [
          ["spike", "gdp"],
          ["spike", "share"]
        ].sort((a) => (a[1] === warnings[0]!.where?.column ? -1 : 1))
      )
      assert.match(warnings.find(({ where }) => where?.column === "gdp")!.message, /\(and 2 more such: \w+ 2010, \w+ 2010\)$/)
      const capped = (yield* found(tableOf(values), { ...params, listed: 0 })).warnings
      assert.deepStrictEqual(
        capped.map(({ message }) => message),
        ['4 more findings (spike 4): all are in the output "findings"']
      )
      const faults = yield* faultsOf(validate, { panel: tableOf(values) }, { ...params, fail: "warning" })
      assert.strictEqual(faults.length, 4)
      assert.strictEqual((yield* found(tableOf(values), { ...params, fail: "error" })).findings.length, 4)
      const [fault] = yield* faultsOf(validate, { panel: tableOf(values) }, { identities: [{ total: "gpd", parts: ["a"] }] })
      assert.include(fault!.message, 'identities[0]: the panel has no variable "gpd"; did you mean "gdp"?')
    })
  )
})
