/** One segment of a log in the place of several. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs"
import { join } from "node:path"
import { makeFolder, syncFolder } from "./folder.ts"
import { isGone, statAnew } from "./network-file.ts"
import { nameAfter, readSegmentFiles, type SegmentFile, segmentsIn } from "./segment-files.ts"
import { FULL_BYTES, HEADER, type LogRecord, type RecordType, recordTypeOf, scan } from "./segment-log.ts"

/** A record, and the bytes in which it lies in its segment. */
export interface StoredRecord extends LogRecord {
  readonly type: RecordType
  readonly whole: Buffer
}
export interface ReadSegment extends SegmentFile {
  readonly records: ReadonlyArray<StoredRecord>
  /** How many of its bytes are no record. */
  readonly damaged: number
  /** Whether it has records of a newer version, or of types that this one does not know: then it must be left as it is. */
  readonly foreign: boolean
}

const PREFIX = 12

export const readSegmentsOf = (folder: string): ReadonlyArray<ReadSegment> =>
  readSegmentFiles(folder).map((segment) => {
    const { bytes } = segment
    const records: Array<StoredRecord> = []
    let damaged = 0
    let foreign = false
    scan(
      bytes,
      (start, end) => {
        const type = recordTypeOf(bytes[start]!)
        if (type === undefined) foreign = true
        else records.push({ type, bytes, start: start + 1, end, whole: bytes.subarray(start - PREFIX, end) })
      },
      (kind, _, count) => {
        damaged += count
        foreign ||= kind === "newer version"
      }
    )
    return { ...segment, records, damaged, foreign }
  })

/** Writes a further segment, whole and durable before it has its name. */
export const addSegment = (folder: string, name: string, records: ReadonlyArray<Buffer>): void => {
  const changed = makeFolder(folder)
  const temporary = join(folder, `${name}.tmp`)
  try {
    const handle = openSync(temporary, "wx")
    try {
      const bytes = Buffer.concat([HEADER, ...records])
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(temporary, join(folder, name))
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw cause
  }
  for (const above of [folder, ...changed]) syncFolder(above)
}

/** As many records to a part as make it full, in their order. */
const inParts = (records: ReadonlyArray<Buffer>, fullBytes: number): ReadonlyArray<ReadonlyArray<Buffer>> => {
  const parts: Array<Array<Buffer>> = []
  let room = 0
  for (const record of records) {
    if (room <= 0) {
      parts.push([])
      room = fullBytes
    }
    parts.at(-1)!.push(record)
    room -= record.length
  }
  return parts
}

/**
 * Puts one segment with these records in the place of others; several, whose names sort in this order, where it would be too large to be read. It is durable before the first of them goes. Each gets another name first, under which it is
 * still read: a process that is writing into it notices, and goes on in a new one; and where it wrote since the segment was read, that stays.
 */
export const replaceSegments = (folder: string, old: ReadonlyArray<SegmentFile>, records: ReadonlyArray<Buffer>, fullBytes = FULL_BYTES): void => {
  const last = old.at(-1)
  if (last === undefined) return
  const name = nameAfter(last.name)
  for (const [i, part] of inParts(records, fullBytes).entries())
    addSegment(folder, i === 0 ? name : name.replace(/\.log$/, `p${String(i).padStart(6, "0")}.log`), part)
  for (const { bytes, name } of old) {
    const aside = join(folder, nameAfter(name))
    try {
      renameSync(join(folder, name), aside)
    } catch (cause) {
      // Another gc was faster.
      if (isGone(cause)) continue
      throw cause
    }
    if (statAnew(aside)?.size === bytes.length) rmSync(aside)
  }
  syncFolder(folder)
}

/** How many segments there must be that no process writes into any more, before they are made one without being asked. */
const MANY = 500

/** Makes one segment of the old ones of a log, with all that is in them, where there are very many. */
export const compactWhereMany = (folder: string, since: number): void => {
  if (segmentsIn(folder).length < MANY) return
  const old = readSegmentsOf(folder).filter(({ damaged, foreign, modified }) => modified < since && !foreign && damaged === 0)
  if (old.length < MANY) return
  replaceSegments(
    folder,
    old,
    old.flatMap(({ records }) => records.map(({ whole }) => whole))
  )
}
