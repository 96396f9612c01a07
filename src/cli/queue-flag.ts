import { Effect } from "effect"
import * as Flag from "effect/cli/Flag"
import { type CliFailure, usage } from "../workspace/failure.ts"

export const queueFlag = Flag.String("queue").pipe(
  Flag.withMetavar("URL"),
  Flag.withDescription(
    "address of the Redis or Valkey, redis://HOST:PORT (default: SEDIMENT_QUEUE, where an address with a password belongs: what is on a command line, everybody on the machine sees)"
  ),
  Flag.withDefault("")
)

export const workerCacheFlag = Flag.String("cache").pipe(
  Flag.withMetavar("DIR"),
  Flag.withDescription("the cache that the run has too (default: SEDIMENT_CACHE, else cache/)"),
  Flag.withDefault("")
)

/** The address of the queue that the flags name. */
export const queueOf = (flags: { readonly queue: string }): Effect.Effect<string, CliFailure> => {
  const address = flags.queue || process.env["SEDIMENT_QUEUE"] || ""
  return address === ""
    ? Effect.fail(usage("queue", "there is no queue to listen to: name it with --queue redis://HOST:PORT, or in SEDIMENT_QUEUE"))
    : Effect.succeed(address)
}
