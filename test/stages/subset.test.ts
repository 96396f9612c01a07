import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { subset } from "../../stages/subset.ts"
import { entitiesOf, faultsOf, panelOf } from "./panel-tables.ts"
import { column, numbers, runStage } from "./run-stage.ts"

const entities = entitiesOf(["a", "b", "c"], { region: ["East", "West", null], cluster: ["yes", "no", "yes"] })
const panel = panelOf(["a", "b", "c"], [2003, 2004], { x: { values: [1, 2, 3, 4, 5, 6], unit: "kg", filled: [0, 1, 0, 0, 0, 0] } })

describe("subset", () => {
  it.effect("rows are picked by groups and years, with units and masks", () =>
    Effect.gen(function* () {
      const { outputs, reads } = yield* runStage(
        subset,
        { panel, entities },
        { where: { region: ["East", "West"], cluster: ["yes"] }, years: { from: 2004, to: 2010 } }
      )
      assert.deepStrictEqual(column(outputs["output"], "entity"), ["a"])
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [2])
      assert.deepStrictEqual(numbers(outputs["output"], "x__filled"), [1])
      assert.notInclude(reads, "entities column latitude")
    })
  )
  it.effect("without groups the dictionary is not read", () =>
    Effect.gen(function* () {
      const { outputs, reads } = yield* runStage(subset, { panel, entities }, { years: { from: 2003, to: 2003 } })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [1, 3, 5])
      assert.isFalse(reads.some((read) => read.startsWith("entities")))
    })
  )
  it.effect("an unknown column or value is a fault that lists what there is", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(subset, { panel, entities }, { where: { regoin: ["East"], region: ["Eastern"] } })
      assert.deepStrictEqual(
        faults.map(({ code }) => code),
        ["unknown-group-column", "unknown-group"]
      )
      assert.include(faults[0]!.message, 'did you mean "region"?')
      assert.include(faults[1]!.message, "East, West")
    })
  )
  it.effect("an entity of the panel that the dictionary lacks is a fault", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(subset, { panel, entities: entitiesOf(["a", "b"], { region: ["East", "West"] }) }, { where: { region: ["East"] } })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.entity]),
        [["unknown-entity", "c"]]
      )
    })
  )
  it.effect("nothing left is a fault", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(subset, { panel, entities }, { years: { from: 1990, to: 1991 } })
      assert.strictEqual(faults[0]!.code, "empty-subset")
    })
  )
})
