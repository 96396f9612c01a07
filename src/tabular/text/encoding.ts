import { faultOf } from "../fault-of.ts"
import { bytesBetween, chunksOf, type FileContent } from "../file-content.ts"
import { UnreadableFile } from "../sheet.ts"
import { type ByteOrderMark, byteOrderMark } from "./byte-order-mark.ts"
import { ChineseCount } from "./chinese.ts"
import { notInEncoding, otherFormat, twoEncodings, unknownEncoding, zeroFault } from "./encoding-faults.ts"
import { Gb18030Check } from "./gb18030.ts"
import { firstUndecodable } from "./place.ts"
import { utf16ByPattern } from "./utf16-pattern.ts"

/** How a file's bytes are text. */
export interface Encoding {
  /** As the web calls it, in small letters. */
  readonly name: string
  /** The bytes of a byte order mark, which are no text; 0 where there is none. */
  readonly markLength: number
}

/** An even number of bytes, so that they are whole units of UTF-16. */
const SAMPLE = 1 << 16
/** The last bytes that are looked at. */
const END = 1 << 12

/** Whether all bytes are UTF-8 and none is zero. The file is looked at to its end, or to the first that is not so. */
const looksLike = (file: FileContent): "utf-8" | "zeros" | "other" => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
  let other = false
  for (const chunk of chunksOf(file)) {
    if (chunk.includes(0)) return "zeros"
    if (other) continue
    try {
      decoder.decode(chunk, { stream: true })
    } catch {
      other = true
    }
  }
  try {
    decoder.decode()
  } catch {
    other = true
  }
  return other ? "other" : "utf-8"
}

/** Where the file is not GB 18030, or how much of it is Chinese, and its last bytes. */
const asGb18030 = (file: FileContent): { readonly wrong: number } | { readonly count: ChineseCount; readonly end: Uint8Array } => {
  const check = new Gb18030Check()
  const decoder = new TextDecoder("gb18030")
  const count = new ChineseCount()
  let end: Uint8Array = new Uint8Array()
  for (const chunk of chunksOf(file)) {
    const wrong = check.feed(chunk)
    if (wrong !== undefined) return { wrong }
    count.add(decoder.decode(chunk, { stream: true }))
    end = chunk.length >= END ? chunk.subarray(-END) : Uint8Array.from([...end, ...chunk]).subarray(-END)
  }
  const wrong = check.end()
  return wrong === undefined ? { count, end } : { wrong }
}

/** Two letters of three bytes: GB 18030 hardly ever looks so. */
const LETTERS = /[\u0800-\uffff].*?[\u0800-\uffff]/s

/** Whether a file is UTF-8 with such letters before a place where it is not: it is damaged there, or another file was joined to it. */
const beginsAsUtf8 = (file: FileContent, stoppedAt: number): boolean => {
  const decoder = new TextDecoder()
  let at = 0
  let before = ""
  for (const chunk of chunksOf(file)) {
    before = (before + decoder.decode(chunk.subarray(0, stoppedAt - at), { stream: true }).replace(/[\0-\u07ff]+/g, "")).slice(0, 2)
    if (LETTERS.test(before)) return true
    at += chunk.length
    if (at >= stoppedAt) break
  }
  return false
}

/** Whether the last of these bytes, from a line on, are UTF-8 with such letters. */
const endsAsUtf8 = (end: Uint8Array): boolean => {
  const lines = new TextDecoder().decode(end.subarray(end.indexOf(10) + 1))
  const last = lines.slice(lines.lastIndexOf("\uFFFD") + 1)
  return LETTERS.test(last.slice(last.indexOf("\n") + 1))
}

const detect = (file: FileContent): string => {
  const looks = looksLike(file)
  if (looks === "utf-8") return "utf-8"
  if (looks === "zeros") {
    const head = bytesBetween(file, 0, SAMPLE)
    // A file that is cut off within a unit is told later.
    const wide = utf16ByPattern(head.subarray(0, head.length - (head.length % 2)))
    if (wide !== undefined) return wide
    throw otherFormat(file) ?? zeroFault(file, "utf-8")
  }
  const found = asGb18030(file)
  const stoppedAt = firstUndecodable(file, "utf-8")!
  const begins = beginsAsUtf8(file, stoppedAt)
  if ("wrong" in found) throw otherFormat(file) ?? unknownEncoding(file, stoppedAt, begins, found.wrong)
  if (!found.count.isPlausible) throw otherFormat(file) ?? unknownEncoding(file, stoppedAt, begins, found.count)
  if (begins || endsAsUtf8(found.end)) throw twoEncodings(file, stoppedAt)
  return "gb18030"
}

/** The name that the web has for an encoding: GBK and GB 2312 are read as GB 18030, which has them. */
const canonical = (path: string, label: string): string => {
  try {
    const { encoding } = new TextDecoder(label, { fatal: true })
    return encoding === "gbk" ? "gb18030" : encoding
  } catch {
    const message = `there is no encoding "${label}"; expected a name such as "utf-8", "gb18030", "utf-16le", "windows-1252" or "big5"`
    throw new UnreadableFile([faultOf(path, "no-such-encoding", message, { parameter: "encoding", value: label })])
  }
}

const againstMark = (path: string, label: string, mark: ByteOrderMark): UnreadableFile =>
  new UnreadableFile([
    faultOf(path, "wrong-encoding", `its byte order mark says ${mark.encoding}, and encoding says "${label}"; leave encoding out`, {
      parameter: "encoding",
      value: label,
      expected: mark.encoding
    })
  ])

/**
 * The encoding of a file: the one that is named, or the one that it is told to be in by a byte order mark; by zero bytes as UTF-16 has them; or, all of its
 * bytes being looked at, as valid UTF-8; or as valid GB 18030 whose letters are common Chinese characters. Throws UnreadableFile where none of these is so.
 */
export const encodingOf = (file: FileContent, named: string | undefined): Encoding => {
  const mark = byteOrderMark(bytesBetween(file, 0, 4))
  const markLength = mark?.length ?? 0
  if (mark?.encoding.startsWith("utf-32")) {
    const message = `its byte order mark is that of UTF-32, which is not read; save the file as CSV UTF-8`
    throw new UnreadableFile([faultOf(file.path, "wrong-encoding", message, { value: mark.encoding, expected: "UTF-8, UTF-16 or GB 18030" })])
  }
  if (named !== undefined) {
    const name = canonical(file.path, named)
    const meant = /^utf-?16$/i.test(named.trim()) && mark?.encoding === "utf-16be" ? mark.encoding : name
    if (mark !== undefined && mark.encoding !== meant) throw againstMark(file.path, named, mark)
    return { name: meant, markLength }
  }
  return { name: mark?.encoding ?? detect(file), markLength }
}

/** The text of a file, piece by piece. Throws UnreadableFile at what is not in its encoding, and at a zero, when it comes there. */
export function* decoded(file: FileContent, { markLength, name }: Encoding): Generator<string> {
  const decoder = new TextDecoder(name, { fatal: true, ignoreBOM: true })
  const decode = (bytes: Uint8Array | undefined): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch {
      throw otherFormat(file) ?? notInEncoding(file, name, firstUndecodable(file, name) ?? 0)
    }
  }
  let skip = markLength
  for (const chunk of chunksOf(file)) {
    const skipped = Math.min(skip, chunk.length)
    skip -= skipped
    const text = decode(skipped === 0 ? chunk : chunk.subarray(skipped))
    if (text.includes("\0")) throw otherFormat(file) ?? zeroFault(file, name)
    yield text
  }
  yield decode(undefined)
}
