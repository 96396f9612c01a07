import { type Fault, many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { summariseCurve } from "../../src/econometrics/comparison/curve-summary.ts"
import { standardDeviation } from "../../src/econometrics/measurement/standard-deviation-weights.ts"
import { failTogether } from "../fail-together.ts"
import { attempt } from "../models/attempt.ts"
import { Estimates, Glance, Panel } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"
import { ChosenParam, choiceColumns, decomposed, effectsTable, meansTable, takenNames } from "./choices.ts"
import { ChoiceEffects, ChoiceMeans, CurveEstimates, CurveSummary } from "./comparison-types.ts"

export const SpecificationCurveParams = Schema.Struct({
  /** What each of the wired models is called, which of its coefficients is of interest, and what was chosen for it. */
  specifications: Schema.Array(Schema.Struct({ name: Schema.NonEmptyString, equation: VariableName, term: Schema.NonEmptyString, choices: ChosenParam })).check(
    Schema.isMinLength(1)
  ),
  /** Estimates as the models have them, or in standard deviations of the outcome over the wired sample: indices of different makings have different scales. */
  units: Schema.Literals(["outcome", "sd"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("outcome" as const))),
  /** Below which p value an estimate is significant. */
  significance: Schema.Finite.check(Schema.isBetween({ minimum: 0.0001, maximum: 0.5 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.05)))
})

interface Row {
  readonly estimate: number
  readonly stdError: number
  readonly statistic: number
  readonly pValue: number
  readonly low: number
  readonly high: number
  readonly nobs: number
  readonly scale: number
}

/**
 * The coefficient of interest over many specifications: sorted, with what was chosen for each; a summary of the curve (Simonsohn, Simmons and Nelson 2020); how much of the variance of the
 * estimates each choice makes, and the mean estimate under each option. `samples` are the panels that the models were estimated on, wired where units are standard deviations.
 */
export const specificationCurve = Stage.make("specification-curve", {
  inputs: { coefficients: many(Estimates), glances: many(Glance), samples: many(Panel) },
  params: SpecificationCurveParams,
  output: { estimates: CurveEstimates, summary: CurveSummary, choices: ChoiceEffects, options: ChoiceMeans },
  run: ({ coefficients, glances, samples }, { significance, specifications, units }) =>
    Effect.gen(function* () {
      const wired = [coefficients.length, glances.length, ...(units === "sd" ? [samples.length] : [])]
      if (wired.some((count) => count !== specifications.length))
        return yield* StageFailure.of(
          "wiring",
          `${specifications.length} specifications are named and ${wired.join(", ")} coefficients, glances${units === "sd" ? " and samples" : ""} are wired: wire one of each for each`,
          { parameter: "specifications" }
        )
      const faults: Array<Fault> = [...takenNames(specifications, CurveEstimates, "specifications")]
      const rows = specifications.map(({ equation, name, term }, k): Row | undefined => {
        const table = coefficients[k]!
        const [equations, terms] = [table.column("equation").values, table.column("term").values]
        const row = terms.findIndex((one, i) => one === term && equations[i] === equation)
        const at = (column: "estimate" | "std_error" | "statistic" | "p_value" | "conf_low" | "conf_high") => table.column(column).values[row]!
        if (row === -1 || Number.isNaN(at("p_value"))) {
          const why = row === -1 ? `it has: ${[...new Set(terms)].join(", ")}` : "it has no p value"
          faults.push({ code: "no-estimate", message: `${name}: the model has no estimate of ${term} on ${equation} (${why}); leave the specification out` })
          return undefined
        }
        const glance = glances[k]!
        const nobs = glance.column("nobs").values[glance.column("equation").values.indexOf(equation)]!
        const values = units === "sd" ? samples[k]!.column(equation).values.filter((value) => !Number.isNaN(value)) : undefined
        const scale = values === undefined ? 1 : standardDeviation(values)
        if (scale === 0) faults.push({ code: "constant-outcome", message: `${name}: ${equation} does not vary in its sample` })
        return {
          estimate: at("estimate") / scale,
          stdError: at("std_error") / scale,
          statistic: at("statistic"),
          pValue: at("p_value"),
          low: at("conf_low") / scale,
          high: at("conf_high") / scale,
          nobs,
          scale
        }
      })
      yield* failTogether(faults)
      const all = rows as ReadonlyArray<Row>
      const order = [...all.keys()].sort((a, b) => all[a]!.estimate - all[b]!.estimate || a - b)
      const numbers = (of: (row: Row) => number) => Float64Array.from(order, (k) => of(all[k]!))
      const terms = new Set(specifications.map(({ term }) => term))
      if (terms.size > 1)
        yield* Stage.warn({
          code: "several-regressors",
          message: `the coefficients are of ${[...terms].join(", ")}, each for one unit of its own regressor: their sizes are comparable where the units are, their signs and p values always`
        })
      const summary = summariseCurve(all, significance)
      const decomposition = yield* attempt(() =>
        decomposed(
          all.map(({ estimate }) => estimate),
          specifications
        )
      )
      const unit = units === "sd" ? "standard deviations of the outcome" : ""
      const told: ReadonlyArray<readonly [string, number, string]> = [
        ["specifications", summary.specifications, "estimated"],
        ["median", summary.median, `of the estimates${unit === "" ? "" : `, in ${unit}`}`],
        ["smallest", summary.smallest, "estimate"],
        ["largest", summary.largest, "estimate"],
        ["share_dominant_sign", summary.dominantShare, `of the estimates are ${summary.dominantSign === 1 ? "positive" : "negative"}`],
        ["share_significant", summary.significantShare, `have p < ${significance}`],
        [
          "share_significant_dominant",
          summary.significantDominantShare,
          `have p < ${significance} and are ${summary.dominantSign === 1 ? "positive" : "negative"}`
        ],
        ["stouffer_z", summary.stoufferZ, "sum of z over the root of their number, as if they were independent"]
      ]
      return {
        estimates: {
          specification: order.map((k) => specifications[k]!.name),
          term: order.map((k) => specifications[k]!.term),
          estimate: { values: numbers(({ estimate }) => estimate), unit },
          std_error: { values: numbers(({ stdError }) => stdError), unit },
          statistic: numbers(({ statistic }) => statistic),
          p_value: numbers(({ pValue }) => pValue),
          conf_low: { values: numbers(({ low }) => low), unit },
          conf_high: { values: numbers(({ high }) => high), unit },
          nobs: Int32Array.from(order, (k) => all[k]!.nobs),
          order: Int32Array.from(order, (_, i) => i + 1),
          scale: numbers(({ scale }) => scale),
          rest: choiceColumns(order.map((k) => specifications[k]!))
        },
        summary: { statistic: told.map(([name]) => name), value: Float64Array.from(told, ([, value]) => value), note: told.map(([, , note]) => note) },
        choices: effectsTable(decomposition),
        options: meansTable(decomposition)
      }
    })
})
