import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { groupDifference } from "../../../stages/models/group-difference.ts"
import { within } from "../../../stages/models/within.ts"
import { subset } from "../../../stages/subset.ts"
import { usStates } from "../../econometrics/produc.ts"
import { entitiesOf, faultsOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { statesPanel } from "./panel.ts"

const states = usStates().index.entities
/** By the alphabet: 12 states a quarter; the first has no half. */
const quarter = states.map((_, i) => `q${1 + Math.floor(i / 12)}`)
const entities = entitiesOf(states, { quarter, half: states.map((_, i) => (i === 0 ? null : i < 24 ? "first" : "second")) })
const inputs = { panel: statesPanel(), entities }
const model = { dependent: "lgsp", regressors: ["lpcap", "lpc"], controls: ["lemp", "unemp"] }
const merged = [
  { name: "Early", values: ["q1", "q2"] },
  { name: "Late", values: ["q4"] }
]

describe("stage group-difference", () => {
  it.effect("tests regressors between all groups and each pair, and gives each group the estimates of its sub-sample", () =>
    Effect.gen(function* () {
      const { outputs, reads, warnings } = yield* runStage(groupDifference, inputs, { ...model, group: "quarter", permutations: 19 })
      const test = column(outputs["tests"], "test") as ReadonlyArray<string>
      const count = (name: string) => test.filter((one) => one === name).length
      expect(["difference_f", "difference_chi2", "permutation", "permutation_less", "permutation_t"].map(count)).toEqual([14, 14, 12, 12, 12])
      expect(column(outputs["tests"], "variant")).toContain("lpc: q2 - q4")
      expect(warnings).toEqual([])
      expect(reads).not.toContain("entities column latitude")
      const equation = column(outputs["coefficients"], "equation") as ReadonlyArray<string>
      expect(equation).toEqual(["q1", "q2", "q3", "q4"].flatMap((name) => Array(4).fill(name)))
      const part = yield* runStage(subset, inputs, { where: { quarter: ["q3"] } })
      const alone = yield* runStage(within, { panel: part.outputs["output"]! }, model)
      const estimates = numbers(outputs["coefficients"], "estimate").slice(8, 12)
      for (const [j, value] of numbers(alone.outputs["coefficients"], "estimate").slice(0, 4).entries()) expect(estimates[j]).toBeCloseTo(value, 10)
    })
  )
  it.effect("Wald tests and coefficients have the small-sample factor that is asked for, permutations none", () =>
    Effect.gen(function* () {
      const of = (smallSample: "xtreg" | "none") =>
        Effect.map(
          runStage(groupDifference, inputs, { ...model, group: "quarter", groups: merged, terms: ["lpcap"], permutations: 19, smallSample }),
          ({ outputs }) => outputs
        )
      const [factor, none] = [yield* of("xtreg"), yield* of("none")]
      const statistics = [factor, none].map((outputs) => numbers(outputs["tests"], "statistic"))
      const errors = [factor, none].map((outputs) => numbers(outputs["coefficients"], "std_error"))
      const ratio = (errors[0]![0]! / errors[1]![0]!) ** 2
      expect(ratio).toBeGreaterThan(1.01)
      expect(statistics[1]![0]! / statistics[0]![0]!).toBeCloseTo(ratio, 9)
      expect(statistics[1]!.slice(2)).toEqual(statistics[0]!.slice(2))
    })
  )
  it.effect("groups may be merged and left out; the statistic of a permutation is the first's coefficient less the second's", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(groupDifference, inputs, { ...model, group: "quarter", groups: merged, terms: ["lpcap"], permutations: 19 })
      expect(column(outputs["tests"], "variant")).toEqual(Array(6).fill("lpcap: Early - Late"))
      const estimate = numbers(outputs["coefficients"], "estimate")
      expect(numbers(outputs["tests"], "statistic")[2]).toBeCloseTo(estimate[0]! - estimate[4]!, 10)
      const p = numbers(outputs["tests"], "p_value").slice(2)
      expect(p.every((value) => Math.abs(value * 20 - Math.round(value * 20)) < 1e-9 && value > 0)).toBe(true)
      const other = yield* runStage(groupDifference, inputs, { ...model, group: "quarter", groups: merged, terms: ["lpcap"], permutations: 19 }, 2)
      expect(numbers(other.outputs["tests"], "p_value").slice(0, 2)).toEqual(numbers(outputs["tests"], "p_value").slice(0, 2))
      expect(numbers(other.outputs["tests"], "p_value").slice(2)).not.toEqual(p)
    })
  )
  it.effect("the lighter form has controls in common, and entities without a group are told", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(groupDifference, inputs, { ...model, group: "half", interact: "regressors", methods: ["wald"] })
      expect(column(outputs["coefficients"], "equation")).toEqual(["first", "first", "second", "second", "all groups", "all groups"])
      expect(column(outputs["coefficients"], "term")).toEqual(["lpcap", "lpc", "lpcap", "lpc", "lemp", "unemp"])
      expect(column(outputs["tests"], "test")).toEqual(["difference_f", "difference_chi2", "difference_f", "difference_chi2"])
      expect(warnings.map(({ code, message }) => [code, message])).toEqual([
        ["entities-without-group", "ALABAMA: no half in the dictionary, so that they are in no group"]
      ])
    })
  )
  it.effect("all that is wrong with groups is told together", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(groupDifference, inputs, {
        ...model,
        group: "quarter",
        groups: [...merged, { name: "Late", values: ["q5"] }, { name: "Mixed", values: ["q3", "q1"] }]
      })
      expect(faults.map(({ code }) => code)).toEqual(["unknown-group", "group-twice", "group-twice"])
      expect(faults[0]!.message).toMatch(/^groups\[2\] \("Late"\): no entity has "q5"; .*its values are: q1, q2, q3, q4$/)
      expect(faults[2]!.message).toMatch(/^groups\[3\]: "q1" is in Early and in Mixed/)
      const column = yield* faultsOf(groupDifference, inputs, { ...model, group: "quartre" })
      expect(column[0]!.message).toMatch(/^group: the dictionary has no column "quartre"; did you mean "quarter"\?/)
      const term = yield* faultsOf(groupDifference, inputs, { ...model, group: "quarter", terms: ["unemp"], interact: "regressors" })
      expect(term[0]!.message).toBe('terms: unemp has no coefficient by group; those that have one are lpcap, lpc (interact: "all" gives the controls theirs)')
      const one = yield* faultsOf(
        groupDifference,
        { ...inputs, entities: entitiesOf(states, { quarter: states.map(() => "q1") }) },
        { ...model, group: "quarter" }
      )
      expect(one[0]!.message).toBe("coefficients are compared between groups, and there is q1 alone")
    })
  )
  it.effect("a group that cannot carry the model is named", () =>
    Effect.gen(function* () {
      const small = [merged[0], { name: "Two", values: ["q9"] }]
      const two = entitiesOf(states, { quarter: quarter.map((name, i) => (i > 45 ? "q9" : name)) })
      const faults = yield* faultsOf(groupDifference, { ...inputs, entities: two }, { ...model, group: "quarter", groups: small })
      expect(faults.map(({ code }) => code)).toEqual(["group-too-small"])
      expect(faults[0]!.message).toMatch(/^Two has 2 entities, and a variance clustered by entity needs 3 in a group: merge it/)
      // Slopes by group beside common year effects can be had.
      const lighter = yield* runStage(
        groupDifference,
        { ...inputs, entities: two },
        { ...model, group: "quarter", groups: small, interact: "regressors", methods: ["wald"] }
      )
      expect(lighter.warnings.map(({ code }) => code)).toEqual(["few-clusters"])
    })
  )
})
