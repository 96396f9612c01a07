import { faultOf } from "../fault-of.ts"
import { bytesBetween, chunksOf, type FileContent } from "../file-content.ts"
import { UnreadableFile } from "../sheet.ts"
import type { ChineseCount } from "./chinese.ts"
import { placeOf } from "./place.ts"

const hex = (byte: number | undefined): string => `0x${(byte ?? 0).toString(16).toUpperCase().padStart(2, "0")}`

/** What a file is that has bytes as no text does, by how it begins. */
const FORMATS: ReadonlyArray<readonly [begins: ReadonlyArray<number>, what: string]> = [
  [[0x50, 0x4b, 3, 4], "a zip file, as workbooks (.xlsx) are; give it the ending that it should have"],
  [[0xd0, 0xcf, 0x11, 0xe0], "a workbook of Excel 97 to 2003 (.xls); save it as .xlsx or CSV UTF-8"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF; take the table out of it"],
  [[0x1f, 0x8b], "a gzip file; unpack it first"],
  [[0x42, 0x5a, 0x68], "a bzip2 file; unpack it first"],
  [[0x37, 0x7a, 0xbc, 0xaf], "a 7z file; unpack it first"],
  [[0x52, 0x61, 0x72, 0x21], "a rar file; unpack it first"],
  [[0x50, 0x41, 0x52, 0x31], "a Parquet file; give it the ending .parquet"],
  [[0x41, 0x52, 0x52, 0x4f, 0x57], "an Arrow file; give it the ending .arrow"]
]
const formatOf = (head: Uint8Array): string | undefined => FORMATS.find(([begins]) => begins.every((byte, i) => head[i] === byte))?.[1]

/** The file is none of text, as its first bytes say. */
export const otherFormat = (file: FileContent): UnreadableFile | undefined => {
  const format = formatOf(bytesBetween(file, 0, 8))
  return format === undefined ? undefined : new UnreadableFile([faultOf(file.path, "not-text", `this is no text, but ${format}`, { expected: "text" })])
}

/** There is a zero byte, or a zero unit of UTF-16, which text does not have. */
export const zeroFault = (file: FileContent, encoding: string): UnreadableFile => {
  const wide = encoding.startsWith("utf-16")
  let at = 0
  let previous = 1
  search: for (const chunk of chunksOf(file))
    for (const byte of chunk) {
      if (byte === 0 && (!wide || (at % 2 === 1 && previous === 0))) break search
      previous = byte
      at++
    }
  const offset = wide ? at - 1 : at
  const { byte, line } = placeOf(file, offset, encoding)
  const message = `line ${line}, byte ${byte}: found a zero ${wide ? "character" : "byte"}, which text does not have; the file is damaged, or no text: get it again, or save it anew as CSV UTF-8`
  return new UnreadableFile([faultOf(file.path, "zero-byte", message, { row: line, value: "0x00", expected: "text" })])
}

const READINGS = ["gb18030", "big5", "windows-1252", "windows-1251", "shift_jis", "euc-jp", "euc-kr"] as const

/** How bytes read in each of some encodings that have them all. */
const readings = (bytes: Uint8Array): string =>
  READINGS.flatMap((encoding) => {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes).trim()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a text with these is not what was meant
      return /[\u0000-\u001f\u007f-\u009f\ue000-\uf8ff]/.test(text) ? [] : [`${encoding} "${text}"`]
    } catch {
      return []
    }
  }).join(", ")

const HOW = 'say encoding, such as "windows-1252" or "big5"; or save the file as CSV UTF-8'

/** The byte that a decoder stopped at, moved to where the character begins that is cut short there: UTF-8 only. */
const startOfCharacter = (file: FileContent, offset: number): number => {
  const before = bytesBetween(file, Math.max(0, offset - 3), offset)
  let back = 1
  while (back <= before.length && before.at(-back)! >= 0x80 && before.at(-back)! < 0xc0) back++
  const lead = back <= before.length ? before.at(-back)! : 0
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0
  return length > back ? offset - back : offset
}

const placed = (file: FileContent, offset: number, encoding: string) => {
  const place = placeOf(file, offset, encoding)
  const found = bytesBetween(file, offset, offset + 1)[0]
  return { ...place, what: found === undefined ? "the end of the file" : hex(found) }
}

const cutOff = (file: FileContent, encoding: string, { byte, line }: { readonly line: number; readonly byte: number }): UnreadableFile => {
  const message = `line ${line}, byte ${byte}: the file ends within a character of ${encoding}, which all before it is; it is cut off: get it again, or say encoding if it is another one`
  return new UnreadableFile([faultOf(file.path, "cut-off", message, { row: line, parameter: "encoding", expected: "whole characters" })])
}
const endsAt = (file: FileContent, offset: number): boolean => bytesBetween(file, offset, offset + 1).length === 0

/** The file is not in the encoding that was said, or that its beginning has. */
export const notInEncoding = (file: FileContent, encoding: string, stoppedAt: number): UnreadableFile => {
  const place = placed(file, encoding === "utf-8" ? startOfCharacter(file, stoppedAt) : stoppedAt, encoding)
  if (endsAt(file, stoppedAt)) return cutOff(file, encoding, place)
  const { byte, line, near, what } = place
  const read = encoding.startsWith("utf-16") ? "" : readings(near)
  const message = `line ${line}, byte ${byte}: found ${what}, which is not ${encoding} there${read === "" ? "" : `; that place reads in ${read}`}; say another encoding, or leave it out`
  return new UnreadableFile([faultOf(file.path, "wrong-encoding", message, { row: line, parameter: "encoding", value: encoding, expected: encoding })])
}

/** A part of the file is UTF-8, and another is GB 18030. */
export const twoEncodings = (file: FileContent, utf8: number): UnreadableFile => {
  const { byte, line, what } = placed(file, startOfCharacter(file, utf8), "utf-8")
  const message = `line ${line}, byte ${byte}: found ${what}, which is GB 18030 and not UTF-8, while other lines are UTF-8; the file has two encodings: save its parts anew in one of them`
  return new UnreadableFile([faultOf(file.path, "two-encodings", message, { row: line, parameter: "encoding", value: what, expected: "one encoding" })])
}

/** No encoding can be told: not valid UTF-8, and either not valid GB 18030 or not likely to be. */
export const unknownEncoding = (file: FileContent, utf8: number, beginsAsUtf8: boolean, gb18030: number | ChineseCount): UnreadableFile => {
  const place = placed(file, startOfCharacter(file, utf8), "utf-8")
  if (endsAt(file, utf8)) return cutOff(file, "utf-8", place)
  const { byte, line, near, what } = place
  if (beginsAsUtf8) {
    const message = `line ${line}, byte ${byte}: found ${what}, which is not UTF-8, while the letters before it are; the file is damaged there, or its parts are in two encodings: get it again, or save its parts anew as CSV UTF-8`
    return new UnreadableFile([faultOf(file.path, "broken-utf8", message, { row: line, value: what, expected: "UTF-8" })])
  }
  const second = (): string => {
    if (typeof gb18030 !== "number") {
      const { common, hanzi, letters } = gb18030
      return `GB 18030, in which ${letters === 0 ? "it has no letters beyond ASCII" : `${hanzi} of ${letters} letters beyond ASCII are Chinese characters, ${common} of them common ones`}`
    }
    const other = placed(file, gb18030, "gb18030")
    return `GB 18030 (line ${other.line}, byte ${other.byte} is ${other.what})`
  }
  const read = readings(near)
  const message = `line ${line}, byte ${byte}: found ${what}, and the file's encoding cannot be told; tried UTF-8, which does not have it there, and ${second()}${read === "" ? "" : `; that place reads in ${read}`}; ${HOW}`
  return new UnreadableFile([
    faultOf(file.path, "unknown-encoding", message, { row: line, parameter: "encoding", value: what, expected: "UTF-8, UTF-16 or GB 18030" })
  ])
}
