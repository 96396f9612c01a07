import { Context, Effect, Layer } from "effect"
import type { StoreFailure } from "./failure.ts"
import { ObjectStore } from "./objects.ts"
import { TraceLog, unwritten } from "./segment-log.ts"
import type { Trace } from "./trace.ts"
import { encodeTrace, TraceTable } from "./trace-table.ts"

export class TraceIndex extends Context.Service<
  TraceIndex,
  {
    /** The newest trace of this code and these parameters whose every read has today's value. `today` gives undefined for what is not known (yet): then no trace that read it matches. */
    readonly find: (code: string, params: string, today: (read: string) => string | undefined) => Trace | undefined
    /** Whether some trace may yet match: none of its reads that `today` knows has another value. */
    readonly mayMatch: (code: string, params: string, today: (read: string) => string | undefined) => boolean
    /** Findable at once; on the disk after the next `commit`. */
    readonly add: (trace: Trace) => void
    /** Findable at once: another process has written it down, since the log was read. */
    readonly learn: (trace: Trace) => void
    /** Makes durable, in this order: the objects put so far, then the traces added before the call. */
    readonly commit: Effect.Effect<void, StoreFailure>
  }
>()("sediment/store/TraceIndex") {
  static readonly layer: Layer.Layer<TraceIndex, StoreFailure, TraceLog | ObjectStore> = Layer.effect(
    TraceIndex,
    Effect.suspend(() => makeTraceIndex)
  )
}

const makeTraceIndex = Effect.gen(function* () {
  const log = yield* TraceLog
  const objects = yield* ObjectStore
  const traces = new TraceTable()
  for (const record of (yield* log.records)("trace")) traces.add(record)
  return TraceIndex.of({
    find: (code, params, today) => traces.find(code, params, today),
    mayMatch: (code, params, today) => traces.mayMatch(code, params, today),
    add: (trace) => traces.add(log.append("trace", encodeTrace(trace))),
    learn: (trace) => traces.add(unwritten("trace", encodeTrace(trace))),
    commit: log.flushAfter(objects.sync)
  })
})
