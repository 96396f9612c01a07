/** How what one process has made is found by the others: in a folder that all see, or in a shared store. */
import { existsSync } from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import { Effect } from "effect"
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
}

/** How long a file may need to be seen from another machine, milliseconds: network file systems remember for a while that there was none. */
const SEEN_LATE_MS = [0, 50, 200, 1000, 3000, 5000]

const inFolder = (objects: ObjectStore["Service"]): Sharing => ({
  hasTraces: true,
  offer: async () => {
    await Effect.runPromise(objects.sync)
    return []
  },
  take: async (artifacts, told) => {
    let missing = artifacts
    for (const wait of told === "just now" ? SEEN_LATE_MS : [0]) {
      if (wait > 0) await pause(wait)
      missing = missing.filter((artifact) => !existsSync(objects.path(artifact)))
      if (missing.length === 0) break
    }
    return missing
  }
})

/** How many blobs are fetched at a time. */
const AT_ONCE = 8

const inSharedStore = (objects: ObjectStore["Service"], shared: SharedStore): Sharing => ({
  hasTraces: false,
  offer: (artifacts) => Effect.runPromise(Effect.provideService(shared.offer(artifacts), ObjectStore, objects)),
  take: (artifacts) =>
    Effect.runPromise(
      Effect.forEach(artifacts, (artifact) => Effect.map(shared.fetch(artifact), (there) => (there ? [] : [artifact])), { concurrency: AT_ONCE }).pipe(
        Effect.map((missing) => missing.flat()),
        Effect.provideService(ObjectStore, objects)
      )
    )
})

/** How a run and its workers find what the other has made. Fails where that is a shared store that does not let them, which would fail one task after the other. */
export const sharingOf = (objects: ObjectStore["Service"], shared: SharedStore): Effect.Effect<Sharing, CliFailure> =>
  Effect.gen(function* () {
    if (!shared.writes) return inFolder(objects)
    const refusal = yield* shared.refusal
    if (refusal === undefined) return inSharedStore(objects, shared)
    return yield* usage(
      "remote",
      `the shared store ${shared.address}: ${refusal}; with a queue, all that a run and its workers have in common is there: set SEDIMENT_REMOTE_TOKEN to a token that may write to it`
    )
  })
