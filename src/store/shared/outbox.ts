/** What is to be kept in the shared store, and is not there yet. */
import { hash } from "node:crypto"
import { Deferred, Effect, Queue, type Scope } from "effect"
import type { ObjectStore } from "../objects.ts"
import type { Trace } from "../trace.ts"
import { headText, sortedReads } from "../trace-table.ts"
import { actionResult, type BlobFile, traceKey } from "./action-result.ts"
import type { Availability } from "./availability.ts"
import type { Blobs } from "./blobs.ts"
import type { ReadSets } from "./read-sets.ts"
import type { Remote, RemoteFailure } from "./remote.ts"
import type { Kept } from "./shared-store.ts"
import { SIGNATURE, SIGNATURE_SHA } from "./signature.ts"
import { traceBlob } from "./trace-blob.ts"

/** How many traces may wait; of a store that is out of reach for long, the further ones are left. */
const MOST_WAITING = 100_000

export interface Outbox {
  readonly take: (trace: Trace) => void
  /** Waits until nothing is left to be sent, or it is no use to wait; at most so long. */
  readonly empty: (limitMs: number) => Effect.Effect<Kept>
}

/** Sends `lines` traces at a time, each in the order that readers count on: its artifacts, its text, the record that names these, and last the set of its reads. */
export const openOutbox = (
  {
    availability,
    blobs,
    readSets,
    remote
  }: { readonly availability: Availability; readonly blobs: Blobs; readonly readSets: ReadSets; readonly remote: Remote },
  lines: number
): Effect.Effect<Outbox, never, Scope.Scope | ObjectStore> =>
  Effect.gen(function* () {
    const queue = yield* Queue.bounded<Trace>(MOST_WAITING)
    let unsent = 0
    let kept = 0
    let left = 0
    let emptied: Deferred.Deferred<void> | undefined

    const sendOnce = (trace: Trace): Effect.Effect<boolean, RemoteFailure, ObjectStore> =>
      Effect.gen(function* () {
        const { code, params } = trace
        yield* blobs.send(SIGNATURE_SHA, SIGNATURE)
        const files: Array<BlobFile> = []
        for (const [output, { artifact }] of Object.entries(trace.outputs)) {
          const sent = yield* blobs.send(artifact)
          if (sent.state === "lost") return false
          files.push({ path: `${output}.arrow`, sha: artifact, bytes: sent.bytes })
        }
        const text = traceBlob(trace)
        const sha = hash("sha256", text)
        yield* blobs.send(sha, text)
        const reads = sortedReads(trace)
        const names = reads.map(({ read }) => read)
        const head = headText(
          code,
          params,
          names,
          reads.map(({ value }) => value)
        )
        yield* remote.put("ac", traceKey(head), actionResult([{ path: "trace", sha, bytes: text.length }, ...files]))
        yield* readSets.add(code, params, names)
        return true
      })
    const send = (trace: Trace) =>
      Effect.catch(sendOnce(trace), (failure) => {
        if (failure.fault !== "not taken") return Effect.fail(failure)
        blobs.doubt()
        return sendOnce(trace)
      })
    const settle = (isKept: boolean) =>
      Effect.suspend(() => {
        if (isKept) kept++
        else left++
        return --unsent === 0 && emptied !== undefined ? Deferred.succeed(emptied, undefined) : Effect.void
      })
    const line = Effect.gen(function* () {
      const trace = yield* Queue.take(queue)
      // What waits while the store is left alone for a moment is sent after that.
      for (let ms = yield* availability.pause("write"); ms > 0 && ms < Number.POSITIVE_INFINITY; ms = yield* availability.pause("write"))
        yield* Effect.sleep(ms)
      yield* settle(yield* availability.attempt("write", send(trace), false))
    })
    for (let i = 0; i < lines; i++) yield* Effect.forkScoped(Effect.forever(line))

    /** What somebody only said to be so, nobody else has to believe. */
    const isMade = ({ accepted = [] }: Trace): boolean => accepted.every(({ proved }) => proved !== undefined)
    const noUse = Effect.gen(function* () {
      while ((yield* availability.pause("write")) === 0) yield* Effect.sleep(100)
    })
    return {
      take: (trace) => {
        if (isMade(trace) && Queue.offerUnsafe(queue, trace)) unsent++
        else left++
      },
      empty: (limitMs) =>
        Effect.gen(function* () {
          if (unsent > 0) {
            emptied = Deferred.makeUnsafe<void>()
            yield* Deferred.await(emptied).pipe(Effect.raceFirst(noUse), Effect.timeoutOption(limitMs))
            emptied = undefined
          }
          const told = { kept, left: left + unsent }
          kept = 0
          left = 0
          return told
        })
    }
  })
