/** Single cells of a column where they lie in the file: a window of a table of a million rows costs what is shown of it, where a decoded column costs all its rows. */
import { float64, int32, type LaidColumn, texts } from "./read.ts"

/** A column's cells by row, from 0. Whether a cell is there is asked first: under a missing one lies nothing. */
export interface Cells {
  readonly present: (row: number) => boolean
  /** Of a number or an integer; of a flag 0 or 1; of a category its place among `levels`; NaN of text. */
  readonly number: (row: number) => number
  /** Of text or a category; "" of the others. */
  readonly text: (row: number) => string
  /** A category's levels, sorted by UTF-8 bytes. */
  readonly levels: ReadonlyArray<string> | undefined
}

const bit = (bits: Buffer, row: number): number => (bits[row >> 3]! >> (row & 7)) & 1
const empty = Buffer.alloc(0)

/** The cells of a column. */
export const cellsOf = ({ dictionary, kind, validity, values }: LaidColumn): Cells => {
  const present = validity === undefined ? () => true : (row: number) => bit(validity, row) === 1
  const [first = empty, second = empty] = values
  const none = { number: () => Number.NaN, text: () => "", levels: undefined }
  switch (kind) {
    case "number":
    case "integer": {
      const numbers = kind === "number" ? float64(first) : int32(first)
      return { ...none, present, number: (row) => numbers[row]! }
    }
    case "flag":
      return { ...none, present, number: (row) => bit(first, row) }
    case "text": {
      const offsets = int32(first)
      return { ...none, present, text: (row) => second.toString("utf8", offsets[row], offsets[row + 1]) }
    }
    case "category": {
      const codes = int32(first)
      const levels = dictionary === undefined ? [] : texts(dictionary[0]!, dictionary[1]!)
      return { present, number: (row) => codes[row]!, text: (row) => levels[codes[row]!]!, levels }
    }
  }
}
