import { Effect } from "effect"

/** Lets other questions be answered by the thread meanwhile. */
export const breathe: Effect.Effect<void> = Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))
