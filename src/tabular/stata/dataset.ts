import { type Cursor, untilZero } from "./cursor.ts"
import type { Layout } from "./layout.ts"
import { typeOf, type VariableType } from "./types.ts"

/** A variable as the file has it: texts are bytes still, since versions before 118 do not say their encoding. */
export interface RawVariable {
  readonly name: Uint8Array
  readonly type: VariableType
  /** Bytes from the start of an observation to its cell. */
  readonly offset: number
  readonly format: Uint8Array
  readonly labelName: Uint8Array
  readonly label: Uint8Array
}
/** A remark on a variable, or on the dataset where the name is `_dta`. */
export interface RawCharacteristic {
  readonly variable: Uint8Array
  readonly name: Uint8Array
  readonly text: Uint8Array
}
/** A long text, which stands apart from the data. */
export interface LongText {
  readonly binary: boolean
  readonly bytes: Uint8Array
}
export interface RawLabels {
  readonly name: Uint8Array
  readonly entries: ReadonlyArray<readonly [value: number, label: Uint8Array]>
}
export interface RawDataset {
  readonly layout: Layout
  readonly little: boolean
  readonly observations: number
  /** Bytes of an observation. */
  readonly width: number
  readonly label: Uint8Array
  readonly variables: ReadonlyArray<RawVariable>
  readonly characteristics: ReadonlyArray<RawCharacteristic>
  /** Observations one after another. */
  readonly data: Uint8Array
  /** By the numbers of variable and observation that a cell names. */
  readonly longTexts: ReadonlyMap<number, ReadonlyMap<number, LongText>>
  readonly labels: ReadonlyArray<RawLabels>
}

/** The lists of the header that have an entry a variable. */
export interface Descriptions {
  readonly codes: ReadonlyArray<number>
  readonly names: ReadonlyArray<Uint8Array>
  readonly formats: ReadonlyArray<Uint8Array>
  readonly labelNames: ReadonlyArray<Uint8Array>
  readonly labels: ReadonlyArray<Uint8Array>
}

/** One entry of `width` bytes a variable. */
export const fields = (cursor: Cursor, count: number, width: number, what: string): ReadonlyArray<Uint8Array> => {
  // Looked for as a whole, so that a wrong count is found before anything is made.
  const start = cursor.at
  cursor.take(count * width, what)
  const end = cursor.at
  cursor.at = start
  const entries = Array.from({ length: count }, () => cursor.field(width, what))
  cursor.at = end
  return entries
}

/** Variables with their types and places in an observation. */
export const placeVariables = (
  cursor: Cursor,
  { codes, formats, labelNames, labels, names }: Descriptions,
  layout: Layout
): { readonly variables: ReadonlyArray<RawVariable>; readonly width: number } => {
  if (codes.length === 0) cursor.damaged("it has no variables")
  let offset = 0
  const variables = codes.map((code, i): RawVariable => {
    const type =
      typeOf(code, layout) ?? cursor.damaged(`variable ${i + 1} of ${codes.length} is of type ${code}, which version ${layout.version} does not have`)
    const variable = { name: names[i]!, type, offset, format: formats[i]!, labelName: labelNames[i]!, label: labels[i]! }
    offset += type.width
    return variable
  })
  return { variables, width: offset }
}

/** A characteristic without what stands around it: two names and the text. */
export const characteristic = (content: Uint8Array, { name }: Layout): RawCharacteristic => ({
  variable: untilZero(content.subarray(0, name)),
  name: untilZero(content.subarray(name, 2 * name)),
  text: untilZero(content.subarray(2 * name))
})

/** A set of value labels: the length of its table, its name, the table. */
export const labelSet = (cursor: Cursor, layout: Layout): RawLabels => {
  const what = "value labels"
  const length = cursor.unsigned(4, what)
  const name = cursor.field(layout.name, what)
  cursor.take(3, what)
  const { at } = cursor
  cursor.take(length, what)
  cursor.at = at
  return { name, entries: labelTable(cursor, length) }
}

/** The table of a set of value labels: how many, the length of their texts, where each begins, the values, the texts. */
const labelTable = (cursor: Cursor, length: number): RawLabels["entries"] => {
  const end = cursor.at + length
  const what = "value labels"
  const count = cursor.unsigned(4, what)
  const textLength = cursor.unsigned(4, what)
  if (8 + count * 8 + textLength > length)
    cursor.damaged(`byte ${cursor.at}: ${count} value labels with ${textLength} bytes of text do not fit into ${length} bytes`)
  const offsets = Array.from({ length: count }, () => cursor.unsigned(4, what))
  const values = Array.from({ length: count }, () => cursor.int32(what))
  const texts = cursor.take(textLength, what)
  cursor.at = end
  return values.map((value, i) => {
    const start = offsets[i]!
    if (start >= texts.length) cursor.damaged(`the label of ${value} begins at byte ${start} of ${texts.length}`)
    const zero = texts.indexOf(0, start)
    return [value, texts.subarray(start, zero < 0 ? texts.length : zero)] as const
  })
}
