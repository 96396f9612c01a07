import { fixedField, joined, littleEndian, utf8 } from "./byte-pieces.ts"
import type { Layout } from "./layout.ts"

/** Characters of a label of a variable. */
const LONGEST_LABEL = 80
/** Bytes of a characteristic's text, with its zero. */
const LONGEST_CHARACTERISTIC = 67_784

/** A label of at most 80 characters, none cut in two: letters with what is written above them stay whole too. Line feeds become spaces. */
export const variableLabel = (text: string): string => {
  const line = text.replace(/[\s\0]+/g, " ").trim()
  const characters = [...line]
  if (characters.length <= LONGEST_LABEL) return line
  let end = LONGEST_LABEL
  while (end > 0 && /^(?:\p{M}|\u200d)/u.test(characters[end]!)) end--
  return characters.slice(0, end).join("")
}

/** What is remarked on a variable, or on the dataset as `_dta`: notes, as Stata's `notes` has them, and what else is said under a name. */
export interface Remarks {
  readonly variable: string
  readonly notes: ReadonlyArray<string>
  readonly named: ReadonlyArray<readonly [name: string, text: string]>
}

/** Remarks as the entries of `<characteristics>`. */
export const characteristics = (all: ReadonlyArray<Remarks>, { name: width }: Layout): ReadonlyArray<Uint8Array> =>
  all.flatMap(({ named, notes, variable }) => {
    const count = notes.length === 0 ? [] : [["note0", String(notes.length)] as const]
    return [...named, ...count, ...notes.map((note, i) => [`note${i + 1}`, note] as const)].map(([name, text]) => {
      const bytes = utf8(text.replaceAll("\0", " "))
      // Bytes 10xxxxxx go on with a character.
      let length = Math.min(bytes.length, LONGEST_CHARACTERISTIC - 1)
      while (length < bytes.length && (bytes[length]! & 0xc0) === 0x80) length--
      const head = [utf8("<ch>"), littleEndian(2 * width + length + 1, 4), fixedField(variable, width), fixedField(name, width)]
      return joined([...head, bytes.subarray(0, length), littleEndian(0, 1), utf8("</ch>")])
    })
  })

/** A set of value labels, of 1, 2, …, as an entry of `<value_labels>`. */
export const labelSetOf = (name: string, levels: ReadonlyArray<string>, { name: width }: Layout): Uint8Array => {
  const texts = levels.map((level) => utf8(`${level}\0`))
  let length = 0
  const offsets = texts.map((text) => (length += text.length) - text.length)
  const numbers = [texts.length, length, ...offsets, ...texts.map((_, i) => i + 1)].map((value) => littleEndian(value, 4))
  const table = joined([...numbers, ...texts])
  return joined([utf8("<lbl>"), littleEndian(table.length, 4), fixedField(name, width), littleEndian(0, 3), table, utf8("</lbl>")])
}
