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
  /** Tells how what was made before comes to a shared store that is written to: nothing of a run in which all is fresh does. */
  readonly nothingSent: () => void
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
  const nothingSent = () => {
    if (place?.write === true && !json)
      process.stderr.write(`nothing new for the shared store; what was made before, and not sent then: ${program()} cache push\n`)
  }
  return {
    layer: remoteLayer(place, tell),
    nothingSent,
    kept: ({ nodes }) =>
      Effect.gen(function* () {
        const { address, flush, writes } = yield* SharedStore
        if (address === undefined) return {}
        const { kept, left } = yield* flush
        const fetched = nodes.filter(isFetched).length
        const made = nodes.filter(({ state }) => state === "ran").length
        const fresh = nodes.filter((node) => node.state === "fresh" && !isFetched(node)).length
        const print = (text: string) => (json ? undefined : process.stderr.write(`${text}\n`))
        if (kept > 0) print(`kept in the shared store ${address}: ${count(kept, "result")}`)
        // A server that is no store of Sediment's answers as an empty one does.
        else if (!writes && made > 0 && fresh + fetched + left === 0 && messages.length === 0)
          print(`nothing was found in the shared store ${address}; whether it is one: ${program()} cache status`)
        else if (writes && fresh > 0 && made + fetched + left === 0) nothingSent()
        if (!json && left > 0)
          process.stderr.write(
            `${style("yellow", "!")} not kept in the shared store ${address}: ${count(left, "result")}, which ${left === 1 ? "is" : "are"} in the cache all the same: ${program()} cache push sends ${left === 1 ? "it" : "them"}\n`
          )
        return { sharedStore: { address, fetched, ...(writes && { kept, left }), messages } }
      })
  }
}
