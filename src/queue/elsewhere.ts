/** The executor of a run that has workers: what needs this machine's files or programs runs here, the rest on whoever listens to the queue. */
import { Effect, Layer } from "effect"
import type { Elsewhere } from "../engine/elsewhere.ts"
import { Executor } from "../engine/executor.ts"
import type { LoadedStages } from "../engine/loaded-stages.ts"
import type { Installation } from "../engine/study.ts"
import { ObjectStore } from "../store/objects.ts"
import { SharedStore } from "../store/shared/shared-store.ts"
import type { CliFailure } from "../workspace/failure.ts"
import { buildOf, PREFIX, queueName } from "./names.ts"
import { portableModule } from "./portable-module.ts"
import { connectRedis, unlessAway } from "./redis.ts"
import { sharingOf } from "./sharing.ts"
import type { StoreName } from "./store-name.ts"
import { Submitter } from "./submitter.ts"

export interface QueueOptions {
  /** Address of the Redis or Valkey. */
  readonly address: string
  readonly installation: Installation
  readonly store: StoreName
  /** A sentence for the user. */
  readonly tell: (sentence: string) => void
  /** How a worker is started. */
  readonly toStart: string
}

/** Why something cannot be sent: of what esbuild says, whose first line counts the errors, the first. */
const whyNot = (error: unknown): string => {
  const [whole = "", first = whole] = (error instanceof Error ? error.message : String(error)).split("\n")
  return first
}

/** What is executed by workers, for as long as the scope lasts. */
const openQueue = Effect.fnUntraced(function* ({ address, installation, store, tell, toStart }: QueueOptions) {
  const objects = yield* ObjectStore
  const shared = yield* SharedStore
  const sharing = yield* sharingOf(objects, shared)
  const { Queue, QueueEvents } = yield* Effect.promise(() => import("bullmq"))
  const redis = yield* connectRedis(address)
  const build = buildOf(installation)
  const name = queueName(build, store)
  const queue = yield* Effect.acquireRelease(
    Effect.sync(() => new Queue(name, { connection: redis, prefix: PREFIX })),
    (one) => Effect.promise(() => unlessAway(redis, one.close()))
  )
  const events = yield* Effect.acquireRelease(
    Effect.sync(() => new QueueEvents(name, { connection: redis, prefix: PREFIX })),
    (one) => Effect.promise(() => unlessAway(redis, one.close()))
  )
  yield* Effect.promise(() => events.waitUntilReady())
  const submitter = yield* Effect.acquireRelease(
    Effect.sync(() => new Submitter({ redis, queue, events, build, store, sharing, tell, toStart })),
    (one) => Effect.promise(() => one.close())
  )
  /** By bundle; undefined where it cannot be sent. */
  const modules = new Map<string, Promise<string | undefined>>()
  const portable = async (bundle: string): Promise<string | undefined> => {
    try {
      const { sha256, text } = await portableModule(bundle, installation)
      submitter.know(sha256, text)
      return sha256
    } catch (error) {
      tell(`the study's code cannot be sent to workers, and its stages run here: ${whyNot(error)}`)
      return undefined
    }
  }
  const moduleOf = ({ bundle }: LoadedStages): Effect.Effect<string | undefined> =>
    Effect.promise(() => {
      const known = modules.get(bundle) ?? portable(bundle)
      modules.set(bundle, known)
      return known
    })
  return {
    // Only this process sees how many of a stage run at a time.
    takes: (loaded, { command, concurrency }) =>
      command !== undefined || concurrency !== undefined ? Effect.succeed(false) : Effect.map(moduleOf(loaded), (module) => module !== undefined),
    execute: (loaded, task, prospects, turn) =>
      Effect.flatMap(moduleOf(loaded), (module) =>
        Effect.callback((resume) => {
          const takeBack = submitter.add(module!, task, prospects, turn, (outcome) => resume(Effect.succeed(outcome)))
          return Effect.sync(takeBack)
        })
      )
  } satisfies Elsewhere
})

/** An executor with workers besides: `local` runs what stays here. */
export const withQueue = <E, R>(local: Layer.Layer<Executor, E, R>, options: QueueOptions): Layer.Layer<Executor, E | CliFailure, R | ObjectStore> =>
  Layer.effect(
    Executor,
    Effect.gen(function* () {
      const own = yield* Executor
      return { ...own, elsewhere: yield* openQueue(options) }
    })
  ).pipe(Layer.provide(local))
