import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { beforeAll, expect } from "vitest"
import type { StoredTable } from "../../../src/artifact/column.ts"
import { figureSvg } from "../../../src/render/figure/figure-svg.ts"
import { mapFigure } from "../../../stages/figures/map-figure.ts"
import { areasTable, provinces } from "../maps/four-areas.ts"
import { faultsOf, panelOf } from "../panel-tables.ts"
import { column, runStage } from "../run-stage.ts"

let areas: StoredTable
beforeAll(async () => {
  areas = await areasTable()
})
const panel = panelOf(provinces, [2003, 2021], { ami: { values: [10, 20, 12, 24, 31, 40, 18, Number.NaN], unit: "0 to 100" } })
const params = { title: "Manufacturing", variable: "ami", years: [2003, 2021] }
const seriesOf = (table: StoredTable | undefined, panelName: string) => {
  const [names, marks, series] = ["panel", "mark", "series"].map((name) => column(table, name) as ReadonlyArray<string>)
  return [...new Set(names!.flatMap((name, i) => (name === panelName && marks![i] === "polygon" ? [series![i]!] : [])))]
}
const noteOf = (table: StoredTable | undefined) => (column(table, "note") as ReadonlyArray<string>)[0]

describe("map figure", () => {
  it.effect("draws each year's areas in the class of their values, the same classes for all years; what has no value is hatched", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(mapFigure, { areas, panel }, { ...params, classes: "equal", count: 3 })
      const table = outputs["output"]
      expect(warnings).toEqual([])
      expect(seriesOf(table, "2003")).toEqual(["10 to <20", "30 to 40"].filter((name) => name !== "20 to <30"))
      expect(seriesOf(table, "2021")).toEqual(["20 to <30", "30 to 40", "no value"])
      expect(noteOf(table)).toBe(
        "ami (0 to 100); 3 classes by equal intervals over all years drawn.\nMap: Squares (public domain). Albers equal-area conic projection, true at 23°N and 37°N."
      )
      yield* Effect.promise(() => expect(figureSvg(table!)).toMatchFileSnapshot("expected/map-figure.svg"))
      yield* Effect.promise(() => expect(figureSvg(table!, 360)).toMatchFileSnapshot("expected/map-figure-narrow.svg"))
    })
  )

  it.effect("takes bounds of one's own, the last year without others, and projection, label and notes that are given", () =>
    Effect.gen(function* () {
      const own = { title: "t", variable: "ami", classes: [0, 20, 50], palette: "diverging", label: "Index", parallels: [-10, 47.4], notes: ["Mine."] }
      const { outputs } = yield* runStage(mapFigure, { areas, panel }, own)
      expect(seriesOf(outputs["output"], "")).toEqual(["20 to 50", "no value"])
      expect(noteOf(outputs["output"])).toBe("Index, 2021.\nMap: Squares (public domain). Albers equal-area conic projection, true at 10°S and 47°N.\nMine.")
    })
  )

  it.effect("tells entities that have no area, and areas of which there is no row", () =>
    Effect.gen(function* () {
      const other = panelOf(["Anhui", "Hebei", "Hunan"], [2021], { ami: [1, 2, 3] })
      const { warnings } = yield* runStage(mapFigure, { areas, panel: other }, { title: "t", variable: "ami" })
      expect(warnings.map(({ message }) => message)).toEqual([
        "not on the map, since they have no area: Hunan",
        'drawn as "no value", since there is no row of them: Beijing, Tianjin'
      ])
    })
  )

  it.effect("refuses values outside of one's own bounds, a year that is not there, a variable without values", () =>
    Effect.gen(function* () {
      const of = (own: object) => Effect.map(faultsOf(mapFigure, { areas, panel }, { ...params, ...own }), (faults) => faults[0]!.message)
      expect(yield* of({ classes: [0, 15, 30] })).toBe('classes: 2 of 7 values of "ami" are outside of 0 to 30, 31 for one; widen the bounds')
      expect(yield* of({ years: [1999] })).toBe("there is no row of the panel in 1999; the years are 2003, 2021")
      const blank = panelOf(provinces, [2021], { ami: provinces.map(() => Number.NaN) })
      const [fault] = yield* faultsOf(mapFigure, { areas, panel: blank }, { title: "t", variable: "ami" })
      expect(fault!.message).toBe('"ami" has no value in 2021 of an entity that has an area')
    })
  )
})
