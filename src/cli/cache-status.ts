import { Clock, Effect } from "effect"
import * as Command from "effect/cli/Command"
import { CliFailure, usage } from "../workspace/failure.ts"
import { remoteFlags, remoteOf } from "../workspace/remote.ts"
import { sharedFlags } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"

/** `sediment cache status`: whether the shared store can be read, and written to. */
export const cacheStatus = () =>
  Command.make(
    "status",
    { ...remoteFlags, json: sharedFlags.json },
    Effect.fn(function* (flags) {
      const place = yield* remoteOf(flags)
      if (place === undefined)
        return yield* usage("remote", "there is no shared store to look at: name it with --remote URL, such as http://cache.example.org:8080")
      const { openRemote, PATIENCE, toldAddress } = yield* Effect.promise(() => import("../store/shared/remote.ts"))
      const { tryToRead, tryToWrite } = yield* Effect.promise(() => import("../store/shared/trial.ts"))
      const remote = yield* openRemote({ ...place, connections: 1, patience: PATIENCE })
      const address = toldAddress(place.url)
      const tried = <A>(ask: Effect.Effect<A, { readonly message: string }>) =>
        Effect.gen(function* () {
          const began = yield* Clock.currentTimeMillis
          const result = yield* Effect.result(ask)
          const ms = (yield* Clock.currentTimeMillis) - began
          return result._tag === "Success" ? { ok: true, ms } : { ok: false, ms, message: result.failure.message }
        })
      const read = yield* tried(tryToRead(remote))
      const write = place.write ? yield* tried(tryToWrite(remote)) : undefined
      const ok = read.ok && write?.ok !== false
      const inWords = (doing: string, { message, ms }: { readonly ms: number; readonly message?: string }) =>
        process.stdout.write(`${address}: ${doing}: ${message === undefined ? `yes, in ${ms} ms` : `no: ${message}`}\n`)
      if (flags.json) printDocument({ ok, address, read, ...(write && { write }) })
      else {
        inWords("can be read", read)
        if (write !== undefined) inWords("can be written to", write)
      }
      if (!ok) return yield* new CliFailure({ exitCode: 1, errors: [] })
    }, Effect.scoped)
  ).pipe(Command.withDescription("ask the shared store whether it can be read, and with --remote-write whether it can be written to"))
