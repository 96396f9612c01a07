import { StageFailure } from "@sediment/sediment"
import { Effect } from "effect"
import { Fault } from "../../src/econometrics/fault.ts"

/** Runs an estimator; its Fault becomes the stage's failure. Anything else that it throws is a defect, and stays one. */
export const attempt = <A>(estimate: () => A): Effect.Effect<A, StageFailure> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(estimate())
    } catch (error) {
      if (error instanceof Fault) return Effect.fail(StageFailure.of(error.code, error.message))
      throw error
    }
  })
