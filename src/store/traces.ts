import { Context, type Effect } from "effect"
import type { TableSummary } from "../artifact/hash.ts"
import type { Fault } from "../dag/stage.ts"
import type { StoreFailure } from "./failure.ts"

export interface RecordedRead {
  /** Which input, and what was asked of it; any text, the engine's own. */
  readonly read: string
  readonly value: string
}
export interface TracedOutput {
  readonly artifact: string
  readonly summary: TableSummary
}
/** The record that a stage with this code and these parameters, having read this, produced that. */
export interface Trace {
  /** The stage's fingerprint. */
  readonly code: string
  /** SHA-256 of the canonical text of its parameters. */
  readonly params: string
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
    /** Findable at once; on the disk after the next `commit`. */
    readonly add: (trace: Trace) => void
    /** Makes durable, in this order: the objects put so far, then the traces and the run history's records added so far. */
    readonly commit: Effect.Effect<void, StoreFailure>
  }
>()("sediment/store/TraceIndex") {}
