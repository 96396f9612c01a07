import { ChineseCount } from "../text/chinese.ts"
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

/** The first texts that are not in ASCII. */
const sample = (dataset: RawDataset): ReadonlyArray<Uint8Array> => {
  const found: Array<Uint8Array> = []
  let length = 0
  let looked = 0
  for (const text of texts(dataset)) {
    if ((looked += text.length) > 16 * SAMPLE || length > SAMPLE) break
    if (!text.some((byte) => byte >= 0x80)) continue
    found.push(text)
    length += text.length
  }
  return found
}

/** Texts as they read in an encoding; undefined where one of them does not. A character that is cut short at the end of a field is no matter: fields have a width in bytes. */
const asRead = (all: ReadonlyArray<Uint8Array>, encoding: string): ReadonlyArray<string> | undefined => {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  const read = all.map((text) => decoder.decode(text).replace(/\ufffd$/, ""))
  return read.some((text) => text.includes("\ufffd")) ? undefined : read
}

/** The encoding that the texts of a file before version 118 are most likely in: UTF-8 where they are that; GB 18030 where they are that, and mostly common Chinese characters; else Windows-1252. Undefined where all is ASCII. */
export const likelyEncoding = (dataset: RawDataset): "utf-8" | "gb18030" | "windows-1252" | undefined => {
  const all = sample(dataset)
  if (all.length === 0) return undefined
  if (asRead(all, "utf-8") !== undefined) return "utf-8"
  const chinese = new ChineseCount()
  for (const text of asRead(all, "gb18030") ?? []) chinese.add(text)
  return chinese.isPlausible ? "gb18030" : "windows-1252"
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
