import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { wildBootstrap } from "../../../stages/models/wild-bootstrap.ts"
import { within } from "../../../stages/models/within.ts"
import { oracle, usStates } from "../../econometrics/produc.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { statesPanel } from "./panel.ts"

const params = { dependent: "lgsp", regressors: ["lpcap"], controls: ["lpc", "lemp", "unemp"] }
const { state } = usStates()
/** The panel of some states. */
const few = (names: ReadonlyArray<string>) =>
  statesPanel(
    {},
    [...state.keys()].filter((row) => !names.includes(state[row]!))
  )

describe("stage wild-bootstrap", () => {
  it.effect("gives the p-values of R's enumeration where clusters are few, and warns where they cannot reject", () =>
    Effect.gen(function* () {
      const { cases } = oracle("wild-bootstrap")
      const five = yield* runStage(wildBootstrap, { panel: few(cases.g5.states) }, { ...params, terms: ["lpcap", "unemp"] })
      const test = column(five.outputs["output"], "test") as ReadonlyArray<string>
      const p = numbers(five.outputs["output"], "p_value")
      const variant = column(five.outputs["output"], "variant")
      const of = (name: string, term: string) => p[test.findIndex((one, i) => one === name && variant[i] === term)]!
      const slopes = cases.g5.slopes as ReadonlyArray<Record<string, never>>
      expect(of("wild_bootstrap", "lpcap")).toBeCloseTo((slopes[0]!["rademacher"]!["zero"] as Record<string, number>)["p_ties"]!, 12)
      expect(of("wild_bootstrap", "unemp")).toBeCloseTo((slopes[3]!["rademacher"]!["zero"] as Record<string, number>)["p_ties"]!, 12)
      expect(five.warnings.map(({ code }) => code)).not.toContain("test-cannot-reject")
      const three = yield* runStage(wildBootstrap, { panel: few(cases.g3.states) }, params)
      expect(three.warnings.map(({ code }) => code)).toContain("test-cannot-reject")
      expect(column(three.outputs["output"], "note")[0]).toContain("with 3 clusters no p is below 0.25")
      const webb = yield* runStage(wildBootstrap, { panel: few(cases.g3.states) }, { ...params, wildWeights: "webb" })
      expect(webb.warnings.map(({ code }) => code)).not.toContain("test-cannot-reject")
    })
  )
  it.effect("is about the regression of `within` with the same parameters, weights of rows among them, and names its sample", () =>
    Effect.gen(function* () {
      const weighted = { ...params, weights: { kind: "aweight" as const, variable: "unemp" }, sample: "some states" }
      const panel = statesPanel()
      const { outputs } = yield* runStage(wildBootstrap, { panel }, { ...weighted, replicates: 99 })
      const own = yield* runStage(within, { panel }, weighted)
      expect(numbers(outputs["output"], "statistic")[0]).toBeCloseTo(numbers(own.outputs["coefficients"], "statistic")[0]!, 9)
      const without = yield* runStage(within, { panel }, params)
      expect(numbers(outputs["output"], "statistic")[0]).not.toBeCloseTo(numbers(without.outputs["coefficients"], "statistic")[0]!, 3)
      expect(column(outputs["output"], "note")[0]).toContain("sample: some states")
    })
  )
  it.effect("refuses a term that the model has not", () =>
    Effect.gen(function* () {
      expect(yield* faultsOf(wildBootstrap, { panel: statesPanel() }, { ...params, terms: ["lpcapp"] })).toMatchObject([
        { code: "unknown-term", message: expect.stringContaining("lpcap, lpc, lemp, unemp") }
      ])
    })
  )
})
