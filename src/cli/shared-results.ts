/** What a run tells of the shared store. */
import { Effect, type Layer } from "effect"
import { isFetched, type RunReport } from "../engine/events.ts"
import { count } from "../engine/wording.ts"
import type { ObjectStore } from "../store/objects.ts"
import { SharedStore } from "../store/shared/shared-store.ts"
import { program } from "../workspace/command-to-type.ts"
import { type RemotePlace, remoteLayer } from "../workspace/remote.ts"
import { styleFor } from "../workspace/style.ts"

export interface SharedResults {
  readonly layer: Layer.Layer<never, never, ObjectStore>
  /** Waits, for a limited time, until what was made is kept there; gives what the document of the run has of it. */
  readonly kept: (report: RunReport) => Effect.Effect<{ readonly sharedStore?: object }>
}

/** `say` tells what goes wrong, as it happens. */
export const sharedResults = (place: RemotePlace | undefined, json: boolean, say: (message: string) => void): SharedResults => {
  const messages: Array<string> = []
  const tell = (message: string) => {
    messages.push(message)
    say(message)
  }
  const style = styleFor(process.stderr)
  return {
    layer: remoteLayer(place, tell),
    kept: ({ nodes }) =>
      Effect.gen(function* () {
        const { address, flush, writes } = yield* SharedStore
        if (address === undefined) return {}
        const { kept, left } = yield* flush
        if (!json && kept > 0) process.stderr.write(`kept in the shared store ${address}: ${count(kept, "result")}\n`)
        if (!json && left > 0)
          process.stderr.write(
            `${style("yellow", "!")} not kept in the shared store ${address}: ${count(left, "result")}, which ${left === 1 ? "is" : "are"} in the cache all the same: ${program()} cache push sends ${left === 1 ? "it" : "them"}\n`
          )
        return { sharedStore: { address, fetched: nodes.filter(isFetched).length, ...(writes && { kept, left }), messages } }
      })
  }
}
