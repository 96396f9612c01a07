import { Stage } from "@sediment/sediment"
import { Effect } from "effect"
import type { Warning } from "../../src/econometrics/fault.ts"

/** Passes an estimator's warnings on, each once; `prefix` says which equation they are of. */
export const warnAll = (warnings: ReadonlyArray<Warning>, prefix = ""): Effect.Effect<void> =>
  Effect.forEach(
    [...new Map(warnings.map(({ code, message }) => [`${code} ${message}`, { code, message: prefix + message }])).values()],
    (warning) => Stage.warn(warning),
    { discard: true }
  )
