import { Effect, Schema } from "effect"
import { Years } from "../years.ts"
import { Term } from "./term.ts"

/** How an interaction is formed: products of the variables, of the variables less their means, or of z-scores. */
export const InteractionForm = Schema.Literals(["raw", "centred", "standardised"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("centred" as const)))

export const controlsParam = {
  controls: Schema.Array(Term).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
}

export const yearsParam = {
  /** The years of the sample; lags reach before them. */
  years: Schema.optionalKey(Years)
}

/** Which rows of the panel a model uses, and their name. */
export const sampleParams = {
  ...yearsParam,
  /** What the sample is called in the results. */
  sample: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed("all")))
}

export const missingParam = {
  /** A variable that is missing in the sample is a fault, or costs its rows (drop); rows that only lack a lag are left out either way. */
  missing: Schema.Literals(["fault", "drop"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("fault" as const)))
}

/** A factor of the panel: entity, year, or a variable whose values are groups. */
const FactorName = Schema.String.check(Schema.isNonEmpty())

/** How the variance of coefficients is estimated, as src/econometrics/variance/variance.ts names it. */
export const VarianceParam = Schema.Union([
  Schema.Literals(["cluster", "iid", "HC1", "HC2", "HC3"]),
  Schema.Struct({
    kind: Schema.Literal("cluster"),
    by: Schema.Union([Schema.Tuple([FactorName]), Schema.Tuple([FactorName, FactorName])]),
    groups: Schema.Literals(["min", "each"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("min" as const)))
  }),
  Schema.Struct({ kind: Schema.Literal("CR2"), by: FactorName }),
  Schema.Struct({
    kind: Schema.Literal("driscoll-kraay"),
    time: FactorName.pipe(Schema.withDecodingDefaultKey(Effect.succeed("year"))),
    lag: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)))
  }),
  Schema.Struct({
    kind: Schema.Literal("conley"),
    /** In km. */
    cutoff: Schema.Finite.check(Schema.isGreaterThan(0)),
    kernel: Schema.Literals(["uniform", "bartlett"]),
    /** Years between which an entity's errors are correlated. */
    lag: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
    /** Variables of the panel with each row's place, as the stage locate adds them. */
    latitude: Term.pipe(Schema.withDecodingDefaultKey(Effect.succeed("latitude"))),
    longitude: Term.pipe(Schema.withDecodingDefaultKey(Effect.succeed("longitude")))
  })
])

/** Weights of rows: a variable of the panel. */
export const weightsParam = {
  weights: Schema.optionalKey(Schema.Struct({ kind: Schema.Literals(["aweight", "fweight"]), variable: Term }))
}

/** How standard errors and intervals are made. */
export const inferenceParams = {
  /** Of the coefficients: clustered by entity, for independent errors, robust to heteroskedasticity; by one or two factors, `{ kind: "cluster", by: ["entity", "year"] }`; `{ kind: "CR2", by: "entity" }`; `{ kind: "driscoll-kraay" }`; `{ kind: "conley", cutoff: 500, kernel: "bartlett" }`, distances in km. */
  variance: VarianceParam.pipe(Schema.withDecodingDefaultKey(Effect.succeed("cluster" as const))),
  /** Whose small-sample factor: what K counts. */
  smallSample: Schema.Literals(["xtreg", "xtivreg2", "reghdfe", "areg", "plm", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("xtreg" as const))),
  /** Coverage of the confidence intervals. */
  level: Schema.Finite.check(Schema.isBetween({ minimum: 0.5, maximum: 0.9999 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.95))),
  /** A regressor is collinear where the effects and the regressors before it leave at most this share of its norm. */
  tolerance: Schema.Finite.check(Schema.isBetween({ minimum: 1e-12, maximum: 0.01 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(1e-7)))
}

/** Random effects and their variance components. */
export const randomEffectsParams = {
  /** Which effects are random: the entities', or the entities' and the years'. */
  randomEffects: Schema.Literals(["one-way", "two-way"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("one-way" as const))),
  /** One-way in an unbalanced panel: entities count once (Stata's `xtreg, re`), or by their rows (`xtreg, re sa`, plm). */
  components: Schema.Literals(["xtreg", "baltagi-chang"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("xtreg" as const)))
}
