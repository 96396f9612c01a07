import { Clock, Effect } from "effect"
import * as Command from "effect/cli/Command"
import { count, duration } from "../engine/wording.ts"
import { sharedFlags } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { queueFlag, queueOf } from "./queue-flag.ts"

/** `sediment worker list`: who listens, on whatever machine. */
export const workerList = () =>
  Command.make(
    "list",
    { queue: queueFlag, json: sharedFlags.json },
    Effect.fn(function* (flags) {
      const address = yield* queueOf(flags)
      const { connectRedis, withoutPassword } = yield* Effect.promise(() => import("../queue/redis.ts"))
      const { whoListens } = yield* Effect.promise(() => import("../queue/presence.ts"))
      const redis = yield* connectRedis(address)
      const all = [...(yield* Effect.promise(() => whoListens(redis)))].sort((a, b) => a.since - b.since)
      if (flags.json) return printDocument({ workers: all })
      if (all.length === 0) {
        process.stderr.write(`no worker listens at ${withoutPassword(address)}\n`)
        return
      }
      const now = yield* Clock.currentTimeMillis
      for (const { build, done, now: busy, since, slots, store, worker } of all)
        process.stdout.write(
          `${worker}  ${busy} of ${count(slots, "slot")} busy, ${count(done, "task")} executed, listens for ${duration(now - since)}: ${build}, ${store}\n`
        )
    }, Effect.scoped)
  ).pipe(Command.withDescription("tell which workers listen to a queue, and what they are at"))
