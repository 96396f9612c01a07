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

/** A trace in the log; what finding it does not need is parsed when first asked for. */
class LoggedTrace implements Trace {
  readonly at: number
  readonly code: string
  readonly params: string
  readonly #set: ReadSet
  readonly #values: string
  readonly #restOfRecord: LogRecord
  #rest: Rest | undefined
  constructor(key: string, at: number, set: ReadSet, values: string, rest: LogRecord) {
    const space = key.indexOf(" ")
    this.code = key.slice(0, space)
    this.params = key.slice(space + 1)
    this.at = at
    this.#set = set
    this.#values = values
    this.#restOfRecord = rest
  }
  get reads(): ReadonlyArray<RecordedRead> {
    const values = JSON.parse(this.#values) as ReadonlyArray<string>
    return this.#set.reads.map((read, i) => ({ read, value: values[i]! }))
  }
  #parsed(): Rest {
    return (this.#rest ??= JSON.parse(textOf(this.#restOfRecord)) as Rest)
  }
  get outputs(): Trace["outputs"] {
    return this.#parsed().outputs
  }
  get warnings(): Trace["warnings"] {
    return this.#parsed().warnings
  }
  get ms(): number {
    return this.#parsed().ms
  }
  get run(): string {
    return this.#parsed().run
  }
}

/** The traces of one code and parameters that read the same things: by the values they read, as text, the newest. */
interface ReadSet {
  readonly reads: ReadonlyArray<string>
  readonly byValues: Map<string, LoggedTrace>
}

/** Where line `count` ends. Ten thousand traces are opened at a time, and a call of `indexOf` for each line would cost more than all else here. */
const endOfLine = ({ bytes, start }: LogRecord, count: number): number => {
  let at = start
  for (let left = count; ; at++) if (bytes[at] === 0x0a && --left === 0) return at
}

class Traces {
  readonly #sets = new Map<string, Map<string, ReadSet>>()

  add(record: LogRecord): void {
    const end = endOfLine(record, 3)
    const head = textOf({ ...record, end })
    const first = head.indexOf("\n")
    const second = head.indexOf("\n", first + 1)
    const space = head.lastIndexOf(" ", first)
    const key = head.slice(0, space)
    const at = Number(head.slice(space + 1, first))
    const set = this.#setOf(key, head.slice(first + 1, second))
    const values = head.slice(second + 1)
    if (at >= (set.byValues.get(values)?.at ?? Number.NEGATIVE_INFINITY))
      set.byValues.set(values, new LoggedTrace(key, at, set, values, { ...record, start: end + 1 }))
  }

  #setOf(key: string, readsText: string): ReadSet {
    let sets = this.#sets.get(key)
    if (sets === undefined) this.#sets.set(key, (sets = new Map()))
    let set = sets.get(readsText)
    if (set === undefined) sets.set(readsText, (set = { reads: JSON.parse(readsText) as ReadonlyArray<string>, byValues: new Map() }))
    return set
  }

  find(code: string, params: string, today: (read: string) => string | undefined): Trace | undefined {
    let newest: Trace | undefined
    for (const { reads, byValues } of this.#sets.get(`${code} ${params}`)?.values() ?? []) {
      const values = valuesOf(reads, today)
      const found = values && byValues.get(JSON.stringify(values))
      if (found !== undefined && found.at >= (newest?.at ?? Number.NEGATIVE_INFINITY)) newest = found
    }
    return newest
  }

  mayMatch(code: string, params: string, today: (read: string) => string | undefined): boolean {
    for (const { reads, byValues } of this.#sets.get(`${code} ${params}`)?.values() ?? []) {
      const now = reads.map(today)
      for (const values of byValues.keys()) {
        const recorded = JSON.parse(values) as ReadonlyArray<string>
        if (now.every((value, i) => value === undefined || value === recorded[i])) return true
      }
    }
    return false
  }
}

const valuesOf = (reads: ReadonlyArray<string>, today: (read: string) => string | undefined): ReadonlyArray<string> | undefined => {
  const values: Array<string> = []
  for (const read of reads) {
    const value = today(read)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}

const makeTraceIndex = Effect.gen(function* () {
  const log = yield* SegmentLog
  const objects = yield* ObjectStore
  const traces = new Traces()
  for (const record of log.records("trace")) traces.add(record)
  return TraceIndex.of({
    find: (code, params, today) => traces.find(code, params, today),
    mayMatch: (code, params, today) => traces.mayMatch(code, params, today),
    add: (trace) => traces.add(log.append("trace", encodeTrace(trace))),
    commit: log.flushAfter(objects.sync)
  })
})
