import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import { areas } from "../../stages/areas.ts"
import { fourAreas, provinces } from "./maps/four-areas.ts"
import { entitiesOf, faultsOf } from "./panel-tables.ts"
import { column, fileOf, numbers, runStage } from "./run-stage.ts"

const source = (names?: ReadonlyArray<string>) => fileOf("areas.geojson", fourAreas(names))
const params = { id: "name" }

describe("areas", () => {
  it.effect("are the rings of the dictionary's entities, sorted, with the file's attribution as credit", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(areas, { source: source(), entities: entitiesOf(provinces) }, params)
      const table = outputs["output"]
      expect(warnings).toEqual([])
      expect([...new Set(column(table, "entity") as ReadonlyArray<string>)]).toEqual(provinces)
      expect(new Set(numbers(table, "ring"))).toEqual(new Set([0, 1, 2, 3, 4, 5]))
      expect(numbers(table, "longitude").slice(0, 5)).toEqual([100, 110, 110, 100, 100])
      expect(new Set(column(table, "credit") as ReadonlyArray<string>)).toEqual(new Set(["Squares (public domain)"]))
    })
  )

  it.effect("that the dictionary does not know are left out, and entities without one are told, by name", () =>
    Effect.gen(function* () {
      const inputs = { source: source(["Anhui", "Peking", "Hebei", "Sahara"]), entities: entitiesOf([...provinces, "Tibet"]) }
      const { outputs, warnings } = yield* runStage(areas, inputs, { ...params, credit: "mine" })
      expect(new Set(column(outputs["output"], "entity") as ReadonlyArray<string>)).toEqual(new Set(["Anhui", "Hebei"]))
      expect(column(outputs["output"], "credit")).toContain("mine")
      expect(warnings.map(({ message }) => message)).toEqual([
        'areas.geojson: without an area there, and so not on maps: "Beijing", "Tianjin", "Tibet"',
        'areas.geojson: 2 areas are of no entity of the dictionary and left out: "Peking", "Sahara"'
      ])
    })
  )

  it.effect("may be called by another column of the dictionary, which a message names where it is not among the aliases", () =>
    Effect.gen(function* () {
      const inputs = { source: source(["AH", "BJ", "HE", "TJ"]), entities: entitiesOf(provinces, { code: ["AH", "BJ", "HE", "TJ"] }) }
      const { outputs } = yield* runStage(areas, inputs, { ...params, aliases: ["code"] })
      expect(new Set(column(outputs["output"], "entity") as ReadonlyArray<string>)).toEqual(new Set(provinces))
      const [fault] = yield* faultsOf(areas, inputs, params)
      expect(fault!.message).toBe(
        'areas.geojson: none of its 4 areas has the name of an entity; "AH" is in the dictionary\'s column code: add aliases: ["code"]. It has "AH", "BJ", "HE", "TJ"'
      )
    })
  )

  it.effect("of one entity twice, and coordinates that are no degrees, are faults, all together", () =>
    Effect.gen(function* () {
      const projected = fourAreas(["Anhui", "AH", "Hebei", "Tianjin"]).replace("[112,24]", "[112000,24]")
      const inputs = { source: fileOf("areas.geojson", projected), entities: entitiesOf(provinces, { code: ["AH", "BJ", "HE", "TJ"] }) }
      expect((yield* faultsOf(areas, inputs, { ...params, aliases: ["code"] })).map(({ message }) => message)).toEqual([
        'areas.geojson: "Anhui" and "AH" are both Anhui; make one MultiPolygon of both',
        'areas.geojson: "Tianjin" has coordinates that are no longitude and latitude in degrees; save the file unprojected (WGS 84)'
      ])
    })
  )
})
