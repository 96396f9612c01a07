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
      const { outputs } = yield* runStage(spatialWeights, { entities: three, panel }, { kind: "economic", economy: "pgdp", standardise: "none" })
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
  it.effect("economic weights without a variable are refused with the parameters", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(runStage(spatialWeights, { entities: three, panel }, { kind: "economic" }))
      expect(String(failure)).toMatch(/economic weights need the panel's variable/)
    })
  )
})
