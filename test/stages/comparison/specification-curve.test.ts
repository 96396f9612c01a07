import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { curveInference } from "../../../stages/comparison/curve-inference.ts"
import { specificationCurve } from "../../../stages/comparison/specification-curve.ts"
import { specificationReplicates } from "../../../stages/comparison/specification-replicates.ts"
import { specificationCurveFigure } from "../../../stages/figures/specification-curve-figure.ts"
import { fe2sls } from "../../../stages/models/fe-2sls.ts"
import { fixedEffects } from "../../../stages/models/fixed-effects.ts"
import { within } from "../../../stages/models/within.ts"
import { Entities } from "../../../stages/table-types.ts"
import { statesPanel } from "../models/panel.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, numbers, runStage, tableOf } from "../run-stage.ts"

const panel = statesPanel()
const states = [...new Set(column(panel, "entity") as ReadonlyArray<string>)]
const entities = tableOf(Entities, {
  entity: states,
  latitude: new Float64Array(states.length).fill(Number.NaN),
  longitude: new Float64Array(states.length).fill(Number.NaN),
  rest: new Map()
})
const controls = ["lpc", "lemp", "unemp"]
const equation = "lgsp"
const term = "lpcap"

/** Four specifications: two-way, without a control, one-way, instrumented. */
const models = Effect.gen(function* () {
  const fits = [
    yield* runStage(within, { panel }, { dependent: equation, regressors: [term], controls }),
    yield* runStage(within, { panel }, { dependent: equation, regressors: [term], controls: controls.slice(0, 2) }),
    yield* runStage(
      fixedEffects,
      { panel },
      { dependent: equation, regressors: [term], controls, effects: ["entity"], variance: { kind: "cluster", by: ["entity"] } }
    ),
    yield* runStage(fe2sls, { panel }, { dependent: equation, endogenous: term, controls })
  ]
  return { coefficients: fits.map(({ outputs }) => outputs["coefficients"]!), glances: fits.map(({ outputs }) => outputs["glance"]!), samples: [] }
})
const names = ["two-way", "no-unemp", "one-way", "iv"]
const specifications = names.map((name, k) => ({
  name,
  equation,
  term,
  choices: [
    ["model", name],
    ["half", k < 2 ? "first" : "second"]
  ]
}))
const replicateParams = [{ controls }, { controls: controls.slice(0, 2) }, { controls, effects: ["entity"] }, { controls, instrument: `L.${term}` }].map(
  (own, k) => ({ outcomes: [{ name: names[k]!, variable: equation }], treatment: term, ...own })
)

describe("stage specification-curve", () => {
  it.effect("sorts the models' own estimates, with what was chosen for each; the figure has a dot for each choice", () =>
    Effect.gen(function* () {
      const inputs = yield* models
      const { outputs } = yield* runStage(specificationCurve, inputs, { specifications })
      const { choices, estimates, options, summary } = outputs
      const b = inputs.coefficients.map((table) => numbers(table, "estimate")[(column(table, "term") as ReadonlyArray<string>).lastIndexOf(term)]!)
      expect(numbers(estimates, "estimate")).toEqual([...b].sort((x, y) => x - y))
      const ordered = column(estimates, "specification") as ReadonlyArray<string>
      expect([...ordered].sort()).toEqual([...names].sort())
      expect(column(estimates, "model")).toEqual(ordered)
      expect(numbers(estimates, "nobs")).toEqual(ordered.map((name) => (name === "iv" ? 768 : 816)))
      expect(numbers(summary, "value")[0]).toBe(4)
      // One model an option: the model says all, and its half a part of the same.
      expect(column(choices, "method")).toEqual(Array(3).fill("shapley"))
      expect(numbers(options, "specifications")).toEqual([1, 1, 1, 1, 2, 2])

      const { outputs: drawn } = yield* runStage(specificationCurveFigure, { estimates: estimates! }, { title: "t", yLabel: "b" })
      const marks = column(drawn["output"], "mark") as ReadonlyArray<string>
      expect(marks.filter((mark) => mark === "point")).toHaveLength(8)
      expect(marks.filter((mark) => mark === "interval")).toHaveLength(4)
      const labels = column(drawn["output"], "label") as ReadonlyArray<string>
      expect(labels).toEqual(expect.arrayContaining(["half:", "first", "second", "model:", "one-way"]))
      const { outputs: one } = yield* runStage(
        specificationCurveFigure,
        { estimates: estimates! },
        { title: "t", yLabel: "b", choices: [{ column: "model", label: "Model", options: ["iv", "two-way"] }] }
      )
      const order = (column(one["output"], "label") as ReadonlyArray<string>).filter((label) => names.includes(label))
      expect(order).toEqual(["iv", "two-way", "no-unemp", "one-way"])
    })
  )

  it.effect("in standard deviations of the outcome, estimates and their errors are divided, statistics are not", () =>
    Effect.gen(function* () {
      const inputs = yield* models
      const raw = (yield* runStage(specificationCurve, inputs, { specifications })).outputs["estimates"]
      const scaled = (yield* runStage(specificationCurve, { ...inputs, samples: names.map(() => panel) }, { specifications, units: "sd" })).outputs["estimates"]
      const scale = numbers(scaled, "scale")[0]!
      expect(numbers(scaled, "estimate")[0]! * scale).toBeCloseTo(numbers(raw, "estimate")[0]!, 12)
      expect(numbers(scaled, "conf_high")[2]! * scale).toBeCloseTo(numbers(raw, "conf_high")[2]!, 12)
      expect(numbers(scaled, "p_value")).toEqual(numbers(raw, "p_value"))
    })
  )

  it.effect("what is wrong is told: wiring, terms that a model has not, a choice named as a column", () =>
    Effect.gen(function* () {
      const inputs = yield* models
      const wrong = specifications.map((one, k) => ({ ...one, term: k === 1 ? "coagglo" : term, choices: [["estimate", "x"]] }))
      const faults = yield* faultsOf(specificationCurve, inputs, { specifications: wrong })
      expect(faults.map(({ code }) => code)).toEqual(["name-taken", "no-estimate"])
      expect(faults[1]!.message).toContain("no-unemp: the model has no estimate of coagglo on lgsp (it has: lpcap")
      expect((yield* faultsOf(specificationCurve, inputs, { specifications: specifications.slice(1) }))[0]!.code).toBe("wiring")
    })
  )
})

describe("stages specification-replicates and curve-inference", () => {
  const block = (k: number, from: number, count: number) =>
    Effect.map(
      runStage(specificationReplicates, { panels: [panel], entities }, { ...replicateParams[k]!, from, count }, 5),
      ({ outputs }) => outputs["output"]!
    )

  it.effect("two blocks are one; the joint test is of the specifications that have replicates, and tells of others", () =>
    Effect.gen(function* () {
      const estimates = (yield* runStage(specificationCurve, yield* models, { specifications })).outputs["estimates"]!
      const [whole, halves] = [
        yield* Effect.forEach([0, 1, 2, 3], (k) => block(k, 0, 40)),
        (yield* Effect.forEach([0, 1, 2, 3], (k) => Effect.all([block(k, 0, 15), block(k, 15, 25)]))).flat()
      ]
      const all = yield* runStage(curveInference, { estimates, replicates: whole })
      expect(yield* runStage(curveInference, { estimates, replicates: halves })).toEqual({ ...all, reads: expect.anything() })
      expect(column(all.outputs["output"], "test")).toEqual(["curve_median", "curve_significant", "curve_stouffer"])
      expect(all.warnings).toEqual([])
      const p = numbers(all.outputs["output"], "p_value")
      expect(p.every((value) => value >= 1 / 41 && value <= 1)).toBe(true)
      const some = yield* runStage(curveInference, { estimates, replicates: whole.slice(0, 3) })
      expect(some.warnings[0]).toMatchObject({ code: "not-resampled", message: expect.stringContaining("1 of 4 specifications") })
      const twice = yield* faultsOf(curveInference, { estimates, replicates: [whole[0]!, whole[0]!] })
      expect(twice[0]!.code).toBe("overlapping-blocks")
      expect((yield* faultsOf(curveInference, { estimates, replicates: [] }))[0]!.message).toContain("none of the curve's specifications has replicates")
    })
  )

  it.effect("estimates of replicates are around zero, and those of all specifications are of the same draws", () =>
    Effect.gen(function* () {
      const [first, second] = [yield* block(0, 0, 60), yield* block(1, 0, 60)]
      const [a, b] = [numbers(first, "estimate"), numbers(second, "estimate")]
      const mean = (values: ReadonlyArray<number>) => values.reduce((sum, value) => sum + value, 0) / values.length
      expect(Math.abs(mean(a))).toBeLessThan(0.03)
      const covariance = mean(a.map((value, i) => (value - mean(a)) * (b[i]! - mean(b))))
      const spread = (values: ReadonlyArray<number>) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)))
      expect(covariance / (spread(a) * spread(b))).toBeGreaterThan(0.7)
    })
  )

  it.effect("panels of other rows are refused", () =>
    Effect.gen(function* () {
      const outcomes = ["a", "b"].map((name) => ({ name, variable: equation }))
      const faults = yield* faultsOf(specificationReplicates, { panels: [panel, statesPanel({}, [3])], entities }, { ...replicateParams[0]!, outcomes })
      expect(faults[0]).toMatchObject({ code: "other-rows", message: expect.stringContaining("panels[1]") })
    })
  )
})
