import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { denseWeights } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { spatialWeights } from "../../stages/spatial-weights.ts"
import { Entities } from "../../stages/table-types.ts"
import { entities, weights } from "../econometrics/us-states.ts"
import { faultsOf, panelOf } from "./panel-tables.ts"
import { column, numbers, runStage, tableOf } from "./run-stage.ts"
import { statesDictionary, statesPanel } from "./spatial-inputs.ts"

const dictionary = (latitude: ReadonlyArray<number>, longitude: ReadonlyArray<number>, names = ["a", "b", "c"]) =>
  tableOf(Entities, { entity: names, latitude: Float64Array.from(latitude), longitude: Float64Array.from(longitude), rest: new Map() })
const three = dictionary([0, 0, 10], [0, 10, 0])
const panel = panelOf(["a", "b", "c"], [2003, 2004], { pgdp: [1, 3, 4, 4, 9, 9] })

describe("stage spatial-weights", () => {
  it.effect("nests row-standardised geographic and economic weights, half each, as the oracle does", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(spatialWeights, { entities: statesDictionary, panel: statesPanel }, { economy: "prod" })
      const matrix = denseWeights(weights.nested)
      const place = new Map(entities.map((entity, i) => [entity, i]))
      const from = column(outputs["output"], "from") as ReadonlyArray<string>
      const to = column(outputs["output"], "to") as ReadonlyArray<string>
      expect(from.length).toBe(48 * 47)
      numbers(outputs["output"], "weight").forEach((weight, link) => {
        expect(weight).toBeCloseTo(matrix[place.get(from[link]!)! * 48 + place.get(to[link]!)!]!, 12)
      })
      expect(column(outputs["output"], "kind")[0]).toBe("nested: 0.5 geographic + 0.5 economic (prod)")
    })
  )
  it.effect("economic weights come of the means over the years", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(spatialWeights, { entities: three, panel }, { kind: "economic", economy: "pgdp", standardize: "none" })
      // means 2, 4, 9
      expect(numbers(outputs["output"], "weight")).toEqual([1 / 2, 1 / 7, 1 / 2, 1 / 5, 1 / 7, 1 / 5])
      expect(column(outputs["output"], "to")).toEqual(["b", "c", "a", "c", "a", "b"])
    })
  )
  it.effect("geographic weights do not read the panel's variables, economic ones read one, and neither reads the other's", () =>
    Effect.gen(function* () {
      const geographic = yield* runStage(spatialWeights, { entities: three, panel }, { kind: "geographic" })
      expect([...geographic.reads].sort()).toEqual(["entities column entity", "entities column latitude", "entities column longitude", "panel column entity"])
      const economic = yield* runStage(spatialWeights, { entities: three, panel }, { kind: "economic", economy: "pgdp" })
      expect(economic.reads.filter((read) => read.startsWith("entities"))).toEqual([])
    })
  )
  it.effect("two entities at one point are a fault that names both", () =>
    Effect.gen(function* () {
      const [fault] = yield* faultsOf(spatialWeights, { entities: dictionary([5, 0, 5], [7, 0, 7]), panel }, { kind: "geographic" })
      expect(fault?.message).toMatch(/"a" and "c" \(latitude 5, longitude 7\)/)
    })
  )
  it.effect("two equal GDPs are a fault with the pair and the value", () =>
    Effect.gen(function* () {
      const equal = panelOf(["a", "b", "c"], [2003, 2004], { pgdp: [1, 3, 4, 4, 3, 1] })
      const [fault] = yield* faultsOf(spatialWeights, { entities: three, panel: equal }, { economy: "pgdp" })
      expect(fault?.code).toBe("equal-economies")
      expect(fault?.message).toMatch(/"a" and "c" \(both 2\)/)
    })
  )
  it.effect("a missing value, a missing variable and an entity without coordinates are named", () =>
    Effect.gen(function* () {
      const holed = panelOf(["a", "b", "c"], [2003, 2004], { pgdp: [1, Number.NaN, 4, 4, 3, 1] })
      expect((yield* faultsOf(spatialWeights, { entities: three, panel: holed }, { economy: "pgdp" }))[0]?.message).toMatch(/pgdp: a has no value for 2004/)
      expect((yield* faultsOf(spatialWeights, { entities: three, panel }, { economy: "pgdpp" }))[0]?.message).toMatch(
        /no variable "pgdpp"; did you mean "pgdp"/
      )
      const two = dictionary([0, 1], [0, 1], ["a", "b"])
      expect((yield* faultsOf(spatialWeights, { entities: two, panel }, { economy: "pgdp" }))[0]?.message).toMatch(
        /not in the dictionary of entities: "c"; add them there/
      )
    })
  )
  it.effect("each entity of the panel without coordinates is named where distances are taken, with what to do; economic weights need none", () =>
    Effect.gen(function* () {
      const na = Number.NaN
      const partly = dictionary([1, na, na, na], [2, na, na, na], ["a", "b", "c", "not in the panel"])
      for (const kind of ["geographic", "nested"])
        expect((yield* faultsOf(spatialWeights, { entities: partly, panel }, { kind, economy: "pgdp" })).map(({ message }) => message)).toEqual([
          expect.stringMatching(
            /do not have: "b", "c"; write latitude and longitude .* into the file of the stage entities .*kind "economic", or the stage contig/
          )
        ])
      const both = yield* faultsOf(spatialWeights, { entities: dictionary([1, na], [2, na], ["a", "b"]), panel }, { kind: "geographic" })
      expect(both.map(({ code }) => code)).toEqual(["unknown-entity", "unlocated-entity"])
      const { outputs } = yield* runStage(spatialWeights, { entities: partly, panel }, { kind: "economic", economy: "pgdp" })
      expect(outputs["output"]?.rows).toBe(6)
    })
  )
  it.effect("each with its nearest, within a distance, by another decay or metric: the column kind tells which", () =>
    Effect.gen(function* () {
      const of = (params: Readonly<Record<string, unknown>>) =>
        Effect.map(runStage(spatialWeights, { entities: statesDictionary, panel: statesPanel }, { kind: "geographic", ...params }), ({ outputs }) => ({
          kind: column(outputs["output"], "kind")[0],
          links: outputs["output"]!.rows,
          total: numbers(outputs["output"], "weight").reduce((a, b) => a + b)
        }))
      expect(yield* of({ neighbours: "nearest", k: 4 })).toEqual({ kind: "geographic: 4 nearest, binary", links: 192, total: expect.closeTo(48, 10) })
      expect(yield* of({ neighbours: "nearest", k: 4, standardize: "none" })).toMatchObject({ total: 192 })
      expect(yield* of({ decay: "exponential", bandwidth: 500, distance: "ellipsoid", standardize: "unit" })).toEqual({
        kind: "geographic: exp(-distance/500 km) (ellipsoid)",
        links: 48 * 47,
        total: expect.closeTo(1, 12)
      })
      const band = yield* of({ neighbours: "band", to: "no-islands", decay: "inverse", power: 2 })
      expect(band.kind).toMatch(/^geographic: within 614\.3\d+ km, the least without islands, 1\/distance\^2$/)
      const islands = yield* faultsOf(spatialWeights, { entities: statesDictionary, panel: statesPanel }, { kind: "geographic", neighbours: "band", to: 300 })
      expect(islands.map(({ code }) => code)).toEqual(["island"])
      expect((yield* of({ neighbours: "band", from: 100, to: 300, allowIslands: true })).kind).toBe("geographic: from 100 to 300 km, binary")
    })
  )
  it.effect("planar distances are of two columns of the dictionary; ties are told", () =>
    Effect.gen(function* () {
      const grid = tableOf(Entities, {
        entity: ["a", "b", "c"],
        latitude: new Float64Array(3).fill(Number.NaN),
        longitude: new Float64Array(3).fill(Number.NaN),
        rest: new Map([
          ["east", { values: ["0", "1", "2"] }],
          ["north", { values: ["0", "0", "0"] }],
          ["code", { values: ["x", null, "7"] }]
        ])
      })
      const planar = { kind: "geographic", distance: "planar", x: "east", y: "north" }
      const { outputs, reads, warnings } = yield* runStage(spatialWeights, { entities: grid, panel }, { ...planar, neighbours: "nearest", k: 1 })
      expect(column(outputs["output"], "to")).toEqual(["b", "a", "b"])
      expect(warnings.map(({ message }) => message)).toEqual([
        '1 entity has others as far away as the last of the 1 nearest, and who comes first by name is taken: "b"'
      ])
      expect(reads).not.toContain("entities column latitude")
      const faults = yield* faultsOf(spatialWeights, { entities: grid, panel }, { ...planar, x: "code", y: "nort" })
      expect(faults.map(({ message }) => message)).toEqual([
        'x: found "x" for a in the dictionary\'s column "code", expected a number; correct it in the file of the stage entities',
        'x: found "" for b in the dictionary\'s column "code", expected a number; correct it in the file of the stage entities',
        expect.stringMatching(/^y: the dictionary of entities has no column "nort"; did you mean "north"/)
      ])
    })
  )
  it.effect("nested by a diagonal or by element, with any geographic part", () =>
    Effect.gen(function* () {
      const of = (params: Readonly<Record<string, unknown>>) =>
        runStage(spatialWeights, { entities: three, panel }, { economy: "pgdp", standardize: "none", neighbours: "nearest", k: 1, ...params })
      // means 2, 4, 9 over 5; a and b are equally far from c and from each other: the first by name.
      const diagonal = yield* of({ nesting: "diagonal" })
      expect(numbers(diagonal.outputs["output"], "weight")).toEqual([4 / 5, 2 / 5, 2 / 5])
      expect(column(diagonal.outputs["output"], "kind")[0]).toBe("nested: geographic (1 nearest, binary) x diagonal (pgdp over its mean)")
      const product = yield* of({ nesting: "product" })
      expect(numbers(product.outputs["output"], "weight")).toEqual([1 / 2, 1 / 2, 1 / 7])
      const convex = yield* of({ phi: 1 })
      expect(numbers(convex.outputs["output"], "weight")).toEqual([1, 1, 1])
      expect(column(convex.outputs["output"], "kind")[0]).toBe("nested: 1 geographic (1 nearest, binary) + 0 economic (pgdp)")
    })
  )
  it.effect("parameters that do not go together are refused, all at once", () =>
    Effect.gen(function* () {
      const refused = (params: Readonly<Record<string, unknown>>) =>
        Effect.map(Effect.flip(runStage(spatialWeights, { entities: three, panel }, params)), String)
      const several = yield* refused({
        kind: "geographic",
        neighbours: "band",
        from: 5,
        k: 3,
        decay: "exponential",
        power: 2,
        distance: "planar",
        x: "e",
        nesting: "product"
      })
      for (const part of [
        /it goes with neighbours "nearest" alone\n\s+at \["k"\]/,
        /neighbours "band" needs it\n\s+at \["to"\]/,
        /it goes with decay "inverse" alone\n\s+at \["power"\]/,
        /decay "exponential" needs it\n\s+at \["bandwidth"\]/,
        /distance "planar" needs it\n\s+at \["y"\]/,
        /it goes with kind "nested" alone\n\s+at \["nesting"\]/
      ])
        expect(several).toMatch(part)
      expect(yield* refused({ kind: "geographic", neighbours: "band", from: 5, to: 5 })).toMatch(/it must be more than from \(5\)/)
      expect(yield* refused({ kind: "economic", economy: "pgdp", neighbours: "nearest", k: 3 })).toMatch(/know no distance: take out/)
    })
  )
  it.effect("economic weights without a variable are refused with the parameters", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(runStage(spatialWeights, { entities: three, panel }, { kind: "economic" }))
      expect(String(failure)).toMatch(/economic weights need the panel's variable/)
    })
  )
})
