import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { locate } from "../../stages/locate.ts"
import { within } from "../../stages/models/within.ts"
import { Entities } from "../../stages/table-types.ts"
import { oracleData } from "../econometrics/panels.ts"
import { difference, oracle } from "../econometrics/produc.ts"
import { statesPanel } from "./models/panel.ts"
import { faultsOf, panelOf } from "./panel-tables.ts"
import { numbers, runStage, tableOf } from "./run-stage.ts"

/** Each state where R's state.center has it, under the panel's names. */
const places = () => {
  const data = oracleData("data/produc.csv")
  const [latitude, longitude] = [data.variable("latitude").values, data.variable("longitude").values]
  const states = data.text("state")
  const rows = states.flatMap((name, row) => (states.indexOf(name) === row ? [row] : []))
  return tableOf(Entities, {
    entity: rows.map((row) => states[row]!),
    latitude: Float64Array.from(rows, (row) => latitude[row]!),
    longitude: Float64Array.from(rows, (row) => longitude[row]!),
    rest: new Map()
  })
}

describe("locate", () => {
  it.effect("gives a model what Conley's variance needs: standard errors as R has them by the formula", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(locate, { panel: statesPanel(), entities: places() })
      const variance = { kind: "conley", cutoff: 1000, kernel: "bartlett", lag: 2 }
      const fitted = yield* runStage(
        within,
        { panel: outputs["output"]! },
        { dependent: "lgsp", regressors: ["lpcap"], controls: ["lpc", "lemp", "unemp"], variance }
      )
      const expected = oracle("fixed-effects").conley.cases.find(
        (one: Record<string, unknown>) => one["kernel"] === "bartlett" && one["cutoff"] === 1000 && one["lag"] === 2 && one["periods"] === "within"
      )
      expect(difference(numbers(fitted.outputs["coefficients"], "std_error").slice(0, 4), expected.se)).toBeLessThan(1e-9)
    })
  )
  it.effect("tells every entity that has no place, and a variable that is there already", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a", "b", "c"], [2003], { latitude: [1, 2, 3] })
      const entities = tableOf(Entities, {
        entity: ["a", "b"],
        latitude: Float64Array.of(30, Number.NaN),
        longitude: Float64Array.of(110, Number.NaN),
        rest: new Map()
      })
      const faults = yield* faultsOf(locate, { panel, entities })
      expect(faults.map(({ code, where }) => [code, where?.entity ?? where?.column])).toEqual([
        ["duplicate-variable", "latitude"],
        ["missing-coordinates", "b"],
        ["missing-coordinates", "c"]
      ])
    })
  )
})
