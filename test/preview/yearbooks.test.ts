import { assert, describe, it } from "@effect/vitest"
import { Effect, Result, Schema } from "effect"
import fc from "fast-check"
import { CurrentStage, type SourceFile, type StageFailure } from "../../src/dag/stage.ts"
import { type Dictionary, readDictionary } from "../../src/preview/dictionary.ts"
import { preview } from "../../src/preview/preview.ts"
import { readSource } from "../../stages/ingest/read-source.ts"
import { SourceDescription } from "../../stages/ingest/source-params.ts"
import { formats, type LaidOut, layouts, type Panel, provinces } from "./yearbook-files.ts"

const dictionary: Dictionary = await Effect.runPromise(readDictionary("data/provinces.csv", "data/provinces.csv"))
const decode = Schema.decodeUnknownSync(SourceDescription as unknown as Schema.Codec<SourceDescription>, { onExcessProperty: "error", errors: "all" })

/** What a description reads: for each variable its cells by entity and year, missing ones left out. */
const readBy = async (file: SourceFile, description: unknown): Promise<ReadonlyMap<string, ReadonlyArray<string>>> => {
  const decoded = decode(description)
  const names = Effect.runSync(dictionary.namesBy(decoded.aliases))
  const reading = readSource([file], names, decoded).pipe(Effect.provideService(CurrentStage, { warn: () => {}, seed: () => 0 }), Effect.result)
  const result = await Effect.runPromise(reading as Effect.Effect<Result.Result<Effect.Success<ReturnType<typeof readSource>>, StageFailure>>)
  if (Result.isFailure(result)) throw new Error(result.failure.faults.map(({ message }) => message).join("\n"))
  const { observations } = result.success
  return new Map(
    observations.variables.map((name) => [
      name,
      observations.entity
        .map((who, i) => `${names.entities[who]} ${observations.year[i]} ${observations.value(name, i)}`)
        .filter((cell) => !cell.endsWith("NaN"))
        .sort()
    ])
  )
}

const written = (panel: Panel, of: "output" | "people", years: ReadonlyArray<number>): ReadonlyArray<string> =>
  panel.provinces.flatMap((one) => years.flatMap((year) => (panel[of](one, year) === null ? [] : [`${one.entity} ${year} ${panel[of](one, year)}`]))).sort()

/** What of a panel a layout has. */
const truthOf = (name: string, panel: Panel, { both }: LaidOut) => {
  const years = name === "side by side" ? panel.years.slice(0, 1) : panel.years
  return [written(panel, "output", years), ...(both ? [written(panel, "people", years)] : [])]
}

const panelOf = (chosen: ReadonlyArray<(typeof provinces)[number]>, years: ReadonlyArray<number>, values: ReadonlyArray<number | null>): Panel => {
  const at = (province: (typeof provinces)[number], year: number, which: number) =>
    values[(provinces.indexOf(province) * 31 + (year - 1990) * 7 + which * 13) % values.length]!
  return { provinces: chosen, years, output: (province, year) => at(province, year, 0), people: (province, year) => at(province, year, 1) }
}

const value = fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 0, max: 99_999_999 }).map((n) => n / 100) }, { weight: 1, arbitrary: fc.constant(null) })
/** The first value is there, so that no variable is empty; provinces in any order, years one after the other. */
const panels = fc
  .record({
    chosen: fc.shuffledSubarray([...provinces], { minLength: 4, maxLength: 12 }),
    first: fc.integer({ min: 1990, max: 2015 }),
    count: fc.integer({ min: 2, max: 4 }),
    values: fc.array(value, { minLength: 97, maxLength: 97 })
  })
  .map(({ chosen, count, first, values }) =>
    panelOf(
      chosen,
      Array.from({ length: count }, (_, i) => first + i),
      values
    )
  )

describe("tables as yearbooks have them", () => {
  it("a panel in any layout and format is read by the layout's description as it was written", async () => {
    await fc.assert(
      fc.asyncProperty(panels, fc.constantFrom(...Object.keys(layouts)), fc.constantFrom(...Object.keys(formats)), async (panel, layout, format) => {
        const laidOut = layouts[layout]!(panel)
        const read = await readBy(formats[format]!(laidOut), laidOut.description)
        assert.deepStrictEqual([...read.values()], truthOf(layout, panel, laidOut), `${layout}, ${format}`)
      }),
      { numRuns: 150 }
    )
  })
  const values = Array.from({ length: 997 }, (_, i) => (i % 41 === 40 ? null : ((i * 7919) % 100_003) / 100 + 3))
  const whole = panelOf(provinces, [2003, 2004, 2005, 2006], values)
  for (const [layout, lay] of Object.entries(layouts))
    it.effect(`what the preview proposes reads them: ${layout}`, () =>
      Effect.promise(async () => {
        const laidOut = lay(whole)
        for (const format of ["CSV", "workbook"]) {
          const file = formats[format]!(laidOut)
          const seen = await Effect.runPromise(
            preview([file], dictionary, { sheet: undefined, encoding: undefined, delimiter: undefined, quote: undefined, description: undefined })
          )
          assert.deepStrictEqual([...seen.faults, ...(seen.understood?.faults ?? [])], [])
          const read = [...(await readBy(file, seen.description)).values()]
          assert.deepStrictEqual(read, truthOf(layout, whole, laidOut), format)
        }
      })
    )
})
