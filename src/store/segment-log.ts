/**
 * An append-only log in segments, one a process, so that no process waits for another or writes into its file. docs/store.md has the format:
 * a header, then records of magic, length, CRC-32 and body. A reader takes all segments and, after damage, goes on at the next whole record.
 */
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs"
import { basename, join } from "node:path"
import { crc32 } from "node:zlib"
import { Context, Effect, Layer, Semaphore } from "effect"
import { failure, type StoreFailure } from "./failure.ts"
import { makeFolder, syncFolder } from "./folder.ts"
import { statAnew } from "./network-file.ts"
import { nameAfter, readSegmentFiles } from "./segment-files.ts"

const VERSION = 1
const NAME = "SEDLOG"
export const HEADER = Buffer.from(`${NAME}${String.fromCharCode(VERSION)}\n`, "latin1")
// 0xFF occurs in no UTF-8 text, so the magic is in no body; with the version in it, records of another version are never taken for ours.
const MAGIC = Buffer.from([0xff, 0x53, 0x44, VERSION])
const MAGIC_NUMBER = MAGIC.readUInt32LE(0)
const PREFIX = 12

/** The first byte of a record's body. */
const TYPES = { trace: 0x54, node: 0x4e, code: 0x43, run: 0x52, tag: 0x47 } as const
export type RecordType = keyof typeof TYPES
const BY_BYTE = new Map(Object.entries(TYPES).map(([type, byte]) => [byte as number, type as RecordType]))
/** The type that a record's first byte tells; undefined for one that this version does not know. */
export const recordTypeOf = (byte: number): RecordType | undefined => BY_BYTE.get(byte)

/** Where a record's text lies: UTF-8 from `start` to `end` of `bytes`. */
export interface LogRecord {
  readonly bytes: Buffer
  readonly start: number
  readonly end: number
}
export const textOf = ({ bytes, start, end }: LogRecord): string => bytes.toString("utf8", start, end)

/** Bytes of a segment that are no record. A "torn" end is what a killed process, or one that is writing just now, leaves; nothing that was committed is lost by it. */
export interface Loss {
  readonly segment: string
  readonly kind: "torn" | "damaged" | "newer version"
  readonly offset: number
  readonly bytes: number
}

/** Calls `found` with each whole record of a segment (type byte and text) and `lost` with what lies between. */
export const scan = (bytes: Buffer, found: (start: number, end: number) => void, lost: (kind: Loss["kind"], offset: number, count: number) => void): void => {
  const headed = bytes.subarray(0, HEADER.length).equals(HEADER)
  const newer = !headed && bytes.toString("latin1", 0, NAME.length) === NAME && (bytes[NAME.length] ?? 0) > VERSION
  let at = headed ? HEADER.length : 0
  while (at < bytes.length) {
    const length = at + PREFIX <= bytes.length && bytes.readUInt32LE(at) === MAGIC_NUMBER ? bytes.readUInt32LE(at + 4) : undefined
    const end = length === undefined ? undefined : at + PREFIX + length
    if (end !== undefined && end > at + PREFIX && end <= bytes.length && crc32(bytes.subarray(at + PREFIX, end)) === bytes.readUInt32LE(at + 8)) {
      found(at + PREFIX, end)
      at = end
      continue
    }
    const next = bytes.indexOf(MAGIC, at + 1)
    const torn = next < 0 && (end === undefined ? bytes.length - at < PREFIX : end > bytes.length)
    const until = next < 0 ? bytes.length : next
    lost(newer ? "newer version" : torn ? "torn" : "damaged", at, until - at)
    at = until
  }
}

/** One record as it lies in a segment. */
export const encodeRecord = (type: RecordType, text: string): Buffer => {
  const length = 1 + Buffer.byteLength(text)
  const record = Buffer.allocUnsafe(PREFIX + length)
  record.set(MAGIC)
  record.writeUInt32LE(length, 4)
  record[PREFIX] = TYPES[type]
  record.write(text, PREFIX + 1)
  record.writeUInt32LE(crc32(record.subarray(PREFIX)), 8)
  return record
}

/** A record that is in none of our segments. */
export const unwritten = (type: RecordType, text: string): LogRecord => {
  const bytes = encodeRecord(type, text)
  return { bytes, start: PREFIX + 1, end: bytes.length }
}

interface Segments {
  /** How many bytes of each segment were read. */
  readonly sizes: Map<string, number>
  readonly byType: ReadonlyMap<number, Array<LogRecord>>
  readonly losses: ReadonlyArray<Loss>
}
const readSegments = (folder: string): Segments => {
  const byType = new Map<number, Array<LogRecord>>(Object.values(TYPES).map((type) => [type, []]))
  const losses: Array<Loss> = []
  const sizes = new Map<string, number>()
  for (const { bytes, name } of readSegmentFiles(folder)) {
    const segment = join(folder, name)
    sizes.set(name, bytes.length)
    scan(
      bytes,
      // A type that this version does not know is left alone.
      (start, end) => byType.get(bytes[start]!)?.push({ bytes, start: start + 1, end }),
      (kind, offset, count) => losses.push({ segment, kind, offset, bytes: count })
    )
  }
  return { byType, losses, sizes }
}

const writeWhole = (handle: number, bytes: Buffer, position: number): void => {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at, bytes.length - at, position + at)
}

export interface SegmentLog {
  /** The records of all segments as they were when they were first asked for, and those appended since: by segment name, then in order. */
  readonly records: Effect.Effect<(type: RecordType) => ReadonlyArray<LogRecord>, StoreFailure>
  readonly losses: Effect.Effect<ReadonlyArray<Loss>, StoreFailure>
  /** The segments that the records come from, our own included: whether any other process has written since shows in these sizes, by name. */
  readonly sizes: Effect.Effect<ReadonlyMap<string, number>, StoreFailure>
  /** On the disk after the next `flushAfter`. Reads nothing. */
  readonly append: (type: RecordType, text: string) => LogRecord
  /** Takes the records appended so far, does `first`, and only then makes those records durable: what is appended meanwhile waits for the next time. */
  readonly flushAfter: <E>(first: Effect.Effect<void, E>) => Effect.Effect<void, E | StoreFailure>
}

/** A segment of more bytes is not written into any more: a file of 2 GiB cannot be read at once. */
export const FULL_BYTES = 2 ** 30

/** Opens a log: nothing is read before records are asked for, and the segment `<run>.log` is made when the first records are flushed. */
const openSegmentLog = Effect.fnUntraced(function* (folder: string, run: string, fullBytes: number) {
  let segment = join(folder, `${run}.log`)
  const waiting: Array<Buffer> = []
  /** What waits, for whoever asks for records later: nobody has read any so far. Those that were flushed are in the folder. */
  const unread: Array<{ readonly type: RecordType; readonly record: LogRecord }> = []
  const oneFlush = yield* Semaphore.make(1)
  let handle: number | undefined
  /** How much of the segment is durable. */
  let written = 0
  /** Folders with entries that are not. */
  const unsynced = new Set<string>()
  let segments: Segments | undefined
  // All that was committed is on the disk, whatever becomes of the handle.
  yield* Effect.addFinalizer(() =>
    Effect.ignore(Effect.try({ try: () => handle !== undefined && closeSync(handle), catch: failure("close the log", segment) }))
  )

  const read = Effect.try({
    try: () => {
      if (segments === undefined) {
        segments = readSegments(folder)
        for (const { record, type } of unread.splice(0)) segments.byType.get(TYPES[type])!.push(record)
      }
      return segments
    },
    catch: failure("read the log in", folder)
  })
  const create = (): number => {
    for (const above of makeFolder(folder)) unsynced.add(above)
    const made = openSync(segment, "wx")
    unsynced.add(folder)
    written = 0
    return made
  }
  /** What comes goes into a further segment. */
  const leave = (left: number): void => {
    handle = undefined
    segment = join(folder, nameAfter(basename(segment)))
    closeSync(left)
  }
  const write = (group: ReadonlyArray<Buffer>): void => {
    if (handle !== undefined && written >= fullBytes) leave(handle)
    for (;;) {
      handle ??= create()
      // After a failure the same bytes, and further ones, are written over those that may be there: nothing damaged stays between records.
      const bytes = Buffer.concat(written === 0 ? [HEADER, ...group] : group)
      writeWhole(handle, bytes, written)
      fdatasyncSync(handle)
      for (const changed of unsynced) {
        syncFolder(changed)
        unsynced.delete(changed)
      }
      if (statAnew(segment) !== undefined) {
        written += bytes.length
        break
      }
      // Written to so long ago that gc took it for one that no process writes into any more. What it had read of it, it has kept.
      leave(handle)
    }
    segments?.sizes.set(basename(segment), written)
  }
  return {
    records: Effect.map(
      read,
      ({ byType }) =>
        (type) =>
          byType.get(TYPES[type])!
    ),
    losses: Effect.map(read, ({ losses }) => losses),
    sizes: Effect.map(read, ({ sizes }) => sizes),
    append: (type, text) => {
      const record = unwritten(type, text)
      waiting.push(record.bytes)
      if (segments === undefined) unread.push({ type, record })
      else segments.byType.get(TYPES[type])!.push(record)
      return record
    },
    flushAfter: (first) =>
      Effect.suspend(() => {
        const group = [...waiting]
        return Effect.andThen(
          first,
          Effect.try({
            try: () => {
              if (group.length > 0) write(group)
              waiting.splice(0, group.length)
              unread.splice(0, group.length)
            },
            catch: failure("write the log", segment)
          })
        )
      }).pipe(Effect.uninterruptible, oneFlush.withPermits(1))
  } satisfies SegmentLog
})

/** Traces, and the code that they are of: `traces/`. */
export class TraceLog extends Context.Service<TraceLog, SegmentLog>()("sediment/store/TraceLog") {
  static readonly layer = (cache: string, run: string, fullBytes = FULL_BYTES): Layer.Layer<TraceLog> =>
    Layer.effect(TraceLog, openSegmentLog(join(cache, "traces"), run, fullBytes))
}
/** What runs came to: `runs/`. Apart from the traces, so that a run in which nothing was to be done leaves them as they are. */
export class RunLog extends Context.Service<RunLog, SegmentLog>()("sediment/store/RunLog") {
  static readonly layer = (cache: string, run: string): Layer.Layer<RunLog> => Layer.effect(RunLog, openSegmentLog(join(cache, "runs"), run, FULL_BYTES))
}
