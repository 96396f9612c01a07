import { type Fault, many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { jointInference } from "../../src/econometrics/comparison/joint-inference.ts"
import { significant } from "../../src/render/numbers.ts"
import { failTogether } from "../fail-together.ts"
import { attempt } from "../models/attempt.ts"
import { Tests } from "../table-types.ts"
import { CurveEstimates, CurveReplicates } from "./comparison-types.ts"
import { SpecificationCurveParams } from "./specification-curve.ts"

export const CurveInferenceParams = Schema.Struct({ significance: SpecificationCurveParams.fields.significance })

const meaning = {
  median: "the median estimate, by its size",
  significant: "the share of significant estimates, of the sign that has more of them",
  stouffer: "Stouffer's z, by its size"
} as const

/**
 * Joint inference on a specification curve from blocks of its replicates without an effect: the p value of its median, of its share of significant estimates, and of Stouffer's z, each two-sided
 * (Simonsohn, Simmons and Nelson 2020). Specifications without replicates (other estimators) are not among those that are tested, and are told.
 */
export const curveInference = Stage.make("curve-inference", {
  inputs: { estimates: CurveEstimates, replicates: many(CurveReplicates) },
  params: CurveInferenceParams,
  output: Tests,
  run: ({ estimates, replicates }, { significance }) =>
    Effect.gen(function* () {
      const names = estimates.column("specification").values
      const every = [...new Set(replicates.flatMap((table) => [...table.column("replicate").values]))].sort((a, b) => a - b)
      const placeOf = new Map(every.map((replicate, place) => [replicate, place]))
      const found = new Map<string, { readonly estimate: Float64Array; readonly z: Float64Array; readonly seen: Uint8Array }>()
      const faults: Array<Fault> = []
      for (const table of replicates) {
        const [numbers, of] = [table.column("replicate").values, table.column("specification").values]
        const [b, z] = [table.column("estimate").values, table.column("statistic").values]
        for (const [row, name] of of.entries()) {
          const empty = () => new Float64Array(every.length).fill(Number.NaN)
          const own = found.get(name) ?? { estimate: empty(), z: empty(), seen: new Uint8Array(every.length) }
          found.set(name, own)
          const place = placeOf.get(numbers[row]!)!
          if (own.seen[place] === 1 && faults.length === 0)
            faults.push({ code: "overlapping-blocks", message: `replicate ${numbers[row]} of ${name} is in two blocks: give each block its own "from"` })
          own.seen[place] = 1
          own.estimate[place] = b[row]!
          own.z[place] = z[row]!
        }
      }
      yield* failTogether(faults)
      const tested = [...names.keys()].filter((row) => found.has(names[row]!))
      if (tested.length === 0)
        return yield* StageFailure.of("replicates", "none of the curve's specifications has replicates: wire those of its specifications")
      if (tested.length < names.length)
        yield* Stage.warn({
          code: "not-resampled",
          message: `${names.length - tested.length} of ${names.length} specifications have no replicates, and are not among those that are tested together`
        })
      const scale = estimates.column("scale").values
      const { incomplete, tests } = yield* attempt(() =>
        jointInference(
          tested.map((row) => ({ estimate: estimates.column("estimate").values[row]!, pValue: estimates.column("p_value").values[row]! })),
          {
            estimates: tested.map((row) => found.get(names[row]!)!.estimate.map((value) => value / scale[row]!)),
            z: tested.map((row) => found.get(names[row]!)!.z)
          },
          significance
        )
      )
      if (incomplete > 0)
        yield* Stage.warn({
          code: "incomplete-replicates",
          message: `in ${incomplete} of ${every.length} replicates a specification could not be estimated, its sample having too few of the entities that were drawn; the curve of these is that of the others`
        })
      return {
        test: tests.map(({ statistic }) => `curve_${statistic}`),
        variant: tests.map(({ replicates: made }) => `${tested.length} specifications, ${made} resamples of entities without an effect`),
        statistic: Float64Array.from(tests, ({ observed }) => observed),
        df: Float64Array.from(tests, () => Number.NaN),
        df2: Float64Array.from(tests, () => Number.NaN),
        p_value: Float64Array.from(tests, ({ pValue }) => pValue),
        critical: Float64Array.from(tests, () => Number.NaN),
        note: tests.map(
          ({ expected, extreme, replicates: made, statistic }) =>
            `${meaning[statistic]}; without an effect ${significant(expected, 3)} on average, as extreme in ${extreme} of ${made}`
        )
      }
    })
})
