import { Effect, Schema } from "effect"
import { NORMALISATIONS } from "../../src/econometrics/comparison/index-normalisations.ts"

/** What is uncertain about an index: the first of each list is what it is held against. */
export const uncertaintyParams = {
  normalisations: Schema.NonEmptyArray(Schema.Literals(NORMALISATIONS)).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed(["min-max", "z-score", "rank"] as const))
  ),
  aggregations: Schema.NonEmptyArray(Schema.Literals(["linear", "geometric"])).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed(["linear", "geometric"] as const))
  ),
  /** How the weights of each weighting are shaken: each by up to a share of itself (0.25: by a quarter more or less) and made to sum to one, or drawn around themselves by a Dirichlet distribution (w of variance w (1 - w)/(concentration + 1)); or not. */
  weights: Schema.Union([
    Schema.Literal("fixed"),
    Schema.Struct({ relative: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1, exclusiveMinimum: true })) }),
    Schema.Struct({ dirichlet: Schema.Finite.check(Schema.isGreaterThan(0)) })
  ]).pipe(Schema.withDecodingDefaultKey(Effect.succeed({ relative: 0.25 } as const))),
  /** Whether an indicator, or none, is left out. */
  leaveOneOut: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(true))),
  /** Rows of the sample: the index is made (uncertain inputs + 2) times as often. */
  samples: Schema.Int.check(Schema.isBetween({ minimum: 16, maximum: 1_000_000 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(1024))),
  /** Another stream gives another sample of the same study seed. */
  stream: Schema.Int.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0)))
}
