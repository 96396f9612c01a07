import { Context, Effect, Layer } from "effect"
import type { TableSummary } from "../artifact/hash.ts"
import type { Fault } from "../dag/stage.ts"
import type { StoreFailure } from "./failure.ts"
import { ObjectStore } from "./objects.ts"
import { SegmentLog } from "./segment-log.ts"
import { encodeTrace, TraceTable } from "./trace-table.ts"

export interface RecordedRead {
  /** Which input, and what was asked of it; any text, the engine's own. */
  readonly read: string
  readonly value: string
}
export interface TracedOutput {
  readonly artifact: string
  readonly summary: TableSummary
}
/** The record that a stage with this code and these parameters, having read this, produced that. (One that was found parses its fields when asked: do not spread it.) */
export interface Trace {
  /** The stage's fingerprint; no white space. */
  readonly code: string
  /** SHA-256 of the canonical text of its parameters. */
  readonly params: string
  /** Sorted by `read`. */
  readonly reads: ReadonlyArray<RecordedRead>
  readonly outputs: Readonly<Record<string, TracedOutput>>
  readonly warnings: ReadonlyArray<Fault>
  readonly ms: number
  readonly run: string
  /** Milliseconds since 1970. */
  readonly at: number
}

export class TraceIndex extends Context.Service<
  TraceIndex,
  {
    /** The newest trace of this code and these parameters whose every read has today's value. `today` gives undefined for what is not known (yet): then no trace that read it matches. */
    readonly find: (code: string, params: string, today: (read: string) => string | undefined) => Trace | undefined
    /** Whether some trace may yet match: none of its reads that `today` knows has another value. */
    readonly mayMatch: (code: string, params: string, today: (read: string) => string | undefined) => boolean
    /** Findable at once; on the disk after the next `commit`. */
    readonly add: (trace: Trace) => void
    /** Makes durable, in this order: the objects put so far, then the traces and the run history's records added before the call. */
    readonly commit: Effect.Effect<void, StoreFailure>
  }
>()("sediment/store/TraceIndex") {
  static readonly layer: Layer.Layer<TraceIndex, never, SegmentLog | ObjectStore> = Layer.effect(
    TraceIndex,
    Effect.suspend(() => makeTraceIndex)
  )
}

const makeTraceIndex = Effect.gen(function* () {
  const log = yield* SegmentLog
  const objects = yield* ObjectStore
  const traces = new TraceTable()
  for (const record of log.records("trace")) traces.add(record)
  return TraceIndex.of({
    find: (code, params, today) => traces.find(code, params, today),
    mayMatch: (code, params, today) => traces.mayMatch(code, params, today),
    add: (trace) => traces.add(log.append("trace", encodeTrace(trace))),
    commit: log.flushAfter(objects.sync)
  })
})
