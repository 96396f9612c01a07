/** Who listens: each worker says so anew every few seconds, and is forgotten when it no longer does. */
import { Schema } from "effect"
import type { Redis } from "ioredis"
import { PREFIX, workerKey } from "./names.ts"

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

export const announce = (redis: Redis, presence: Presence): Promise<unknown> =>
  redis.set(workerKey(presence.worker), JSON.stringify(presence), "EX", FORGOTTEN_SECONDS)
export const takeLeave = (redis: Redis, worker: string): Promise<unknown> => redis.del(workerKey(worker))

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Presence))

/** All that listen, whatever their queue. */
export const whoListens = async (redis: Redis): Promise<ReadonlyArray<Presence>> => {
  const keys: Array<string> = []
  let cursor = "0"
  do {
    const [next, found] = await redis.scan(cursor, "MATCH", `${PREFIX}:worker:*`, "COUNT", 1000)
    cursor = next
    keys.push(...found)
  } while (cursor !== "0")
  if (keys.length === 0) return []
  const texts = await redis.mget(keys)
  return texts.flatMap((text) => {
    const found = text === null ? undefined : decode(text)
    return found?._tag === "Some" ? [found.value] : []
  })
}
