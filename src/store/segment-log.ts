/**
 * An append-only log in segments, one a process, so that no process waits for another or writes into its file. docs/store.md has the format:
 * a header, then records of magic, length, CRC-32 and body. A reader takes all segments and, after damage, goes on at the next whole record.
 */
import { closeSync, existsSync, fdatasyncSync, openSync, readdirSync, readFileSync, writeSync } from "node:fs"
import { join } from "node:path"
import { crc32 } from "node:zlib"
import { Context, Effect, Layer, Semaphore } from "effect"
import { failure, type StoreFailure } from "./failure.ts"
import { makeFolder, syncFolder } from "./folder.ts"

const VERSION = 1
const NAME = "SEDLOG"
const HEADER = Buffer.from(`${NAME}${String.fromCharCode(VERSION)}\n`, "latin1")
// 0xFF occurs in no UTF-8 text, so the magic is in no body; with the version in it, records of another version are never taken for ours.
const MAGIC = Buffer.from([0xff, 0x53, 0x44, VERSION])
const MAGIC_NUMBER = MAGIC.readUInt32LE(0)
const PREFIX = 12

/** The first byte of a record's body. */
const TYPES = { trace: 0x54, node: 0x4e, code: 0x43, run: 0x52 } as const
export type RecordType = keyof typeof TYPES

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

const readSegments = (folder: string): { readonly byType: ReadonlyMap<number, Array<LogRecord>>; readonly losses: ReadonlyArray<Loss> } => {
  const byType = new Map<number, Array<LogRecord>>(Object.values(TYPES).map((type) => [type, []]))
  const losses: Array<Loss> = []
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".log")) : []
  for (const name of names.sort()) {
    const segment = join(folder, name)
    const bytes = readFileSync(segment)
    scan(
      bytes,
      // A type that this version does not know is left alone.
      (start, end) => byType.get(bytes[start]!)?.push({ bytes, start: start + 1, end }),
      (kind, offset, count) => losses.push({ segment, kind, offset, bytes: count })
    )
  }
  return { byType, losses }
}

const writeWhole = (handle: number, bytes: Buffer): void => {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
}

export class SegmentLog extends Context.Service<
  SegmentLog,
  {
    /** The records of all segments as they were when the log was opened, and those appended since: by segment name, then in order. */
    readonly records: (type: RecordType) => ReadonlyArray<LogRecord>
    /** On the disk after the next `flushAfter`. */
    readonly append: (type: RecordType, text: string) => LogRecord
    /** Takes the records appended so far, does `first`, and only then makes those records durable: what is appended meanwhile waits for the next time. */
    readonly flushAfter: <E>(first: Effect.Effect<void, E>) => Effect.Effect<void, E | StoreFailure>
    readonly losses: ReadonlyArray<Loss>
  }
>()("sediment/store/SegmentLog") {
  /** The segment `traces/<run>.log` is made when the first records are flushed. */
  static readonly layer = (cache: string, run: string): Layer.Layer<SegmentLog, StoreFailure> => Layer.effect(SegmentLog, makeSegmentLog(cache, run))
}

const makeSegmentLog = Effect.fnUntraced(function* (cache: string, run: string) {
  const folder = join(cache, "traces")
  const segment = join(folder, `${run}.log`)
  const { byType, losses } = yield* Effect.try({ try: () => readSegments(folder), catch: failure("read the log in", folder) })
  const waiting: Array<Buffer> = []
  const oneFlush = yield* Semaphore.make(1)
  let handle: number | undefined
  yield* Effect.addFinalizer(() => Effect.sync(() => handle !== undefined && closeSync(handle)))

  const create = (): number => {
    const changed = makeFolder(folder)
    const made = openSync(segment, "wx")
    writeWhole(made, HEADER)
    for (const above of [folder, ...changed]) syncFolder(above)
    return made
  }
  const write = (group: ReadonlyArray<Buffer>): void => {
    handle ??= create()
    writeWhole(handle, Buffer.concat(group))
    fdatasyncSync(handle)
  }
  return SegmentLog.of({
    records: (type) => byType.get(TYPES[type])!,
    append: (type, text) => {
      const bytes = encodeRecord(type, text)
      const record = { bytes, start: PREFIX + 1, end: bytes.length }
      waiting.push(bytes)
      byType.get(TYPES[type])!.push(record)
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
            },
            catch: failure("write the log", segment)
          })
        )
      }).pipe(Effect.uninterruptible, oneFlush.withPermits(1)),
    losses
  })
})
