import { availableParallelism } from "node:os"
import { Effect, Layer, Option } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { Executor } from "../engine/executor.ts"
import type { Installation } from "../engine/study.ts"
import { count, duration } from "../engine/wording.ts"
import { storeName } from "../queue/store-name.ts"
import type { WorkerEvent } from "../queue/worker/events.ts"
import { runName } from "../store/runs.ts"
import { cacheOf, wellFormed } from "../workspace/cache-folder.ts"
import { remoteFlags, remoteLayer, remoteOf } from "../workspace/remote.ts"
import { styleFor } from "../workspace/style.ts"
import { filesOf } from "../workspace/workspace.ts"
import { durationFlag } from "./duration-flag.ts"
import { queueFlag, queueOf, workerCacheFlag } from "./queue-flag.ts"
import { serveUntilAsked } from "./until-asked.ts"
import { wholeNumber } from "./whole-number.ts"
import { workerList } from "./worker-list.ts"
import { workerStart } from "./worker-start.ts"
import { workerStop } from "./worker-stop.ts"

const LEASE_MS = 30_000

const REASONS = { idle: "it had nothing to do", time: "its time is up", asked: "it was asked to", replaced: "another Sediment is installed where it was" }

const lineOf = (event: WorkerEvent): string | undefined => {
  const style = styleFor(process.stderr)
  switch (event.event) {
    case "listening":
      return `worker ${event.worker} listens: ${count(event.slots, "slot")}, ${event.build}, ${event.store}. Ctrl-C ends it after what it has begun`
    case "began":
      return undefined
    case "finished":
      return `${style("green", "✓")} ${event.node}  ${style("dim", duration(event.ms))}`
    case "failed":
      return `${style("red", "✗")} ${event.node}  failed\n${event.faults.map((fault) => `    ${fault}`).join("\n")}`
    case "trouble":
      return `${style("yellow", "!")} ${event.message}`
    case "ending":
      return `the worker ends, ${REASONS[event.why]}: ${count(event.done, "task")} executed${event.now === 0 ? "" : `, ${event.now} under way, which ${event.now === 1 ? "it finishes" : "are finished"} first`}`
  }
}

/** `sediment worker`: executes tasks that runs have submitted to a queue; `worker start | list | stop`: workers elsewhere, or in the background. */
export const worker = (installation: Installation) =>
  Command.make(
    "worker",
    {
      queue: queueFlag,
      cache: workerCacheFlag,
      ...remoteFlags,
      slots: wholeNumber("slots").pipe(
        Flag.withAlias("j"),
        Flag.withMetavar("N"),
        Flag.withDescription("tasks that run at a time (default: the number of processors)"),
        Flag.withDefault(availableParallelism())
      ),
      idle: durationFlag("idle-timeout").pipe(Flag.withDescription("end when there was nothing to do for so long"), Flag.optional),
      wall: durationFlag("wall-time").pipe(Flag.withDescription("take nothing new after so long, and end"), Flag.optional),
      lease: durationFlag("lease").pipe(
        Flag.withDescription("give the tasks of a worker that is not heard of for so long to another (default: 30s)"),
        Flag.withDefault(LEASE_MS)
      ),
      json: Flag.Boolean("json").pipe(Flag.withDescription("tell what happens on standard output, a JSON document a line"), Flag.withDefault(false))
    },
    Effect.fn(function* (flags) {
      serveUntilAsked()
      const address = yield* queueOf(flags)
      const cache = cacheOf(flags)
      yield* wellFormed(cache)
      const remote = yield* remoteOf(flags)
      const store = yield* storeName(cache, remote)
      const listen = (event: WorkerEvent) => {
        if (flags.json) process.stdout.write(`${JSON.stringify({ version: 1, at: Date.now(), ...event })}\n`)
        else {
          const line = lineOf(event)
          if (line !== undefined) process.stderr.write(`${line}\n`)
        }
      }
      const { serveWorker } = yield* Effect.promise(() => import("../queue/worker/serve.ts"))
      yield* serveWorker({
        address,
        installation,
        cache,
        store,
        slots: flags.slots,
        leaseMs: flags.lease,
        idleMs: Option.getOrUndefined(flags.idle),
        wallMs: Option.getOrUndefined(flags.wall),
        listen
      }).pipe(
        Effect.provide(
          Layer.mergeAll(
            Executor.threads(flags.slots, installation.worker),
            remoteLayer(remote, (message) => listen({ event: "trouble", message }))
          ).pipe(Layer.provideMerge(filesOf({ cache, run: runName(new Date()) })))
        )
      )
    }, Effect.scoped)
  ).pipe(
    Command.withDescription("execute what runs submit to a queue (run --executor redis://…), until it is asked to end"),
    Command.withSubcommands([workerStart(installation), workerList(), workerStop()])
  )
