import { untilZero } from "./cursor.ts"
import type { RawDataset } from "./dataset.ts"

/** Texts of a file before version 118, in whatever encoding its computer had, are looked at up to so many bytes. */
const SAMPLE = 1 << 20

function* texts(dataset: RawDataset): Iterable<Uint8Array> {
  yield dataset.label
  for (const { name, label } of dataset.variables) yield* [name, label]
  for (const { entries } of dataset.labels) for (const [, label] of entries) yield label
  for (const { text } of dataset.characteristics) yield text
  const columns = dataset.variables.filter(({ type }) => type.storage === "str")
  for (let row = 0; columns.length > 0 && row < dataset.observations; row++)
    for (const { offset, type } of columns) {
      const from = row * dataset.width + offset
      yield untilZero(dataset.data.subarray(from, from + type.width))
    }
  for (const ofVariable of dataset.longTexts.values()) for (const { binary, bytes } of ofVariable.values()) if (!binary) yield bytes
}

/** The texts that are not in ASCII, each followed by a line feed. */
const sample = (dataset: RawDataset): Uint8Array => {
  const out = new Uint8Array(SAMPLE)
  let length = 0
  let looked = 0
  for (const text of texts(dataset)) {
    if ((looked += text.length) > 16 * SAMPLE) break
    if (!text.some((byte) => byte >= 0x80)) continue
    if (length + text.length + 1 > SAMPLE) break
    out.set(text, length)
    length += text.length + 1
    out[length - 1] = 10
  }
  return out.subarray(0, length)
}

const decodes = (bytes: Uint8Array, encoding: string): boolean => {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** Of the bytes above ASCII, the share that stand in pairs of GB 2312: nearly all in Chinese texts, few in Western ones, where such bytes stand alone. */
const shareOfPairs = (bytes: Uint8Array): number => {
  let high = 0
  let paired = 0
  for (let i = 0; i < bytes.length; i++) {
    const first = bytes[i]!
    if (first < 0x80) continue
    high++
    const second = bytes[i + 1] ?? 0
    if (first < 0xa1 || first > 0xf7 || second < 0xa1 || second === 0xff) continue
    high++
    paired += 2
    i++
  }
  return high === 0 ? 0 : paired / high
}

/** The encoding that the texts of a file before version 118 are most likely in; undefined where all is ASCII. A cut-off character at the end of a text does not decide. */
export const likelyEncoding = (dataset: RawDataset): "utf-8" | "gb18030" | "windows-1252" | undefined => {
  const bytes = sample(dataset)
  if (bytes.length === 0) return undefined
  if (decodes(bytes, "utf-8")) return "utf-8"
  return shareOfPairs(bytes) > 0.9 && decodes(bytes, "gb18030") ? "gb18030" : "windows-1252"
}

/** Decodes the bytes of a text; what the encoding does not have becomes U+FFFD. */
export type Decode = (bytes: Uint8Array) => string

/** How texts of an encoding are decoded, by its name as the web calls it; undefined where there is none. Plain ASCII goes the shortest way. */
export const decoderOf = (encoding: string): Decode | undefined => {
  const decoder = (() => {
    try {
      return new TextDecoder(encoding, { ignoreBOM: true })
    } catch {
      return undefined
    }
  })()
  if (decoder === undefined) return undefined
  return (bytes) => {
    if (bytes.length > 64) return decoder.decode(bytes)
    let text = ""
    for (const byte of bytes) {
      if (byte >= 0x80) return decoder.decode(bytes)
      text += String.fromCharCode(byte)
    }
    return text
  }
}
