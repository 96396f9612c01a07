import { Effect, Schema } from "effect"
import { ALL_PATHS, type Path } from "../../src/econometrics/mediation/moderated-path.ts"
import { PERCENTILES } from "../../src/econometrics/mediation/moderator-values.ts"
import { RHOS } from "../../src/econometrics/mediation/sensitivity.ts"
import { controlsParam, inferenceParams } from "./model-params.ts"
import { Term } from "./term.ts"

/** The roles of a mediation's variables. */
export const mediationParams = {
  outcome: Term,
  treatment: Term,
  mediator: Term,
  ...controlsParam
}

const Percentile = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 100 }))

/** Values of the moderator at which effects are given: percentiles of the sample, the mean and one SD around it, own values, or a number of them over its range. */
const Values = Schema.Union([
  Schema.Struct({ percentiles: Schema.NonEmptyArray(Percentile).check(Schema.isUnique()) }),
  Schema.Struct({ meanAndSd: Schema.Literal(true) }),
  Schema.Struct({ at: Schema.NonEmptyArray(Schema.Finite).check(Schema.isUnique()) }),
  Schema.Struct({ grid: Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 1000 })) })
])

/** Which paths the moderator changes: treatment on mediator, mediator on outcome, treatment on outcome. */
const Moderated = Schema.NonEmptyArray(Schema.Literals(["first", "second", "direct"])).check(Schema.isUnique())

/** Strictly between -1 and 1: `sensitivity` refuses others. */
const Rhos = Schema.NonEmptyArray(Schema.Finite).check(Schema.isUnique())

export const moderationParams = {
  moderator: Term,
  moderated: Moderated.pipe(Schema.withDecodingDefaultKey(Effect.succeed(ALL_PATHS as [Path, ...Array<Path>]))),
  values: Values.pipe(Schema.withDecodingDefaultKey(Effect.succeed({ percentiles: PERCENTILES as [number, ...Array<number>] })))
}

export const sensitivityParams = {
  /** Correlations of the errors of mediator and outcome. */
  rhos: Rhos.pipe(Schema.withDecodingDefaultKey(Effect.succeed(RHOS as [number, ...Array<number>])))
}

/**
 * The model whose effects are resampled, as its own stage has it: with a moderator, `moderation`'s conditional effects (`moderated` and `values` as there);
 * with `rhos`, those of `mediation-sensitivity`; otherwise the effects of `mediation`.
 */
export const resampledParams = {
  ...mediationParams,
  tolerance: inferenceParams.tolerance,
  moderator: Schema.optionalKey(Term),
  moderated: Schema.optionalKey(Moderated),
  values: Schema.optionalKey(Values),
  rhos: Schema.optionalKey(Rhos)
}
