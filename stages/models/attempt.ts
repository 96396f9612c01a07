import { StageFailure } from "@sediment/sediment"
import { Effect } from "effect"
import { Fault, resultOrFault } from "../../src/econometrics/fault.ts"

/** Runs an estimator; its Fault becomes the stage's failure. Anything else that it throws is a defect, and stays one. */
export const attempt = <A>(estimate: () => A): Effect.Effect<A, StageFailure> =>
  Effect.suspend(() => {
    const result = resultOrFault(estimate)
    return result instanceof Fault ? Effect.fail(StageFailure.of(result.code, result.message)) : Effect.succeed(result)
  })
