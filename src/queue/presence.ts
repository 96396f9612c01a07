/** Who listens: each worker says so anew every few seconds, and is forgotten when it no longer does. */
import { Schema } from "effect"
import type { Redis } from "ioredis"
import { endKey, WORKERS_KEY, workerKey } from "./names.ts"

export const Presence = Schema.Struct({
  worker: Schema.String,
  host: Schema.String,
  pid: Schema.Number,
  queue: Schema.String,
  /** What it is, and where it keeps what it makes, in words. */
  build: Schema.String,
  store: Schema.String,
  slots: Schema.Number,
  /** Milliseconds since 1970. */
  since: Schema.Number,
  /** How many tasks it has executed, and how many it executes now. */
  done: Schema.Number,
  now: Schema.Number
})
export type Presence = typeof Presence.Type

export const PRESENCE_MS = 2_000
const FORGOTTEN_SECONDS = 8

/** How long a worker that does not hear us may yet find that it is asked to end. */
const ASKED_SECONDS = 600

/** Gives whether it is asked to end. */
export const announce = async (redis: Redis, presence: Presence): Promise<boolean> => {
  await redis.set(workerKey(presence.worker), JSON.stringify(presence), "EX", FORGOTTEN_SECONDS)
  await redis.sadd(WORKERS_KEY, presence.worker)
  return (await redis.exists(endKey(presence.worker))) === 1
}
/** Asks a worker to end after what it has begun, wherever it is. */
export const askToEnd = (redis: Redis, worker: string): Promise<unknown> => redis.set(endKey(worker), "1", "EX", ASKED_SECONDS)
export const takeLeave = (redis: Redis, worker: string): Promise<unknown> => Promise.all([redis.del(workerKey(worker)), redis.srem(WORKERS_KEY, worker)])

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Presence))

/** All that listen, whatever their queue. */
export const whoListens = async (redis: Redis): Promise<ReadonlyArray<Presence>> => {
  const names = await redis.smembers(WORKERS_KEY)
  if (names.length === 0) return []
  const texts = await redis.mget(names.map(workerKey))
  // One that is not heard of any more says its name anew if it comes back.
  const gone = names.filter((_, i) => texts[i] === null)
  if (gone.length > 0) await redis.srem(WORKERS_KEY, gone)
  return texts.flatMap((text) => {
    const found = text === null ? undefined : decode(text)
    return found?._tag === "Some" ? [found.value] : []
  })
}
