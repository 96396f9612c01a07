import { Effect, Layer } from "effect"
import type { ObjectStore } from "../objects.ts"
import type { Trace } from "../trace.ts"
import { headText } from "../trace-table.ts"
import { readActionResult, traceKey } from "./action-result.ts"
import { makeAvailability } from "./availability.ts"
import { makeBlobs } from "./blobs.ts"
import { openOutbox } from "./outbox.ts"
import { makeReadSets } from "./read-sets.ts"
import { openRemote, PATIENCE, type Patience, toldAddress } from "./remote.ts"
import { SharedStore } from "./shared-store.ts"
import { readTraceBlob } from "./trace-blob.ts"
import { refusalOf } from "./trial.ts"

export interface HttpStoreOptions {
  readonly url: URL
  readonly token?: string | undefined
  /** Keeps there what is made here. */
  readonly write: boolean
  /** Is told, once each, what goes wrong. */
  readonly tell: (message: string) => void
  readonly patience?: Patience
  /** How often a request is tried again, and how long it is waited before the first time, then twice as long each: milliseconds. */
  readonly retries?: number
  readonly backOffMs?: number
  /** The longest that `flush` waits. */
  readonly flushMs?: number
}

/** Requests at a time; some of them, at the most, are taken by what is sent. */
const CONNECTIONS = 16
const SENDING = 6
/** What is still on its way when a process ends without having waited for it, by Ctrl-C say, has this long. */
const ENDING_MS = 5000
const MOST_RECORD_BYTES = 1 << 20
const MOST_TRACE_BYTES = 1 << 26

/** A server that speaks Bazel's HTTP cache protocol: docs/shared-store.md has the layout. */
export const httpStore = (options: HttpStoreOptions): Layer.Layer<never, never, ObjectStore> =>
  Layer.effect(
    SharedStore,
    Effect.gen(function* () {
      const { backOffMs = 200, flushMs = 60_000, patience = PATIENCE, retries = 3, tell, token, url, write } = options
      const address = toldAddress(url)
      const remote = yield* openRemote({ url, token, connections: CONNECTIONS, patience })
      const availability = makeAvailability(address, tell, retries, backOffMs)
      const blobs = makeBlobs(remote, availability)
      const readSets = yield* makeReadSets(remote)
      const outbox = yield* openOutbox({ availability, blobs, readSets, remote }, SENDING)
      yield* Effect.addFinalizer(() => outbox.empty(Math.min(ENDING_MS, flushMs)))

      /** The trace that stands under a head, and what its artifacts are. */
      const traceOf = (head: string) =>
        Effect.gen(function* () {
          const record = yield* remote.get("ac", traceKey(head), MOST_RECORD_BYTES)
          const [text, ...artifacts] = (record && readActionResult(record)) ?? []
          const blob = text && (yield* remote.get("cas", text.sha, MOST_TRACE_BYTES))
          const trace = blob && readTraceBlob(blob, head)
          const named = new Set(artifacts.map(({ sha }) => sha))
          return trace !== undefined && Object.values(trace.outputs).every(({ artifact }) => named.has(artifact)) ? trace : undefined
        })
      const found = (code: string, params: string, today: (read: string) => string | undefined) =>
        Effect.gen(function* () {
          const heads = (yield* readSets.of(code, params)).flatMap((names) => {
            const values = names.map(today)
            return values.every((value) => value !== undefined) ? [headText(code, params, names, values)] : []
          })
          const traces = (yield* Effect.forEach(heads, traceOf, { concurrency: "unbounded" })).filter((trace) => trace !== undefined)
          return traces.sort((a, b) => b.at - a.at)
        })
      const none: ReadonlyArray<Trace> = []
      return {
        address,
        writes: write,
        refusal: refusalOf(remote, write),
        away: availability.away,
        find: (code, params, today) =>
          Effect.gen(function* () {
            for (const trace of yield* availability.attempt("read", found(code, params, today), none)) {
              const artifacts = new Set(Object.values(trace.outputs).map(({ artifact }) => artifact))
              const there = yield* Effect.forEach(artifacts, blobs.fetch, { concurrency: "unbounded" })
              if (there.every((one) => one)) return trace
            }
            return undefined
          }),
        fetch: blobs.fetch,
        offer: (shas) => {
          const isThere = (sha: string) =>
            write
              ? Effect.map(availability.attempt("write", blobs.send(sha), undefined), (sent) => sent?.state === "there")
              : availability.attempt("read", remote.has("cas", sha), false)
          const lacking = (sha: string) => Effect.map(isThere(sha), (there) => (there ? [] : [sha]))
          return Effect.map(Effect.forEach(new Set(shas), lacking, { concurrency: SENDING }), (all) => all.flat())
        },
        keep: (trace) => {
          if (write) outbox.take(trace)
        },
        flush: outbox.empty(flushMs)
      }
    })
  )
