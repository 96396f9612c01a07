import { Effect, Schema } from "effect"
import { Years } from "../years.ts"
import { Term } from "./term.ts"

/** How an interaction is formed: products of the variables, of the variables less their means, or of z-scores. */
export const InteractionForm = Schema.Literals(["raw", "centred", "standardised"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("centred" as const)))

export const controlsParam = {
  controls: Schema.Array(Term).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
}

/** Which rows of the panel a model uses. */
export const sampleParams = {
  /** The years of the sample; lags reach before them. */
  years: Schema.optionalKey(Years),
  /** What the sample is called in the results. */
  sample: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed("all")))
}

export const missingParam = {
  /** A variable that is missing in the sample is a fault, or costs its rows (drop); rows that only lack a lag are left out either way. */
  missing: Schema.Literals(["fault", "drop"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("fault" as const)))
}

/** How standard errors and intervals are made. */
export const inferenceParams = {
  /** Clustered by entity, or iid. */
  variance: Schema.Literals(["cluster", "iid"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("cluster" as const))),
  /** Coverage of the confidence intervals. */
  level: Schema.Finite.check(Schema.isBetween({ minimum: 0.5, maximum: 0.9999 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.95))),
  /** A regressor is collinear where the effects and the regressors before it leave at most this share of its norm. */
  tolerance: Schema.Finite.check(Schema.isBetween({ minimum: 1e-12, maximum: 0.01 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(1e-7)))
}
