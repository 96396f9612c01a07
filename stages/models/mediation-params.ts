import { Effect, Schema } from "effect"
import { PERCENTILES } from "../../src/econometrics/moderation.ts"
import { controlsParam } from "./model-params.ts"
import { Term } from "./term.ts"

/** The roles of a mediation's variables. */
export const mediationParams = {
  outcome: Term,
  treatment: Term,
  mediator: Term,
  ...controlsParam
}

/** Percentiles of the moderator at which conditional effects are given; those of a node's replicates must be the same. */
export const percentilesParam = {
  percentiles: Schema.NonEmptyArray(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 100 }))).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed(PERCENTILES as [number, ...Array<number>]))
  )
}
