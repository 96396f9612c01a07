import { Context, Effect, Layer } from "effect"
import type { TableSummary } from "../artifact/hash.ts"
import type { Fault } from "../dag/stage.ts"
import type { StoreFailure } from "./failure.ts"
import { ObjectStore } from "./objects.ts"
import { type LogRecord, SegmentLog, textOf } from "./segment-log.ts"

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

// A trace's text is four lines, so that it is found without parsing any but the one asked for: "code params at", its reads, their values, the rest.
type Rest = Pick<Trace, "outputs" | "warnings" | "ms" | "run">

const encodeTrace = (trace: Trace): string => {
  const sorted = [...trace.reads].sort((a, b) => (a.read < b.read ? -1 : a.read > b.read ? 1 : 0))
  const { code, params, at, outputs, warnings, ms, run } = trace
  const rest: Rest = { outputs, warnings, ms, run }
  return [
    `${code} ${params} ${at}`,
    JSON.stringify(sorted.map(({ read }) => read)),
    JSON.stringify(sorted.map(({ value }) => value)),
    JSON.stringify(rest)
  ].join("\n")
}

interface Found {
  readonly at: number
  readonly record: LogRecord
  /** Where its fourth line begins. */
  readonly rest: number
}
/** The traces of one code and parameters that read the same things: by the values they read, as text, the newest. */
interface ReadSet {
  readonly reads: ReadonlyArray<string>
  readonly byValues: Map<string, Found>
}

const NEWLINE = 0x0a

class Traces {
  readonly #sets = new Map<string, Map<string, ReadSet>>()

  add(record: LogRecord): void {
    const { bytes, start } = record
    const first = bytes.indexOf(NEWLINE, start)
    const second = bytes.indexOf(NEWLINE, first + 1)
    const third = bytes.indexOf(NEWLINE, second + 1)
    const head = bytes.toString("latin1", start, first)
    const space = head.lastIndexOf(" ")
    const reads = bytes.toString("utf8", first + 1, second)
    const found = { at: Number(head.slice(space + 1)), record, rest: third + 1 }
    const { byValues } = this.#setOf(head.slice(0, space), reads)
    const values = bytes.toString("utf8", second + 1, third)
    if (found.at >= (byValues.get(values)?.at ?? Number.NEGATIVE_INFINITY)) byValues.set(values, found)
  }

  #setOf(key: string, readsText: string): ReadSet {
    let sets = this.#sets.get(key)
    if (sets === undefined) this.#sets.set(key, (sets = new Map()))
    let set = sets.get(readsText)
    if (set === undefined) sets.set(readsText, (set = { reads: JSON.parse(readsText) as ReadonlyArray<string>, byValues: new Map() }))
    return set
  }

  find(code: string, params: string, today: (read: string) => string | undefined): Trace | undefined {
    let newest: { readonly found: Found; readonly reads: ReadonlyArray<RecordedRead> } | undefined
    for (const set of this.#sets.get(`${code} ${params}`)?.values() ?? []) {
      const reads: Array<RecordedRead> = []
      for (const read of set.reads) {
        const value = today(read)
        if (value === undefined) break
        reads.push({ read, value })
      }
      if (reads.length < set.reads.length) continue
      const found = set.byValues.get(JSON.stringify(reads.map(({ value }) => value)))
      if (found !== undefined && found.at >= (newest?.found.at ?? Number.NEGATIVE_INFINITY)) newest = { found, reads }
    }
    if (newest === undefined) return undefined
    const { found, reads } = newest
    const rest = JSON.parse(textOf({ ...found.record, start: found.rest })) as Rest
    return { code, params, reads, at: found.at, ...rest }
  }
}

const makeTraceIndex = Effect.gen(function* () {
  const log = yield* SegmentLog
  const objects = yield* ObjectStore
  const traces = new Traces()
  for (const record of log.records("trace")) traces.add(record)
  return TraceIndex.of({
    find: (code, params, today) => traces.find(code, params, today),
    add: (trace) => traces.add(log.append("trace", encodeTrace(trace))),
    commit: log.flushAfter(objects.sync)
  })
})
