/** A worker: takes jobs from the queue for as long as it may, and executes their tasks. */
import { randomBytes } from "node:crypto"
import { hostname } from "node:os"
import { setTimeout as sleep } from "node:timers/promises"
import type { Job as QueuedJob, Worker } from "bullmq"
import { Context, Effect, Exit, type Scope } from "effect"
import { Executor } from "../../engine/executor.ts"
import type { Installation } from "../../engine/study.ts"
import { count } from "../../engine/wording.ts"
import { StoreFailure } from "../../store/failure.ts"
import { ObjectStore } from "../../store/objects.ts"
import type { TraceLog } from "../../store/segment-log.ts"
import { SharedStore } from "../../store/shared/shared-store.ts"
import { CliFailure } from "../../workspace/failure.ts"
import { NOT_WELL, WORKER_ENDS } from "../message.ts"
import { buildOf, PREFIX, queueName } from "../names.ts"
import { announce, PRESENCE_MS, type Presence, takeLeave } from "../presence.ts"
import { connectRedis, unlessAway } from "../redis.ts"
import { sharingOf } from "../sharing.ts"
import type { StoreName } from "../store-name.ts"
import type { Ending, WorkerEvent } from "./events.ts"
import { ofOneInstallation, Replaced, watchInstalled } from "./installed.ts"
import { NotSeen, runJob } from "./job-runner.ts"
import { Modules } from "./modules.ts"
import { Rest } from "./rest.ts"
import { Summaries } from "./task-runner.ts"

export interface WorkerOptions {
  readonly address: string
  readonly installation: Installation
  readonly cache: string
  readonly store: StoreName
  /** Tasks that run at a time. */
  readonly slots: number
  /** How long a job stays with a worker that is not heard of, milliseconds. */
  readonly leaseMs: number
  /** It ends when it had nothing to do for so long. */
  readonly idleMs: number | undefined
  /** It takes nothing new after so long, and ends. */
  readonly wallMs: number | undefined
  readonly listen: (event: WorkerEvent) => void
}

/** How often a job may be left by workers that were lost before it is given up. */
const MOST_LOST = 3

/** Listens until it is interrupted, or its time is up; what it has begun it brings to its end in either case. */
export const serveWorker = ({
  address,
  cache,
  idleMs,
  installation,
  leaseMs,
  listen,
  slots,
  store,
  wallMs
}: WorkerOptions): Effect.Effect<void, CliFailure, ObjectStore | TraceLog | Executor | Scope.Scope> =>
  Effect.gen(function* () {
    const bullmq = yield* Effect.promise(() => import("bullmq"))
    const redis = yield* connectRedis(address)
    const build = buildOf(installation)
    const name = `${hostname()}-${process.pid}-${randomBytes(3).toString("hex")}`
    const queue = queueName(build, store)
    let done = 0
    let now = 0
    let lastBusy = Date.now()
    const since = Date.now()
    const presence = (): Presence => ({
      worker: name,
      host: hostname(),
      pid: process.pid,
      queue,
      build: build.inWords,
      store: store.inWords,
      slots,
      since,
      done,
      now
    })
    const shared = yield* SharedStore
    const objects = yield* ObjectStore
    const sharing = yield* sharingOf(objects, shared)
    const isInstalled = watchInstalled(installation, build)
    const given = yield* Effect.context<ObjectStore | TraceLog | Executor>()
    const services = Context.add(given, Executor, ofOneInstallation(yield* Executor, isInstalled))
    const modules = new Modules(redis, installation, cache)
    const summaries = new Summaries()
    const begunToEnd = Promise.withResolvers<void>()
    let ending = false
    let isReplaced = false
    // Who ends waits for no Redis that is away: what was made is durable by then, and is found by whoever asks for it next.
    const ask = async <A>(asked: Promise<A>): Promise<A> => {
      if (!ending) await Promise.race([asked.catch(() => {}), begunToEnd.promise])
      if (ending && !(await unlessAway(redis, asked))) throw new Error("Redis is away, and this worker ends")
      return asked
    }
    const trouble = (message: string) => listen({ event: "trouble", message })
    // While Redis is away it cannot be closed: it is left as it is then, but not before what it has begun is at its end.
    const leave = async (worker: Pick<Worker, "close">, force: boolean): Promise<void> => {
      const closing = worker.close(force)
      while (!(await unlessAway(redis, closing)) && now > 0) await sleep(LOOK_MS)
    }
    const execute = async (job: QueuedJob): Promise<void> => {
      now++
      try {
        if (!isInstalled()) throw new Replaced()
        await Effect.runPromiseWith(services)(
          runJob(job, {
            queue,
            redis,
            ask,
            modules,
            sharing,
            keep: shared.keep,
            trouble,
            runner: { worker: name, sharing, summaries, store: store.inWords },
            listen: (event) => {
              if (event.event !== "began") done++
              listen(event)
            }
          })
        )
        rest.over()
      } catch (error) {
        // Whatever goes wrong then may be due to it.
        if (!isInstalled()) {
          isReplaced = true
          throw new Error(`${WORKER_ENDS}: ${new Replaced().message}`)
        }
        if (!(error instanceof StoreFailure || error instanceof NotSeen)) throw error
        rest.begin(error.message)
        throw new Error(`${NOT_WELL}: ${error.message}`)
      } finally {
        now--
        lastBusy = Date.now()
      }
    }
    const worker = yield* Effect.acquireRelease(
      Effect.sync(
        () =>
          new bullmq.Worker(queue, execute, {
            autorun: false,
            connection: redis,
            prefix: PREFIX,
            concurrency: slots,
            lockDuration: leaseMs,
            stalledInterval: Math.max(250, leaseMs / 2),
            maxStalledCount: MOST_LOST
          })
      ),
      (one) => Effect.promise(() => leave(one, true))
    )
    const rest = new Rest(() => worker, trouble)
    // A connection that is away is told once, not each time that it is tried.
    let last = ""
    worker.on("error", ({ message }) => {
      if (message !== last && !ending) trouble(`the queue: ${message}; it is tried again`)
      last = message
    })
    worker.on("ready", () => {
      last = ""
    })
    let asked = false
    yield* Effect.promise(() => announce(redis, presence()))
    listen({ event: "listening", ...presence() })
    const announcing = setInterval(() => {
      isReplaced ||= !isInstalled()
      if (redis.status === "ready")
        void announce(redis, presence()).then(
          (found) => {
            asked ||= found
          },
          () => {}
        )
    }, PRESENCE_MS)
    yield* Effect.addFinalizer(() =>
      Effect.promise(async () => {
        clearInterval(announcing)
        if (redis.status === "ready") await unlessAway(redis, takeLeave(redis, name))
      })
    )
    const ended = Effect.gen(function* () {
      for (;;) {
        yield* Effect.sleep(LOOK_MS)
        if (isReplaced) return "replaced" as const
        if (asked) return "asked" as const
        if (wallMs !== undefined && Date.now() - since >= wallMs) return "time" as const
        if (idleMs !== undefined && now === 0 && Date.now() - lastBusy >= idleMs) return "idle" as const
      }
    })
    yield* Effect.uninterruptibleMask((restore) =>
      Effect.gen(function* () {
        // Nothing is begun before Ctrl-C waits for it. What goes wrong with it is told as its trouble.
        void worker.run().catch(() => {})
        const exit = yield* Effect.exit(restore(ended))
        const why: Ending = Exit.isSuccess(exit) ? exit.value : "asked"
        ending = true
        begunToEnd.resolve()
        rest.end()
        listen({ event: "ending", why, done, now })
        yield* Effect.promise(() => leave(worker, false))
        const { left } = yield* shared.flush
        if (left > 0) trouble(`${count(left, "result")} could not be kept in the shared store`)
        // Whoever starts workers anew that fail starts the one that is installed now.
        if (why === "replaced") return yield* new CliFailure({ exitCode: 1, errors: [{ code: "replaced", message: new Replaced().message }] })
      })
    )
  })

/** How often it is looked whether its time is up. */
const LOOK_MS = 100
