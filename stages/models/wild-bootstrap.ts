import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { type WildClusterTest, wildClusterBootstrap } from "../../src/econometrics/bootstrap/wild-cluster-bootstrap.ts"
import type { Test } from "../../src/econometrics/linear/inference.ts"
import { within as fitWithin } from "../../src/econometrics/regression/within.ts"
import { interaction } from "../../src/econometrics/sample/interaction.ts"
import { Panel, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { inferenceParams } from "./model-params.ts"
import { testsOf } from "./model-tables.ts"
import { Term } from "./term.ts"
import { varianceColumns, varianceTerms } from "./variance-terms.ts"
import { warnAll } from "./warn-all.ts"
import { WithinParams } from "./within.ts"

const { dependent, regressors, interactions, controls, essential, tolerance, weights, years, sample, missing } = WithinParams.fields

export const WildBootstrapParams = Schema.Struct({
  dependent,
  regressors,
  interactions,
  controls,
  essential,
  tolerance,
  /** Of rows, as in `within`. */
  weights,
  years,
  sample,
  missing,
  level: inferenceParams.level,
  /** The slopes that are tested against zero: without it, the regressors. */
  terms: Schema.optionalKey(Schema.NonEmptyArray(Term)),
  /** What the clusters are: entity, year, or a variable whose values are groups. */
  by: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("entity"))),
  /** What a cluster's residuals are multiplied by, of two points or of six: with six, few clusters allow smaller p-values. */
  wildWeights: Schema.Literals(["rademacher", "webb"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("rademacher" as const))),
  /** Where there are no more different draws of weights than this, each is taken once. */
  replicates: Schema.Int.check(Schema.isBetween({ minimum: 99, maximum: 1_000_000 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(9999))),
  /** Whether draws that tie with the statistic count as above it, as half, or not (boottest's rule). */
  ties: Schema.Literals(["counted", "half", "strict"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("counted" as const))),
  /** Another stream gives other draws of the same study seed. */
  stream: Schema.Int.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0)))
})

const NAMES = { rademacher: "Rademacher", webb: "Webb" } as const

/** Beyond this the smallest attainable p is told beside the test: it can hardly reject at 1%. */
const TOLD = 0.01

/** A term's test as rows: both p-values, and the bounds of the confidence set. */
const rowsOf = (found: WildClusterTest, level: number, sample: string): ReadonlyArray<Test> => {
  const { by, clusters, confidenceSet, enumerated, pValue, pValueEqualTailed, replicates, smallestPValue, statistic, term, ties, wildWeights } = found
  const few = smallestPValue > TOLD ? `; with ${clusters} clusters no p is below ${Number(smallestPValue.toPrecision(3))}` : ""
  const how = `null imposed, ${NAMES[wildWeights]} weights by ${by}, ${enumerated ? "every different draw once" : `${replicates} draws`}, ties ${ties}${few}${sample === "all" ? "" : `; sample: ${sample}`}`
  const row = (test: string, p: number): Test => ({ test, variant: term, statistic, df: undefined, pValue: p, note: how })
  const percent = Number((100 * level).toPrecision(6))
  const base = { test: "wild_confidence_set", df: undefined, pValue: undefined, note: `${percent}% confidence set by inversion of the symmetric test; ${how}` }
  const bounds = (confidenceSet?.intervals ?? []).flatMap((interval) => interval.filter(Number.isFinite))
  return [
    row("wild_bootstrap", pValue),
    row("wild_bootstrap_equal_tailed", pValueEqualTailed),
    ...(bounds.length === 0
      ? [{ ...base, variant: `${term}: ${confidenceSet?.kind ?? "not computed"}`, statistic: undefined }]
      : bounds.map((bound) => ({ ...base, variant: `${term}: ${confidenceSet!.kind}`, statistic: bound })))
  ]
}

/**
 * The wild cluster bootstrap of slopes of a two-way fixed effects regression (that of `within` with the same parameters): what to go by where clusters are few.
 * Where so few draws of weights differ that no p-value can be below .10, that is a warning.
 */
export const wildBootstrap = Stage.make("wild-bootstrap", {
  inputs: { panel: Panel },
  params: WildBootstrapParams,
  output: Tests,
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { by, level, replicates, sample, ties, weights, wildWeights } = params
      const terms = params.terms ?? params.regressors
      const clusters = { kind: "cluster", by: [by], groups: "min" } as const
      const factors = params.interactions.flatMap(({ of }) => of)
      const design = yield* readDesign(
        panel,
        [params.dependent, ...params.regressors, ...factors, ...params.controls, ...varianceTerms(clusters, weights)],
        params
      )
      const products = params.interactions.map(({ form, of: [a, b] }) => interaction(design.variable(a), design.variable(b), form))
      const x = [...design.variables(params.regressors), ...products, ...design.variables(params.controls)]
      const unknown = terms.filter((term) => !x.some(({ name }) => name === term))
      if (unknown.length > 0)
        return yield* StageFailure.of("unknown-term", `terms: the model has no ${unknown.join(", ")}; its terms are: ${x.map(({ name }) => name).join(", ")}`, {
          parameter: "terms"
        })
      const seed = yield* Stage.seed
      const tests = yield* attempt(() => {
        const fit = fitWithin(
          { index: design.index, dependent: design.variable(params.dependent), regressors: x, ...varianceColumns(design, clusters, weights) },
          {
            essential: [...new Set([...(params.essential ?? []), ...terms])],
            tolerance: params.tolerance
          }
        )
        return terms.map((term) => wildClusterBootstrap(fit, { term, by, wildWeights, replicates, ties, level, seed }))
      })
      yield* warnAll(tests.flatMap(({ warnings }) => warnings))
      return testsOf(tests.flatMap((test) => rowsOf(test, level, sample)))
    })
})
