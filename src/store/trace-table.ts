/**
 * Traces in the log, found without parsing any but the one asked for. Ten thousand are opened at a time when nothing is to be done, so opening reads five
 * numbers of each and makes no string. docs/store.md has the layout of a trace's text.
 */
import { crc32 } from "node:zlib"
import { type LogRecord, textOf } from "./segment-log.ts"
import type { RecordedRead, Trace } from "./trace.ts"

/** The last of a trace's lines: what finding it does not need. */
type Rest = Pick<Trace, "outputs" | "warnings" | "ms" | "run" | "accepted">

const keyOf = (code: string, params: string): string => `${code} ${params}`

// The line before all else: CRC-32 of the key, of the reads, and of the head; the head's length in bytes; the moment. Hexadecimal, of fixed width.
const DIGITS = 12
const FIELD = { key: 0, reads: 1, head: 2, headLength: 3, at: 4 }
const INDEX_LENGTH = 5 * (DIGITS + 1)
const numberAt = ({ bytes, start }: LogRecord, field: number): number => {
  let x = 0
  const from = start + field * (DIGITS + 1)
  for (let i = from; i < from + DIGITS; i++) {
    const digit = bytes[i]!
    x = 16 * x + (digit < 0x3a ? digit - 0x30 : digit - 0x57)
  }
  return x
}

/** What a trace is found by, in three lines: its key, what was read (sorted), and the values of that. */
export const headText = (code: string, params: string, names: ReadonlyArray<string>, values: ReadonlyArray<string>): string =>
  `${keyOf(code, params)}\n${JSON.stringify(names)}\n${JSON.stringify(values)}`

/** What a trace read, in the order in which its head has it. */
export const sortedReads = ({ reads }: Pick<Trace, "reads">): ReadonlyArray<RecordedRead> =>
  [...reads].sort((a, b) => (a.read < b.read ? -1 : a.read > b.read ? 1 : 0))

/** A trace as the log keeps it: the index line, its head, and the rest. */
export const encodeTrace = (trace: Trace): string => {
  const sorted = sortedReads(trace)
  const { accepted, code, params, at, outputs, warnings, ms, run } = trace
  const rest: Rest = { outputs, warnings, ms, run, accepted }
  const key = keyOf(code, params)
  const names = sorted.map(({ read }) => read)
  const reads = JSON.stringify(names)
  const values = sorted.map(({ value }) => value)
  const head = headText(code, params, names, values)
  const index = [crc32(key), crc32(reads), crc32(head), Buffer.byteLength(head), at].map((x) => x.toString(16).padStart(DIGITS, "0")).join(" ")
  return `${index}\n${head}\n${JSON.stringify(rest)}`
}

const headOf = (record: LogRecord): string => {
  const start = record.start + INDEX_LENGTH
  return record.bytes.toString("utf8", start, start + numberAt(record, FIELD.headLength))
}
const atOf = (record: LogRecord): number => numberAt(record, FIELD.at)

/** Of one moment, the longer one: it is the same trace, and says besides that an acceptance was proved. In which order segments are read is chance then. */
const isNewer = (one: LogRecord, other: LogRecord): boolean => {
  const later = atOf(one) - atOf(other)
  return later > 0 || (later === 0 && one.end - one.start > other.end - other.start)
}

/** A found trace; what finding it did not need is made when it is first asked for. */
class FoundTrace implements Trace {
  readonly code: string
  readonly params: string
  readonly #names: ReadonlyArray<string>
  readonly #values: ReadonlyArray<string>
  readonly #record: LogRecord
  #parsed: Rest | undefined
  constructor(code: string, params: string, names: ReadonlyArray<string>, values: ReadonlyArray<string>, record: LogRecord) {
    this.code = code
    this.params = params
    this.#names = names
    this.#values = values
    this.#record = record
  }
  get reads(): ReadonlyArray<RecordedRead> {
    return this.#names.map((read, i) => ({ read, value: this.#values[i]! }))
  }
  get #rest(): Rest {
    const start = this.#record.start + INDEX_LENGTH + numberAt(this.#record, FIELD.headLength) + 1
    return (this.#parsed ??= JSON.parse(textOf({ ...this.#record, start })) as Rest)
  }
  get at(): number {
    return atOf(this.#record)
  }
  get outputs(): Trace["outputs"] {
    return this.#rest.outputs
  }
  get warnings(): Trace["warnings"] {
    return this.#rest.warnings
  }
  get ms(): number {
    return this.#rest.ms
  }
  get run(): string {
    return this.#rest.run
  }
  get accepted(): Trace["accepted"] {
    return this.#rest.accepted
  }
}

/** A trace of which all is wanted. */
export const decodeTrace = (record: LogRecord): Trace => {
  const [key = "", reads = "[]", values = "[]"] = headOf(record).split("\n")
  const [code = "", params = ""] = key.split(" ")
  return new FoundTrace(code, params, JSON.parse(reads) as ReadonlyArray<string>, JSON.parse(values) as ReadonlyArray<string>, record)
}

/** A trace in the table, in a chain of those of the same set of reads and in one of those with the same checksum of the head. */
interface Entry {
  readonly record: LogRecord
  readonly sameSet: Entry | undefined
  readonly sameHead: Entry | undefined
}

/** The traces that have one key and have read the same things. */
interface ReadSet {
  readonly checksum: number
  last: Entry
  /** The names of the reads as they stand in the log; made when first needed. */
  text?: string
}

/** The values that these reads have today, or undefined when one is not known. */
const valuesToday = (names: ReadonlyArray<string>, today: (read: string) => string | undefined): ReadonlyArray<string> | undefined => {
  const values: Array<string> = []
  for (const read of names) {
    const value = today(read)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}

/** Looks traces up in two steps: key to the distinct sets of reads; key, reads and today's values to the trace. Checksums lead to candidates, texts decide. */
export class TraceTable {
  readonly #sets = new Map<number, Array<ReadSet>>()
  readonly #byHead = new Map<number, Entry>()
  readonly #names = new Map<string, ReadonlyArray<string>>()

  add(record: LogRecord): void {
    const key = numberAt(record, FIELD.key)
    let sets = this.#sets.get(key)
    if (sets === undefined) this.#sets.set(key, (sets = []))
    const checksum = numberAt(record, FIELD.reads)
    const set = sets.find((one) => one.checksum === checksum)
    const head = numberAt(record, FIELD.head)
    const entry = { record, sameSet: set?.last, sameHead: this.#byHead.get(head) }
    this.#byHead.set(head, entry)
    if (set === undefined) sets.push({ checksum, last: entry })
    else set.last = entry
  }

  find(code: string, params: string, today: (read: string) => string | undefined): Trace | undefined {
    const key = keyOf(code, params)
    let newest: { readonly record: LogRecord; readonly trace: FoundTrace } | undefined
    for (const set of this.#sets.get(crc32(key)) ?? []) {
      const names = this.#namesOf(set)
      const values = valuesToday(names, today)
      if (values === undefined) continue
      const head = `${key}\n${set.text}\n${JSON.stringify(values)}`
      for (let entry = this.#byHead.get(crc32(head)); entry !== undefined; entry = entry.sameHead)
        if (headOf(entry.record) === head && (newest === undefined || isNewer(entry.record, newest.record)))
          newest = { record: entry.record, trace: new FoundTrace(code, params, names, values, entry.record) }
    }
    return newest?.trace
  }

  /** Whether some trace of this key may yet match: none of its reads that `today` knows has another value. */
  mayMatch(code: string, params: string, today: (read: string) => string | undefined): boolean {
    const key = keyOf(code, params)
    for (const set of this.#sets.get(crc32(key)) ?? []) {
      const now = this.#namesOf(set).map(today)
      for (let entry: Entry | undefined = set.last; entry !== undefined; entry = entry.sameSet) {
        const [itsKey, reads, values] = headOf(entry.record).split("\n")
        if (itsKey !== key || reads !== set.text) continue
        const recorded = JSON.parse(values!) as ReadonlyArray<string>
        if (now.every((value, i) => value === undefined || value === recorded[i])) return true
      }
    }
    return false
  }

  #namesOf(set: ReadSet): ReadonlyArray<string> {
    const text = (set.text ??= headOf(set.last.record).split("\n")[1]!)
    let names = this.#names.get(text)
    if (names === undefined) this.#names.set(text, (names = JSON.parse(text) as ReadonlyArray<string>))
    return names
  }
}
