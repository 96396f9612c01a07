/** A comparison, a file of comparisons/: which ways to measure and to specify are compared. docs/compare.md has how it is written. */
import { Effect, Schema } from "effect"
import { AggregationChoice, WeightingChoice } from "../index-choice.ts"
import { Term } from "../models/term.ts"
import { Years } from "../years.ts"
import { SpecificationCurveParams } from "./specification-curve.ts"
import { uncertaintyParams } from "./uncertainty-params.ts"

// Part of the name of each node that is made for it.
const optionName = /^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u

/** Options by their names, one at least. */
const options = <S extends Schema.Codec<unknown, unknown>>(choice: S) =>
  Schema.Record(Schema.String, choice).check(
    Schema.makeFilter((all: { readonly [name: string]: unknown }) =>
      Object.keys(all).length === 0
        ? "it has no option: give one at least"
        : Object.keys(all).flatMap((name) =>
            optionName.test(name)
              ? []
              : [{ path: [name], issue: `"${name}" is not an option's name: letters, digits, "-", "_" and ".", a letter or a digit first` }]
          )
    )
  )

/** How one specification differs from that of the file. */
export const SpecificationChoice = Schema.Struct({
  /** Another regressor in the place of the treatment. */
  treatment: Schema.optionalKey(Term),
  /** Controls left out, and added. */
  without: Schema.Array(Term).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  with: Schema.Array(Term).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  effects: Schema.Array(Schema.Literals(["entity", "year"])).pipe(Schema.withDecodingDefaultKey(Effect.succeed(["entity", "year"] as const))),
  /**
   * fe-2sls: two-stage least squares with entity and year effects; the instrument is the treatment of the year before where none is given. random-effects: Swamy and Arora's of the
   * entities, with year dummies unless effects are those of entities alone; it has no replicates.
   */
  estimator: Schema.Literals(["least-squares", "fe-2sls", "random-effects"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("least-squares" as const))),
  instrument: Schema.optionalKey(Term)
}).check(
  Schema.makeFilter(({ effects, estimator, instrument }) => [
    ...(instrument !== undefined && estimator !== "fe-2sls"
      ? [{ path: ["instrument"], issue: 'an instrument is of estimator "fe-2sls": say that, or take the instrument out' }]
      : []),
    ...(estimator === "fe-2sls" && new Set(effects).size < 2
      ? [{ path: ["effects"], issue: "fe-2sls has entity and year effects: leave effects out, or take least-squares" }]
      : []),
    ...(estimator === "random-effects" && !effects.includes("entity")
      ? [{ path: ["effects"], issue: "random-effects are the entities': have entity among the effects, or take least-squares" }]
      : [])
  ])
)
export type SpecificationChoice = typeof SpecificationChoice.Type

/** A sample: entities by their groups, as subset takes them, and years. */
const SampleChoice = Schema.Struct({
  where: Schema.optionalKey(Schema.Record(Schema.String, Schema.NonEmptyArray(Schema.String))),
  years: Schema.optionalKey(Years)
})

const Own = Schema.Literal("own")

/** Schema of comparisons/*.yaml. The first option of each is the reference. */
export const Comparison = Schema.Struct({
  /** The regressor whose coefficient is of interest, and what stands beside it. */
  treatment: Term,
  controls: Schema.Array(Term).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  /** Indicator sets: files, from the folder of dag.ts. */
  indicators: options(Schema.NonEmptyString),
  /** `own` is what the indicator set says. */
  weightings: options(Schema.Union([Own, WeightingChoice])).pipe(Schema.withDecodingDefaultKey(Effect.succeed({ own: "own" } as const))),
  aggregations: options(Schema.Union([Own, AggregationChoice])).pipe(Schema.withDecodingDefaultKey(Effect.succeed({ own: "own" } as const))),
  specifications: options(SpecificationChoice).pipe(Schema.withDecodingDefaultKey(Effect.succeed({ baseline: {} } as const))),
  samples: options(SampleChoice).pipe(Schema.withDecodingDefaultKey(Effect.succeed({ all: {} } as const))),
  /** Estimates in standard deviations of the index, or as the index has them. */
  units: Schema.Literals(["sd", "outcome"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("sd" as const))),
  significance: SpecificationCurveParams.fields.significance,
  /** Of ranks: the year (the last one that the indices have, without it), and the share of an entity's ranks that its interval holds. */
  ranks: Schema.Struct({
    year: Schema.optionalKey(Schema.Int),
    level: Schema.Finite.check(Schema.isBetween({ minimum: 0.5, maximum: 1 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.9)))
  }).pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  /** Resamples of the joint test, in blocks; 0: no test. */
  replicates: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100_000 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(500))),
  block: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 10, maximum: 100_000 }))),
  /** Monte Carlo over the making of each set's index; `none` leaves it out. */
  uncertainty: Schema.Union([Schema.Literal("none"), Schema.Struct(uncertaintyParams)]).pipe(Schema.withDecodingDefaultKey(Effect.succeed({})))
}).check(
  Schema.makeFilter((comparison) => {
    const { block, controls, replicates, specifications } = comparison
    return [
      ...Object.entries(specifications).flatMap(([name, { with: added, without }]) => [
        ...without.flatMap((term, i) =>
          controls.includes(term)
            ? []
            : [
                {
                  path: ["specifications", name, "without", i],
                  issue: `"${term}" is not among the controls (${controls.join(", ")}): there is nothing to leave out`
                }
              ]
        ),
        ...added.flatMap((term, i) =>
          controls.includes(term) ? [{ path: ["specifications", name, "with", i], issue: `"${term}" is a control already: take it out` }] : []
        )
      ]),
      ...(replicates > 0 && block !== undefined && replicates % block !== 0
        ? [{ path: ["replicates"], issue: `${replicates} is no multiple of the block of ${block}: make it one` }]
        : [])
    ]
  })
)
export type Comparison = typeof Comparison.Type

/** How many resamples a node makes: unless it is said 250, or all of them where they are no multiple of that. */
export const blockOf = ({ block, replicates }: Comparison): number => block ?? (replicates % 250 === 0 ? 250 : replicates)
