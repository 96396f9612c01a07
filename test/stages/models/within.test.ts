import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { within } from "../../../stages/models/within.ts"
import { difference, oracle, usStates } from "../../econometrics/produc.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { statesPanel } from "./panel.ts"

const params = { dependent: "lgsp", regressors: ["lpcap"], controls: ["lpc", "lemp", "unemp"] }

const { lgsp, lpc, lpcap, year: years } = usStates()
const without = ({ values }: typeof lpcap, missing: (row: number) => boolean) => values.map((value, row) => (missing(row) ? Number.NaN : value))
/** Variables with gaps: center before 1976, end in the first two years of two states, hole twice inside a third. */
const gappy = statesPanel({
  center: without(lgsp, (row) => years[row]! < 1976),
  end: without(lpcap, (row) => [0, 1, 17, 18].includes(row)),
  hole: without(lpc, (row) => [3 * 17 + 2, 3 * 17 + 4].includes(row))
})

describe("stage within", () => {
  it.effect("gives tidy estimates and a glance, and reads only the columns that the model names", () =>
    Effect.gen(function* () {
      const { outputs, reads, warnings } = yield* runStage(within, { panel: statesPanel({ other: new Float64Array(816) }) }, params)
      const r = oracle("linear-within").balanced
      expect(column(outputs["coefficients"], "term")).toEqual(["lpcap", "lpc", "lemp", "unemp", "(constant)"])
      expect(difference(numbers(outputs["coefficients"], "std_error"), [...r.se_cluster, r.constant_se])).toBeLessThan(1e-9)
      expect(numbers(outputs["glance"], "nobs")).toEqual([816])
      expect(warnings).toEqual([])
      expect(reads.filter((read) => read.includes("other") || read.endsWith("names"))).toEqual([])
      expect(reads.filter((read) => read.startsWith("panel column")).sort()).toEqual(
        ["entity", "lemp", "lgsp", "lpc", "lpcap", "unemp", "year"].map((name) => `panel column ${name}`)
      )
    })
  )
  it.effect("takes lags by year within the entity, before the years of the sample, and tells the rows that it cannot use", () =>
    Effect.gen(function* () {
      const lagged = { dependent: "lgsp", regressors: ["L.lpcap"] }
      const all = yield* runStage(within, { panel: statesPanel() }, lagged)
      expect(numbers(all.outputs["glance"], "nobs")).toEqual([768])
      expect(all.warnings).toEqual([{ code: "rows-dropped", message: "48 of 816 rows are not used for missing values (L.lpcap 48)" }])
      const late = yield* runStage(within, { panel: statesPanel() }, { ...lagged, years: { from: 1971, to: 1986 } })
      expect(late.warnings).toEqual([])
      expect(numbers(late.outputs["coefficients"], "estimate")).toEqual(numbers(all.outputs["coefficients"], "estimate"))
      // A hole in 1975 (row 5 of Alabama) leaves 1976 without a lag: by row it would get 1974's.
      const holed = yield* runStage(within, { panel: statesPanel({}, [5]) }, lagged)
      expect(numbers(holed.outputs["glance"], "nobs")).toEqual([766])
    })
  )
  it.effect("forms interactions of centred variables unless told otherwise: the product's slope stays, the main slopes move", () =>
    Effect.gen(function* () {
      const base = { dependent: "lgsp", regressors: ["lpcap", "unemp"] }
      const slopes = (form: string) =>
        Effect.map(runStage(within, { panel: statesPanel() }, { ...base, interactions: [{ of: ["lpcap", "unemp"], form }] }), ({ outputs }) =>
          numbers(outputs["coefficients"], "estimate")
        )
      const raw = yield* slopes("raw")
      const centred = yield* slopes("centred")
      const byDefault = yield* runStage(within, { panel: statesPanel() }, { ...base, interactions: [{ of: ["lpcap", "unemp"] }] })
      expect(numbers(byDefault.outputs["coefficients"], "estimate")).toEqual(centred)
      expect(column(byDefault.outputs["coefficients"], "term")).toContain("lpcap*unemp")
      expect(Math.abs(centred[2]! / raw[2]! - 1)).toBeLessThan(1e-9)
      const { unemp } = usStates()
      const mean = unemp.values.reduce((sum, v) => sum + v, 0) / unemp.values.length
      expect(Math.abs(raw[0]! + raw[2]! * mean - centred[0]!)).toBeLessThan(1e-9)
    })
  )
  it.effect("fails where the first regressor has no variation of its own, and where a variable is not in the panel", () =>
    Effect.gen(function* () {
      const { year } = usStates()
      const panel = statesPanel({ eg: Float64Array.from(year, (t) => Math.sqrt(t)) })
      const eg = yield* Effect.flip(runStage(within, { panel }, { dependent: "lgsp", regressors: ["eg"], controls: ["lpc"] }))
      expect(String((eg as Error).message)).toContain("eg: entity effects, year effects")
      const absent = yield* Effect.flip(runStage(within, { panel }, { dependent: "lgps", regressors: ["lpcp"] }))
      expect(String((absent as Error).message)).toMatch(/no variable "lgps"; did you mean "lgsp".*\n.*no variable "lpcp"/)
    })
  )
  it.effect("a variable without a value in the sample is a fault: by variable and years, with the entities that lack them and what to do, all together", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(within, { panel: gappy }, { dependent: "center", regressors: ["end", "hole"], controls: ["unemp"] })
      const remedy = 'interpolate it (with extrapolate for the ends of a series), restrict the sample (years: { from: 1976, to: 1986 }), or say missing: "drop"'
      expect(faults).toEqual([
        {
          code: "missing-value",
          message: `center: none of the 48 entities has a value for 1970-1975, and the model needs it: ${remedy} to leave these rows out`,
          where: { column: "center", entity: "ALABAMA", year: 1970 }
        },
        {
          code: "missing-value",
          message: `end: ALABAMA, ARIZONA have no value for 1970-1971, and the model needs it: ${remedy} to leave these rows out`,
          where: { column: "end", entity: "ALABAMA", year: 1970 }
        },
        {
          code: "missing-value",
          message: `hole: CALIFORNIA has no value for 1972, 1974, and the model needs it: ${remedy} to leave these rows out`,
          where: { column: "hole", entity: "CALIFORNIA", year: 1972 }
        }
      ])
      const late = yield* runStage(within, { panel: gappy }, { dependent: "center", regressors: ["end", "hole"], years: { from: 1976, to: 1986 } })
      expect(numbers(late.outputs["glance"], "nobs")).toEqual([48 * 11])
      expect(late.warnings).toEqual([])
    })
  )
  it.effect('with missing: "drop" the rows without a value are left out and told, and the estimates are those of a panel without them', () =>
    Effect.gen(function* () {
      const model = { dependent: "lgsp", regressors: ["end"], controls: ["unemp"] }
      const dropped = yield* runStage(within, { panel: gappy }, { ...model, missing: "drop" })
      expect(dropped.warnings).toEqual([{ code: "rows-dropped", message: "4 of 816 rows are not used for missing values (end 4)" }])
      const without = yield* runStage(within, { panel: statesPanel({}, [0, 1, 17, 18]) }, { ...model, regressors: ["lpcap"] })
      expect(numbers(dropped.outputs["coefficients"], "estimate")).toEqual(numbers(without.outputs["coefficients"], "estimate"))
    })
  )
  it.effect("of a lagged variable the sample's own years must be there, not the year before them nor a last year that no lag takes", () =>
    Effect.gen(function* () {
      const lagged = { dependent: "lgsp", regressors: ["L.end"], controls: ["unemp"] }
      const [fault] = yield* faultsOf(within, { panel: gappy }, lagged)
      expect(fault?.message).toMatch(/^end: ALABAMA, ARIZONA have no value for 1970-1971,/)
      const late = yield* runStage(within, { panel: gappy }, { ...lagged, years: { from: 1972, to: 1986 } })
      expect(late.warnings).toEqual([{ code: "rows-dropped", message: "2 of 720 rows are not used for missing values (L.end 2)" }])
      const last = statesPanel({ last: without(lpcap, (row) => row % 17 === 16) })
      const { outputs } = yield* runStage(within, { panel: last }, { dependent: "lgsp", regressors: ["L.last"] })
      expect(numbers(outputs["glance"], "nobs")).toEqual([768])
    })
  )
  it.effect("three entities are told as few clusters, and one is refused", () =>
    Effect.gen(function* () {
      const of = (entities: number) =>
        statesPanel(
          {},
          Array.from({ length: 816 - 17 * entities }, (_, i) => i + 17 * entities)
        )
      const model = { dependent: "lgsp", regressors: ["lpcap"] }
      const three = yield* runStage(within, { panel: of(3) }, model)
      expect(three.warnings).toEqual([{ code: "few-clusters", message: expect.stringMatching(/^there are 3 clusters \(by entity\): with fewer than 10,/) }])
      expect(numbers(three.outputs["glance"], "entities")).toEqual([3])
      const [one] = yield* faultsOf(within, { panel: of(1) }, model)
      expect(one).toMatchObject({ code: "too-few-clusters", message: expect.stringMatching(/^the sample is of ALABAMA alone: .*widen the sample$/) })
    })
  )
  it.effect("a control that repeats another is dropped with a warning and no row; as an essential term it is a fault", () =>
    Effect.gen(function* () {
      const panel = statesPanel({ twice: lpc.values.map((v) => 2 * v + 1) })
      const model = { dependent: "lgsp", regressors: ["lpcap"], controls: ["lpc", "twice", "unemp"] }
      const { outputs, warnings } = yield* runStage(within, { panel }, model)
      expect(warnings).toEqual([{ code: "collinear", message: "dropped for collinearity with the effects or the regressors before: twice" }])
      expect(column(outputs["coefficients"], "term")).toEqual(["lpcap", "lpc", "unemp", "(constant)"])
      const [fault] = yield* faultsOf(within, { panel }, { ...model, essential: ["lpcap", "twice"] })
      expect(fault).toMatchObject({ code: "collinear", message: expect.stringMatching(/^twice: entity effects, year effects and the regressors before it/) })
    })
  )
  it.effect("a value that is not finite and a model without complete rows are failures that say where", () =>
    Effect.gen(function* () {
      const { unemp } = usStates()
      const infinite = statesPanel({ bad: unemp.values.map((v, i) => (i === 20 ? Number.POSITIVE_INFINITY : v)) })
      const failure = yield* Effect.flip(runStage(within, { panel: infinite }, { dependent: "lgsp", regressors: ["bad"] }))
      expect(String((failure as Error).message)).toBe("bad is Infinity for ARIZONA in 1973: correct it, or leave the row out with subset")
      const empty = yield* Effect.flip(
        runStage(within, { panel: statesPanel() }, { dependent: "lgsp", regressors: ["L.lpcap"], years: { from: 1970, to: 1970 } })
      )
      expect(String((empty as Error).message)).toContain("none of the 48 rows has all variables of the model (missing: L.lpcap 48)")
    })
  )
})
