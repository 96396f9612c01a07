import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { beforeAll, expect } from "vitest"
import type { StoredTable } from "../../../src/artifact/column.ts"
import { figureSvg } from "../../../src/render/figure/figure-svg.ts"
import { LocalG, LocalMoran } from "../../../stages/autocorrelation-types.ts"
import { hotSpotMapFigure } from "../../../stages/figures/hot-spot-map-figure.ts"
import { localMapFigure } from "../../../stages/figures/local-map-figure.ts"
import { areasTable, provinces } from "../maps/four-areas.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, runStage, tableOf } from "../run-stage.ts"

let areas: StoredTable
beforeAll(async () => {
  areas = await areasTable()
})

const local = (cluster: ReadonlyArray<string>, decidedBy: string) => {
  const numbers = Float64Array.from(cluster, () => 0.5)
  return {
    variable: cluster.map(() => "ami"),
    entity: cluster.map((_, i) => provinces[i % 4]!),
    year: Int32Array.from(cluster, (_, i) => (i < 4 ? 2003 : 2021)),
    ...Object.fromEntries(["statistic", "expected", "variance", "z", "p", "p_fdr", "p_permutation", "p_permutation_fdr"].map((name) => [name, numbers])),
    cluster,
    decided_by: cluster.map(() => decidedBy),
    alternative: cluster.map(() => "two-sided"),
    permutations: Int32Array.from(cluster, () => 999)
  }
}
const lisa = (cluster: ReadonlyArray<string>, decidedBy = "p_fdr <= 0.05") =>
  tableOf(LocalMoran, {
    ...local(cluster, decidedBy),
    value: Float64Array.from(cluster, () => 1),
    lag: Float64Array.from(cluster, () => 1),
    quadrant: cluster,
    moments: cluster.map(() => "conditional")
  })
const clusters = ["high-high", "not significant", "low-low", "island", "high-high", "low-high", "high-low", "island"]
const params = { title: "Clusters", variable: "ami", years: [2003, 2021] }
const texts = (table: StoredTable | undefined, name: string) => column(table, name) as ReadonlyArray<string>
const legendOf = (table: StoredTable | undefined) =>
  texts(table, "mark").flatMap((mark, i) => (mark === "text" && texts(table, "series")[i] !== "" ? [texts(table, "series")[i]] : []))
const namesIn = (table: StoredTable | undefined, panel: string) =>
  texts(table, "label").filter((label, i) => label !== "" && label !== null && texts(table, "panel")[i] === panel)

describe("maps of clusters", () => {
  it.effect("have all clusters in the legend in one order, name those in one, and tell the test, the level and the adjustment", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(localMapFigure, { areas, local: lisa(clusters) }, params)
      const table = outputs["output"]
      expect(legendOf(table)).toEqual(["high-high", "low-low", "high-low", "low-high", "not significant", "island"])
      expect([...namesIn(table, "2003")].sort()).toEqual(["Anhui", "Hebei"])
      expect(texts(table, "note")[0]!.split("\n")[0]).toBe(
        "ami: own value, then the mean of the neighbours, above (high) or below (low) the mean. Significant where p adjusted for the false discovery rate over the entities of a year is at most 0.05 (two-sided)."
      )
      yield* Effect.promise(() => expect(figureSvg(table!)).toMatchFileSnapshot("expected/local-map-figure.svg"))
    })
  )

  it.effect("say that nothing was adjusted, and where nothing is significant", () =>
    Effect.gen(function* () {
      const none = [...clusters.slice(0, 4), ...provinces.map(() => "not significant")]
      const { outputs } = yield* runStage(localMapFigure, { areas, local: lisa(none, "p_permutation <= 0.1") }, { ...params, named: "all" })
      expect(new Set(texts(outputs["output"], "panel"))).toEqual(new Set(["2003", "2021: none significant"]))
      expect(namesIn(outputs["output"], "2003")).toHaveLength(4)
      expect(texts(outputs["output"], "note")[0]).toContain(
        "Significant where p by conditional permutation is at most 0.1 (two-sided, 999 permutations); not adjusted for the number of entities."
      )
    })
  )

  it.effect("of Getis and Ord's G* are of hot and cold spots", () =>
    Effect.gen(function* () {
      const spots = ["hot spot", "not significant", "cold spot", "not significant"]
      const table = tableOf(LocalG, { ...local(spots, "p_fdr <= 0.05"), kind: spots.map(() => "G*") })
      const { outputs } = yield* runStage(hotSpotMapFigure, { areas, local: table }, { title: "Spots", variable: "ami" })
      expect(legendOf(outputs["output"])).toEqual(["hot spot", "cold spot", "not significant"])
      expect(texts(outputs["output"], "note")[0]).toContain(
        "ami, 2003: an entity and its neighbours have high (hot) or low (cold) values, by Getis and Ord's G*."
      )
      yield* Effect.promise(() => expect(figureSvg(outputs["output"]!)).toMatchFileSnapshot("expected/hot-spot-map-figure.svg"))
    })
  )

  it.effect("refuse a variable and a year that were not tested", () =>
    Effect.gen(function* () {
      const of = (own: object) => Effect.map(faultsOf(localMapFigure, { areas, local: lisa(clusters) }, { ...params, ...own }), (faults) => faults[0]!.message)
      expect(yield* of({ variable: "gdp" })).toBe('there is no local Moran\'s I of "gdp"; the variables are "ami"')
      expect(yield* of({ years: [2010] })).toBe('there is no local Moran\'s I of "ami" in 2010; the years are 2003, 2021')
    })
  )
})
