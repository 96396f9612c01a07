import { setTimeout as sleep } from "node:timers/promises"
import { Effect, type Scope } from "effect"
import type { ChainableCommander, Redis } from "ioredis"
import { type CliFailure, usage } from "../workspace/failure.ts"

/** How long the first connection may take. */
const PATIENCE_MS = 5_000
/** The longest pause before it is tried again to reach a Redis that is away. */
const LONGEST_PAUSE_MS = 2_000

/** An address without its password, for messages. What is no address is not shown at all: it may hold one. */
export const withoutPassword = (address: string): string => {
  const url = URL.parse(address)
  if (url === null) return "an address that is none"
  if (url.password !== "") url.password = "***"
  url.search = ""
  return url.href.replace(/\/$/, "")
}

const inWords = (address: string, { message }: Error): string => {
  const at = withoutPassword(address)
  // Refused; or it ended while it was asked.
  if (/ECONNREFUSED|ECONNRESET|EPIPE|Connection is closed/.test(message))
    return `no Redis answers at ${at}: start one (redis-server, or valkey-server), or correct the address`
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) return `there is no machine of the name in ${at}: correct the address`
  if (/WRONGPASS|NOAUTH|invalid username-password/.test(message))
    return `Redis at ${at} wants another name or password: put them into the address, redis://NAME:PASSWORD@HOST, in SEDIMENT_EXECUTOR (of run and compare) or SEDIMENT_QUEUE (of worker), which no list of processes shows`
  return `cannot use Redis at ${at}: ${message}`
}

/** Opens a connection, which comes back by itself when Redis was away; what is asked meanwhile waits. Fails where the first one does not come about. */
export const connectRedis = (address: string): Effect.Effect<Redis, CliFailure, Scope.Scope> =>
  Effect.gen(function* () {
    const url = URL.parse(address)
    if (url === null || !["redis:", "rediss:"].includes(url.protocol))
      return yield* usage("queue", "what is given as the address of the queue is none: write redis://HOST:PORT, or rediss:// for TLS")
    const { Redis } = yield* Effect.promise(() => import("ioredis"))
    let isOver = false
    const redis = yield* Effect.acquireRelease(
      Effect.sync(
        () =>
          new Redis(address, {
            lazyConnect: true,
            maxRetriesPerRequest: null,
            enableReadyCheck: true,
            retryStrategy: (times) => (isOver ? null : Math.min(50 * 2 ** Math.min(times, 10), LONGEST_PAUSE_MS))
          })
      ),
      (one) =>
        Effect.sync(() => {
          isOver = true
          // One that is just being lost can come back once more, and would keep the process.
          one.on("connect", () => one.disconnect())
          one.disconnect()
        })
    )
    // Each failure to reach it is an event, besides what waits.
    let last: Error | undefined
    redis.on("error", (error) => {
      last = error
    })
    yield* Effect.tryPromise({
      try: () => redis.connect(),
      catch: (error) => usage("queue", inWords(address, last ?? (error instanceof Error ? error : new Error(String(error)))))
    }).pipe(
      Effect.timeoutOrElse({
        duration: PATIENCE_MS,
        orElse: () => Effect.fail(usage("queue", inWords(address, last ?? new Error(`it did not answer within ${PATIENCE_MS / 1000} s`))))
      })
    )
    return redis
  })

/** Whether a Redis refuses for now to write: its memory is full, it was made a replica, its disk fails, or it is still loading. */
export const refusesForNow = (message: string): boolean => /\b(OOM|READONLY|MISCONF|LOADING|NOREPLICAS)\b/.test(message)

const REFUSED_MS = 1_000

/** Does writes that belong together, again and again while Redis refuses them; a failure of any of them is one. `tell` learns of it once. */
export const written = async (pipeline: () => ChainableCommander, tell: (message: string) => void): Promise<void> => {
  for (let told = false; ; told = true) {
    const failed = (await pipeline().exec())?.find(([error]) => error !== null)?.[0]
    if (failed == null) return
    if (!refusesForNow(failed.message)) throw failed
    if (!told) tell(`Redis takes nothing for now: ${failed.message}; it is tried again`)
    await sleep(REFUSED_MS)
  }
}

const LOOK_MS = 100

/** How long who leaves waits for a Redis that says nothing, milliseconds. */
const LEAVE_MS = 5_000

/**
 * Waits for what was asked of Redis, whatever comes of it, but not while Redis is away, or says nothing for some seconds: that would hold up who leaves for as
 * long as it lasts. Gives whether it came to its end.
 */
export const unlessAway = async (redis: Redis, asked: Promise<unknown>): Promise<boolean> => {
  const since = Date.now()
  let settled = false
  const settling = asked
    .catch(() => {})
    .then(() => {
      settled = true
    })
  while (!settled && redis.status === "ready" && Date.now() - since < LEAVE_MS) await Promise.race([settling, sleep(LOOK_MS)])
  return settled
}
