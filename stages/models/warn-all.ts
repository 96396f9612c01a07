import { Stage } from "@sediment/sediment"
import { Effect } from "effect"
import type { Warning } from "../../src/econometrics/fault.ts"

/** Passes an estimator's warnings on, each once. */
export const warnAll = (warnings: ReadonlyArray<Warning>): Effect.Effect<void> =>
  Effect.forEach([...new Map(warnings.map(({ code, message }) => [`${code} ${message}`, { code, message }])).values()], (warning) => Stage.warn(warning), {
    discard: true
  })
