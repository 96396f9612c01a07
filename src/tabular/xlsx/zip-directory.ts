import { faultOf } from "../fault-of.ts"
import { UnreadableFile } from "../sheet.ts"
import type { XlsxLimits } from "./limits.ts"
import { shorten } from "./shorten.ts"

/** A file within a zip, as its directory at the end has it. */
export interface ZipEntry {
  readonly name: string
  /** 0: as it is, 8: deflated. */
  readonly method: 0 | 8
  readonly crc: number
  /** Bytes once inflated, as declared. */
  readonly size: number
  /** What stands in the zip. */
  readonly data: Uint8Array
}

const END = 0x06054b50
const END_64 = 0x06064b50
const END_64_PLACE = 0x07064b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const ALL_16 = 0xffff
const ALL_32 = 0xffffffff

/** Numbers of eight bytes that are no safe integers come out as Infinity, which lies outside of every file. */
const big = (view: DataView, at: number): number => {
  const value = view.getBigUint64(at, true)
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.POSITIVE_INFINITY : Number(value)
}

interface Directory {
  readonly count: number
  readonly offset: number
  readonly size: number
}

/** Where the directory stands. A comment of at most 65,535 bytes may follow its end record; undefined where there is no such record. */
const findDirectory = (view: DataView): Directory | undefined => {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - ALL_16); at--) {
    if (view.getUint32(at, true) !== END || at + 22 + view.getUint16(at + 20, true) > view.byteLength) continue
    const short = { count: view.getUint16(at + 10, true), size: view.getUint32(at + 12, true), offset: view.getUint32(at + 16, true) }
    const is64 = at >= 20 && view.getUint32(at - 20, true) === END_64_PLACE
    if (!is64) return short
    const place = big(view, at - 12)
    if (place + 56 > at || view.getUint32(place, true) !== END_64) return short
    return { count: big(view, place + 32), size: big(view, place + 40), offset: big(view, place + 48) }
  }
  return undefined
}

/** The sizes and the place of an entry: where four bytes do not hold them, in its extra field 1. */
const wideSizes = (view: DataView, at: number, extra: number, extraEnd: number) => {
  const short = { size: view.getUint32(at + 24, true), compressed: view.getUint32(at + 20, true), offset: view.getUint32(at + 42, true) }
  if (short.size !== ALL_32 && short.compressed !== ALL_32 && short.offset !== ALL_32) return short
  for (let field = extra; field + 4 <= extraEnd; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue
    let next = field + 4
    const end = Math.min(extraEnd, next + view.getUint16(field + 2, true))
    const wide = (value: number): number => {
      if (value !== ALL_32) return value
      next += 8
      return next > end ? Number.POSITIVE_INFINITY : big(view, next - 8)
    }
    return { size: wide(short.size), compressed: wide(short.compressed), offset: wide(short.offset) }
  }
  return short
}

/** Part names are compared without regard to case (ECMA-376 part 2, 6.2.2.3); some programs for Windows write backslashes. */
export const partKey = (name: string): string => name.replaceAll("\\", "/").toLowerCase()

const unsafe = (key: string): boolean => key.startsWith("/") || /^[a-z]:/.test(key) || key.split("/").includes("..") || key.includes("\0")

/**
 * The files of a zip by `partKey`, after its directory (APPNOTE.TXT 4.3.12 to 4.3.16, zip64 included). Throws UnreadableFile with all that is wrong: cut off,
 * entries outside of the file or over each other, encrypted, packed in another way than deflate, names that stand twice or lead out of the zip.
 */
export const zipDirectory = (path: string, bytes: Uint8Array, limits: XlsxLimits): ReadonlyMap<string, ZipEntry> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const again = "get the file again, or save it anew as .xlsx"
  const refuse = (code: string, message: string): never => {
    throw new UnreadableFile([faultOf(path, code, message)])
  }
  const directory = findDirectory(view) ?? refuse("truncated-file", `the file is cut off: an .xlsx file is a zip, and the end of it is missing; ${again}`)
  if (directory.offset + directory.size > bytes.length)
    return refuse(
      "truncated-file",
      `the zip's directory should end at byte ${directory.offset + directory.size}, but the file has ${bytes.length} bytes; ${again}`
    )
  if (directory.count > limits.parts)
    return refuse(
      "too-many-parts",
      `the zip has ${directory.count} files, more than the limit of ${limits.parts}; save it anew as .xlsx, or raise the limit \`parts\``
    )

  const entries = new Map<string, ZipEntry>()
  const faults: Array<ReturnType<typeof faultOf>> = []
  const taken: Array<readonly [from: number, to: number, name: string]> = []
  const decoder = new TextDecoder()
  let at = directory.offset
  for (let i = 0; i < directory.count; i++) {
    const fixedEnd = at + 46
    const nameEnd = fixedEnd + (fixedEnd > bytes.length ? 0 : view.getUint16(at + 28, true))
    if (fixedEnd > bytes.length || nameEnd > bytes.length || view.getUint32(at, true) !== ENTRY) {
      faults.push(faultOf(path, "damaged-file", `the zip's directory is damaged at its entry ${i + 1} of ${directory.count}; ${again}`))
      break
    }
    const name = decoder.decode(bytes.subarray(fixedEnd, nameEnd))
    const told = `"${shorten(name)}" in the zip`
    const extraEnd = Math.min(bytes.length, nameEnd + view.getUint16(at + 30, true))
    const { compressed, offset, size } = wideSizes(view, at, nameEnd, extraEnd)
    const method = view.getUint16(at + 10, true)
    const encrypted = (view.getUint16(at + 8, true) & 1) === 1
    const crc = view.getUint32(at + 16, true)
    const key = partKey(name)
    at = extraEnd + view.getUint16(at + 32, true)
    const bad = (code: string, message: string) => faults.push(faultOf(path, code, message))
    if (unsafe(key))
      bad("unsafe-part-name", `${told} has a name that leads out of the zip; no spreadsheet program writes such: save it anew as .xlsx from one that you trust`)
    else if (entries.has(key)) bad("duplicate-part", `${told} stands twice, so that it is not known which counts; save it anew as .xlsx`)
    else if (encrypted) bad("encrypted-file", `${told} is encrypted; take the password off the zip, or save it anew as .xlsx without one`)
    else if (method !== 0 && method !== 8) bad("unknown-compression", `${told} is packed by method ${method}, expected 0 or 8 (deflate); save it anew as .xlsx`)
    else if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL) bad("damaged-file", `${told} is not where the directory says; ${again}`)
    else {
      const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
      if (from + compressed > directory.offset)
        bad("damaged-file", `${told} should reach to byte ${from + compressed}, into the zip's directory or beyond; ${again}`)
      else if (method === 0 && compressed !== size) bad("damaged-file", `${told} is not packed, but its two sizes differ (${compressed} and ${size}); ${again}`)
      else {
        entries.set(key, { name, method, crc, size, data: bytes.subarray(from, from + compressed) })
        taken.push([offset, from + compressed, name])
      }
    }
    if (faults.length >= limits.faults) break
  }
  taken.sort(([a], [b]) => a - b)
  const over = taken.findIndex(([from], i) => i > 0 && from < taken[i - 1]![1])
  if (over > 0)
    faults.push(
      faultOf(
        path,
        "overlapping-parts",
        `"${shorten(taken[over]![2])}" and "${shorten(taken[over - 1]![2])}" share bytes of the zip, as in a zip bomb; save it anew as .xlsx`
      )
    )
  if (faults.length > 0) throw new UnreadableFile(faults)
  return entries
}
