import type { Redis } from "ioredis"
import type { Entry } from "./entry.ts"
import { readOutcome, type TaskOutcome } from "./message.ts"
import { outcomeKey, TAKEN_SECONDS } from "./names.ts"
import type { Sharing } from "./sharing.ts"

/** What workers have told of a task. */
export interface Told {
  readonly entry: Entry
  readonly outcome: TaskOutcome
  /** An artifact that it names and that is not found. */
  readonly gone: string | undefined
}

/** The outcomes that workers leave in Redis, for an hour. */
export class Outcomes {
  readonly #redis: Redis
  readonly #queue: string
  readonly #sharing: Sharing

  constructor(redis: Redis, queue: string, sharing: Sharing) {
    this.#redis = redis
    this.#queue = queue
    this.#sharing = sharing
  }

  /**
   * Those that there are, of tasks of which none is being taken already; until they are taken or cannot be, their tasks are `ending`. `when` they were told, if they
   * were: what failed long ago, for another run, is forgotten, and is not what comes of the same task now.
   */
  async take(entries: ReadonlyArray<Entry>, when: "just now" | "long ago", settle: (told: Told) => void): Promise<void> {
    if (entries.length === 0) return
    const texts = await this.#redis.mget(entries.map(({ key }) => this.#keyOf(key)))
    const all = entries.flatMap((entry, i) => (texts[i] == null || entry.ending ? [] : [{ entry, outcome: readOutcome(texts[i]) }]))
    const found = when === "just now" ? all : all.filter(({ outcome }) => outcome.outputs !== undefined)
    for (const { entry } of found) entry.ending = true
    try {
      const made = found.flatMap(({ outcome }) => artifactsIn(outcome))
      const missing = new Set(made.length === 0 ? [] : await this.#sharing.take([...new Set(made)], when))
      const told = found.map((one): Told => ({ ...one, gone: artifactsIn(one.outcome).find((artifact) => missing.has(artifact)) }))
      // What its inputs or its artifacts were not found for, or failed, is asked for again: an outcome that stays would be the answer.
      const lost = new Set(told.flatMap(({ entry, gone }) => (gone === undefined ? [] : [entry])))
      const stale = all.filter(({ entry, outcome }) => outcome.outputs === undefined || lost.has(entry))
      if (stale.length > 0) await this.#redis.del(stale.map(({ entry }) => this.#keyOf(entry.key)))
      for (const one of told) settle(one)
      // Whoever else waits for it hears of it when we do.
      const taken = this.#redis.pipeline()
      for (const { entry } of found) taken.expire(this.#keyOf(entry.key), TAKEN_SECONDS)
      void taken.exec().catch(() => {})
    } finally {
      // What could not be settled is looked at again.
      for (const { entry } of found) entry.ending = false
    }
  }

  #keyOf(task: string): string {
    return outcomeKey(this.#queue, task)
  }
}

const artifactsIn = ({ outputs }: TaskOutcome): ReadonlyArray<string> => Object.values(outputs ?? {}).map(({ artifact }) => artifact)
