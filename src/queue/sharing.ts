/** How what one process has made is found by the others: in a folder that all see, or in a shared store. */
import { existsSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { Effect } from "effect"
import type { StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import type { SharedStore } from "../store/shared/shared-store.ts"
import { type CliFailure, usage } from "../workspace/failure.ts"

export interface Sharing {
  /** What the workers trace is in our log. */
  readonly hasTraces: boolean
  /** Makes sure that the others find these artifacts; gives those that they do not. */
  readonly offer: (artifacts: ReadonlyArray<string>) => Promise<ReadonlyArray<string>>
  /** Makes sure that we find them; gives those that we do not. What was told long ago is there by now, or is gone. */
  readonly take: (artifacts: ReadonlyArray<string>, told: "just now" | "long ago") => Promise<ReadonlyArray<string>>
  /** Nothing is waited for any more: what waits rejects. */
  readonly giveUp: () => void
}

/** How long a file may need to be seen from another machine, milliseconds, half a minute in all: network file systems remember for a while that there was none. */
const SEEN_LATE_MS = [0, 50, 200, 1000, 3000, 5000, 10_000, 15_000]
/** A shared store that is away for longer than this is given up, and what needs it fails. */
const LONGEST_AWAY_MS = 600_000
/** How often whoever waits looks whether that is still wanted. */
const LOOK_MS = 250
/** How many blobs are fetched at a time. */
const AT_ONCE = 8

/** Waits so long; rejects when nothing is waited for any more. */
type Wait = (ms: number) => Promise<void>
type Ways = Omit<Sharing, "giveUp">

const inFolder = (objects: ObjectStore["Service"], wait: Wait): Ways => ({
  hasTraces: true,
  offer: async () => {
    await Effect.runPromise(objects.sync)
    return []
  },
  take: async (artifacts, told) => {
    let missing = artifacts
    for (const ms of told === "just now" ? SEEN_LATE_MS : [0]) {
      await wait(ms)
      missing = missing.filter((artifact) => !existsSync(objects.path(artifact)))
      if (missing.length === 0) break
    }
    return missing
  }
})

const inSharedStore = (objects: ObjectStore["Service"], shared: SharedStore, wait: Wait): Ways => {
  /** Asks again for what is lacking where the store was away: without it nothing can go on. */
  const patiently =
    (ask: (artifacts: ReadonlyArray<string>) => Effect.Effect<ReadonlyArray<string>, StoreFailure, ObjectStore>) =>
    async (artifacts: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
      const until = Date.now() + LONGEST_AWAY_MS
      for (let all = artifacts; ; ) {
        all = await Effect.runPromise(Effect.provideService(ask(all), ObjectStore, objects))
        const ms = all.length === 0 ? 0 : await Effect.runPromise(shared.away)
        if (ms === 0 || Date.now() + ms > until) return all
        await wait(ms)
      }
    }
  const fetched = (artifact: string) => Effect.map(shared.fetch(artifact), (there) => (there ? [] : [artifact]))
  return {
    hasTraces: false,
    offer: patiently(shared.offer),
    take: patiently((artifacts) => Effect.map(Effect.forEach(artifacts, fetched, { concurrency: AT_ONCE }), (missing) => missing.flat()))
  }
}

/** How a run and its workers find what the other has made. Fails where that is a shared store that does not let them, which would fail one task after the other. */
export const sharingOf = (objects: ObjectStore["Service"], shared: SharedStore): Effect.Effect<Sharing, CliFailure> =>
  Effect.gen(function* () {
    let isWanted = true
    const wait: Wait = async (ms) => {
      for (const until = Date.now() + ms; isWanted && Date.now() < until; ) await sleep(Math.min(LOOK_MS, until - Date.now()))
      if (!isWanted) throw new Error("nothing is waited for any more")
    }
    const giveUp = () => {
      isWanted = false
    }
    if (!shared.writes) return { ...inFolder(objects, wait), giveUp }
    const refusal = yield* shared.refusal
    if (refusal === undefined) return { ...inSharedStore(objects, shared, wait), giveUp }
    return yield* usage(
      "remote",
      `the shared store ${shared.address}: ${refusal}; with a queue, all that a run and its workers have in common is there: set SEDIMENT_REMOTE_TOKEN to a token that may write to it`
    )
  })
