import { Clock, Effect } from "effect"
import * as Command from "effect/cli/Command"
import { servedBy } from "../store/shared/signature.ts"
import { CliFailure, usage } from "../workspace/failure.ts"
import { remoteFlags, remoteOf } from "../workspace/remote.ts"
import { sharedFlags } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"

/** What is known of a server that answers: any web server says that a blob is not there. */
const answers = (ms: number, version: string | undefined, isSigned: boolean): string => {
  if (version === undefined && !isSigned) return `it answers, in ${ms} ms, and nothing of Sediment's is there: it is an empty store, or another server`
  return `can be read: yes, in ${ms} ms${version === undefined ? "" : `, from sediment cache serve ${version}`}`
}

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
          const told = result._tag === "Success" ? { ok: true, ms } : { ok: false, ms, message: result.failure.message }
          return { told, value: result._tag === "Success" ? result.success : undefined }
        })
      const read = yield* tried(tryToRead(remote))
      const write = place.write ? yield* tried(tryToWrite(remote)) : undefined
      const ok = read.told.ok && write?.told.ok !== false
      const version = servedBy(remote.server())
      const isSigned = read.value === true
      const say = (text: string) => process.stdout.write(`${address}: ${text}\n`)
      if (flags.json) printDocument({ ok, address, read: read.told, ...(write && { write: write.told }), served: version ?? null, holdsResults: isSigned })
      else {
        say(read.told.ok ? answers(read.told.ms, version, isSigned) : `can be read: no: ${read.told.message}`)
        if (write !== undefined) say(`can be written to: ${write.told.ok ? `yes, in ${write.told.ms} ms` : `no: ${write.told.message}`}`)
      }
      if (!ok) return yield* new CliFailure({ exitCode: 1, errors: [] })
    }, Effect.scoped)
  ).pipe(Command.withDescription("ask the shared store whether it can be read, and with --remote-write whether it can be written to"))
