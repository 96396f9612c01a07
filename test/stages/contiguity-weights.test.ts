import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { contiguityWeights } from "../../stages/contiguity-weights.ts"
import { entitiesOf, faultsOf, panelOf } from "./panel-tables.ts"
import { column, fileOf, numbers, runStage } from "./run-stage.ts"

const dictionary = entitiesOf(["Anhui", "Beijing", "Chongqing", "Dalian"], { short: ["AH", "BJ", "CQ", "DL"] })
const panel = panelOf(["Anhui", "Beijing", "Chongqing"], [2003], {})
const borders = (...lines: ReadonlyArray<string>) => fileOf("borders.csv", ["from,to", ...lines].join("\n"))
const inputs = (...lines: ReadonlyArray<string>) => ({ source: borders(...lines), entities: dictionary, panel })

describe("stage contiguity-weights", () => {
  it.effect("a border counts both ways and rows are standardised; entities that the panel leaves out are left out", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(contiguityWeights, inputs("Beijing,Anhui", "Beijing,Chongqing", "Chongqing,Beijing", "Dalian,Beijing"))
      expect(column(outputs["output"], "from")).toEqual(["Anhui", "Beijing", "Beijing", "Chongqing"])
      expect(column(outputs["output"], "to")).toEqual(["Beijing", "Anhui", "Chongqing", "Beijing"])
      expect(numbers(outputs["output"], "weight")).toEqual([1, 0.5, 0.5, 1])
    })
  )
  it.effect("names may be aliases", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(contiguityWeights, inputs("BJ,AH", "BJ,CQ"), { aliases: ["short"], standardize: "none" })
      expect(numbers(outputs["output"], "weight")).toEqual([1, 1, 1, 1])
    })
  )
  it.effect("unknown names and an entity that borders on itself are told together, with their rows", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(contiguityWeights, inputs("Bejing,Anhui", "Chongqing,Chongqing", "Anhui,Xyz", "BJ,Anhui"))
      expect(faults.map((fault) => fault.message)).toEqual([
        'borders.csv, row 2, column "from": found "Bejing", expected the name of an entity; did you mean "Beijing"?',
        'borders.csv, row 3, column "to": found "Chongqing", expected an entity other than Chongqing; remove the row',
        'borders.csv, row 4, column "to": found "Xyz", expected the name of an entity; correct it, or add the entity to the dictionary',
        'borders.csv, row 5, column "from": found "BJ", expected the name of an entity; "BJ" is in the dictionary\'s column short: add aliases: ["short"]'
      ])
    })
  )
  it.effect("a missing column is told", () =>
    Effect.gen(function* () {
      const source = fileOf("borders.csv", "from,too\nAnhui,Beijing\n")
      expect((yield* faultsOf(contiguityWeights, { source, entities: dictionary, panel }))[0]?.message).toMatch(/no column "to"; did you mean "too"/)
    })
  )
  it.effect("an island is a fault unless allowed, and then stands in the table as a link of weight 0 to itself", () =>
    Effect.gen(function* () {
      expect((yield* faultsOf(contiguityWeights, inputs("Anhui,Beijing")))[0]?.message).toMatch(/no neighbour in the list: "Chongqing"/)
      const { outputs } = yield* runStage(contiguityWeights, inputs("Anhui,Beijing"), { allowIslands: true })
      expect(column(outputs["output"], "from")).toEqual(["Anhui", "Beijing", "Chongqing"])
      expect(numbers(outputs["output"], "weight")).toEqual([1, 1, 0])
    })
  )
  it.effect("of areas: who touches; names may be aliases, unknown areas are left out and told, lacking ones are faults", () =>
    Effect.gen(function* () {
      const area = (code: string, x: number, y: number) => ({
        type: "Feature",
        properties: { code },
        geometry: {
          type: "Polygon",
          coordinates: [
            [
              [x, y],
              [x + 1, y],
              [x + 1, y + 1],
              [x, y + 1],
              [x, y]
            ]
          ]
        }
      })
      const map = (...features: ReadonlyArray<unknown>) => ({
        source: fileOf("map.geojson", JSON.stringify({ type: "FeatureCollection", features })),
        entities: dictionary,
        panel
      })
      const all = map(area("AH", 0, 0), area("BJ", 1, 1), area("CQ", 1, 0), area("DL", 5, 5), area("XX", 6, 6))
      const queen = yield* runStage(contiguityWeights, all, { id: "code", aliases: ["short"], standardize: "none" })
      expect(column(queen.outputs["output"], "from")).toEqual(["Anhui", "Anhui", "Beijing", "Beijing", "Chongqing", "Chongqing"])
      expect(column(queen.outputs["output"], "kind")[0]).toBe("contiguity: queen")
      expect(queen.warnings.map(({ message }) => message)).toEqual(['map.geojson: 1 name is not in the dictionary of entities and left out: "XX"'])
      const rook = yield* runStage(contiguityWeights, all, { id: "code", aliases: ["short"], criterion: "rook", snap: 0.01 })
      expect(column(rook.outputs["output"], "to")).toEqual(["Chongqing", "Chongqing", "Anhui", "Beijing"])
      expect(column(rook.outputs["output"], "kind")[0]).toBe("contiguity: rook, snap 0.01")
      const faults = yield* faultsOf(contiguityWeights, map(area("AH", 0, 0), area("Bejing", 1, 0), area("AH", 3, 0)), { id: "code" })
      expect(faults.map(({ message }) => message)).toEqual(['map.geojson, feature 3: "AH" is feature 1 already; make one MultiPolygon of both'])
      const lacking = yield* faultsOf(contiguityWeights, map(area("AH", 0, 0), area("Bejing", 1, 0)), { id: "code" })
      expect(lacking.map(({ message }) => message)).toEqual([
        'map.geojson: Anhui of the panel is not in it; "AH" is in the dictionary\'s column short: add aliases: ["short"]',
        'map.geojson: Beijing of the panel is not in it; did you mean its "Bejing"?',
        "map.geojson: Chongqing of the panel is not in it; add it there, or leave it out with subset"
      ])
    })
  )
})
