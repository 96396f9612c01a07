import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { count } from "../engine/wording.ts"
import { usage } from "../workspace/failure.ts"
import { sharedFlags } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { queueFlag, queueOf } from "./queue-flag.ts"

/** `sediment worker stop`: asks workers to end, wherever they are. */
export const workerStop = () =>
  Command.make(
    "stop",
    {
      queue: queueFlag,
      worker: Argument.String("worker").pipe(Argument.withDescription("a worker, by the name that worker list tells"), Argument.variadic()),
      all: Flag.Boolean("all").pipe(Flag.withDescription("all that listen to this queue, whoever started them"), Flag.withDefault(false)),
      json: sharedFlags.json
    },
    Effect.fn(function* (flags) {
      const address = yield* queueOf(flags)
      if (flags.all !== (flags.worker.length === 0))
        return yield* usage("worker", "name the workers that are to end, as worker list tells them, or say --all: one of both")
      const { connectRedis } = yield* Effect.promise(() => import("../queue/redis.ts"))
      const { askToEnd, whoListens } = yield* Effect.promise(() => import("../queue/presence.ts"))
      const redis = yield* connectRedis(address)
      const all = (yield* Effect.promise(() => whoListens(redis))).map(({ worker }) => worker)
      const unknown = flags.worker.filter((name) => !all.includes(name))
      if (unknown.length > 0)
        return yield* usage("worker", `no worker ${unknown.join(", ")} listens: ${all.length === 0 ? "none does" : `those that do: ${all.join(", ")}`}`)
      const asked = flags.all ? all : flags.worker
      yield* Effect.promise(() => Promise.all(asked.map((name) => askToEnd(redis, name))))
      if (flags.json) printDocument({ asked })
      else process.stderr.write(`${count(asked.length, "worker")} asked to end: ${asked.length === 1 ? "it finishes" : "each finishes"} what it has begun\n`)
    }, Effect.scoped)
  ).pipe(Command.withDescription("ask workers to end after what they have begun, on whatever machine they are"))
