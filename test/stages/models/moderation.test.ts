import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { moderation } from "../../../stages/models/moderation.ts"
import { difference, oracle, usStates } from "../../econometrics/produc.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { statesPanel } from "./panel.ts"

const reference = oracle("linear-mediation").moderation
const panel = statesPanel()
const roles = { outcome: "lgsp", treatment: "lpcap", mediator: "lpc", moderator: "unemp", controls: ["lemp"] }
const texts = (table: Parameters<typeof column>[0], name: string) => column(table, name) as ReadonlyArray<string | null>

describe("stage moderation", () => {
  it.effect("names its six equations by their formulas without the controls, in estimates and glance", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(moderation, { panel }, roles)
      const names = [
        "lgsp ~ lpcap*unemp",
        "lpc ~ lpcap + unemp",
        "lpc ~ lpcap*unemp",
        "lgsp ~ lpc + unemp",
        "lgsp ~ lpc*unemp",
        "lgsp ~ lpcap*unemp + lpc*unemp"
      ]
      const equations = texts(outputs["coefficients"], "equation")
      expect([...new Set(equations)]).toEqual(names)
      expect(texts(outputs["glance"], "equation")).toEqual(names)
      const terms = texts(outputs["coefficients"], "term").filter((_, i) => equations[i] === names[5])
      expect(terms).toEqual(["lpcap", "unemp", "lpcap*unemp", "lpc", "lpc*unemp", "lemp", "(constant)"])
      expect(warnings).toEqual([])
    })
  )
  it.effect("gives the effects at the percentiles and their differences, R's whatever the products multiply", () =>
    Effect.gen(function* () {
      for (const form of ["raw", "centred", "standardised"]) {
        const { effects } = (yield* runStage(moderation, { panel }, { ...roles, form })).outputs
        const at = ["p16", "p50", "p84"].map((p) => `lpcap | unemp ${p}`)
        const differences = ["p50 - p16", "p84 - p16", "p84 - p50"].map((pair) => `lpcap | unemp ${pair}`)
        expect(texts(effects, "term")).toEqual([...at, ...at, ...differences, ...differences])
        expect(texts(effects, "effect")).toEqual(["indirect", "direct", "indirect", "direct"].flatMap((kind) => Array(3).fill(kind)))
        expect(difference(numbers(effects, "estimate").slice(0, 6), [...reference.indirect, ...reference.direct])).toBeLessThan(1e-8)
        expect(difference(numbers(effects, "std_error").slice(0, 6), [...reference.indirect_se, ...reference.direct_se])).toBeLessThan(1e-8)
      }
    })
  )
  it.effect("tells the moderator's values, a row each Johnson-Neyman root with where the direct effect is significant, and that there is no index", () =>
    Effect.gen(function* () {
      const { tests } = (yield* runStage(moderation, { panel }, roles)).outputs
      const roots: ReadonlyArray<number> = reference.roots
      expect(texts(tests, "test")).toEqual([...Array(3).fill("moderator_value"), ...roots.map(() => "johnson_neyman"), "moderated_mediation_index"])
      expect(texts(tests, "variant").slice(0, 3)).toEqual(["p16", "p50", "p84"])
      expect(numbers(tests, "statistic").slice(0, 3)).toEqual(reference.values)
      expect(difference(numbers(tests, "statistic").slice(3, 3 + roots.length), roots)).toBeLessThan(1e-7)
      expect(texts(tests, "note")[3]).toMatch(
        /^direct effect \(Johnson-Neyman\), interactions centred: the direct effect is significant (nowhere in|in) the observed range/
      )
      expect(numbers(tests, "statistic").at(-1)).toBeNaN()
      expect(texts(tests, "note").at(-1)).toMatch(/^not defined: both stages are moderated/)
    })
  )
  it.effect("gives percentiles as asked for", () =>
    Effect.gen(function* () {
      const { effects, tests } = (yield* runStage(moderation, { panel }, { ...roles, values: { percentiles: [10, 90] } })).outputs
      expect([...new Set(texts(effects, "term"))]).toEqual(["lpcap | unemp p10", "lpcap | unemp p90", "lpcap | unemp p90 - p10"])
      expect(texts(tests, "variant").slice(0, 2)).toEqual(["p10", "p90"])
    })
  )
  it.effect("a role that the panel lacks, a gap and a moderator that the year effects explain are faults", () =>
    Effect.gen(function* () {
      const { unemp, year } = usStates()
      const absent = yield* faultsOf(moderation, { panel }, { ...roles, moderator: "unemployment" })
      expect(absent.map(({ code, where }) => [code, where?.column])).toEqual([["missing-variable", "unemployment"]])
      const holed = statesPanel({ gap: unemp.values.map((v, i) => (i === 16 ? Number.NaN : v)) })
      const gap = yield* faultsOf(moderation, { panel: holed }, { ...roles, moderator: "gap" })
      expect(gap.map(({ code, where }) => [code, where])).toEqual([["missing-value", { column: "gap", entity: "ALABAMA", year: 1986 }]])
      const timed = statesPanel({ time: Float64Array.from(year) })
      const [collinear] = yield* faultsOf(moderation, { panel: timed }, { ...roles, moderator: "time" })
      expect(collinear).toMatchObject({ code: "collinear", message: expect.stringMatching(/^time: entity effects, year effects/) })
    })
  )
  it.effect("with one stage moderated fits that model's two equations and gives the index, R's", () =>
    Effect.gen(function* () {
      const expected = oracle("mediation-paths").moderation.produc[0]
      const { coefficients, effects, tests } = (yield* runStage(moderation, { panel }, { ...roles, moderated: ["first"] })).outputs
      expect([...new Set(texts(coefficients, "equation"))]).toEqual(["lpc ~ lpcap*unemp", "lgsp ~ lpcap + lpc + unemp"])
      expect(texts(effects, "effect").at(-1)).toBe("index")
      expect(texts(effects, "term").at(-1)).toBe("lpcap | unemp")
      expect(difference([numbers(effects, "estimate").at(-1)!, numbers(effects, "std_error").at(-1)!], [expected.index, expected.index_se])).toBeLessThan(1e-6)
      expect(difference([numbers(tests, "statistic").at(-1)!], [expected.index])).toBeLessThan(1e-6)
      expect(texts(tests, "note")[3]).toBe("the direct effect is not moderated, the same at every value")
    })
  )
  it.effect("neither stage moderated, and values without a meaning, are refused; a value that nobody has is warned of", () =>
    Effect.gen(function* () {
      const [fault] = yield* faultsOf(moderation, { panel }, { ...roles, moderated: ["direct"] })
      expect(fault).toMatchObject({
        code: "no-moderated-stage",
        message: expect.stringMatching(/^moderated is "direct" alone: a mediation is moderated in its first or/)
      })
      for (const values of [{ grid: 1 }, { percentiles: [] }, { percentiles: [101] }, { at: [1, 1] }, { meanAndSd: false }])
        expect(yield* Effect.exit(runStage(moderation, { panel }, { ...roles, values }))).toMatchObject({ _tag: "Failure" })
      const { warnings } = yield* runStage(moderation, { panel }, { ...roles, values: { at: [5, 40] } })
      expect(warnings).toEqual([
        { code: "outside-range", message: "unemp is between 2.800 and 18.00 in the sample: effects at 40 are extrapolations; percentiles are always inside" }
      ])
    })
  )
})
