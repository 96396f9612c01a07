import { FIRST_MISSING } from "./numbers.ts"
import { LONGEST_STR, TYPE_CODE } from "./types.ts"

/** A column to be written, as an artifact has it: numbers as they are, flags as 0 and 1, texts and categories as texts. `valid` tells what is missing, and is absent where nothing is. */
export interface StataColumn {
  readonly name: string
  readonly kind: "number" | "integer" | "text" | "category" | "flag"
  readonly values: ArrayLike<number> | ArrayLike<string>
  /** 1 = present. */
  readonly valid: ArrayLike<number> | undefined
  readonly unit: string
  readonly description: string
}

/** How a column is stored. */
export interface StoredVariable {
  readonly code: number
  readonly width: number
  readonly format: string
  /** Value labels: the label of 1, of 2, …. */
  readonly levels: ReadonlyArray<string>
  /** Of a strL, the long text of a row; "" where there is none. */
  readonly longText: ((row: number) => string) | undefined
  /** Writes the cell of a row, all of it but a strL, into zeros. */
  readonly write: (row: number, view: DataView, at: number) => void
  /** Cells that Stata has no number for, which are missing in the file. */
  readonly lost: number
}

/** The largest number that is none of Stata's missing codes. */
const LARGEST = 2 ** 1023 * (1 - 2 ** -53)
/** `.` as a double: 2 to the 1023rd. */
const MISSING = 2 ** 1023
const MOST_LABELS = 65_536
const LONGEST_LABEL = 32_000

const encoder = new TextEncoder()

const numeric = (
  code: number,
  width: number,
  format: string,
  write: StoredVariable["write"],
  { levels = [], lost = 0 }: { readonly levels?: ReadonlyArray<string>; readonly lost?: number } = {}
): StoredVariable => ({ code, width, format, levels, longText: undefined, write, lost })

const asDouble = (values: ArrayLike<number>, present: (row: number) => boolean, rows: number): StoredVariable => {
  const storable = (value: number) => Math.abs(value) <= LARGEST
  let lost = 0
  for (let row = 0; row < rows; row++) if (present(row) && !Number.isNaN(values[row]!) && !storable(values[row]!)) lost++
  return numeric(TYPE_CODE.double, 8, "%10.0g", (row, view, at) => view.setFloat64(at, present(row) && storable(values[row]!) ? values[row]! : MISSING, true), {
    lost
  })
}

const asLong = (values: ArrayLike<number>, present: (row: number) => boolean, rows: number): StoredVariable => {
  const fits = (value: number) => value > -(2 ** 31) && value < FIRST_MISSING.long
  for (let row = 0; row < rows; row++) if (present(row) && !fits(values[row]!)) return asDouble(values, present, rows)
  return numeric(TYPE_CODE.long, 4, "%12.0g", (row, view, at) => view.setInt32(at, present(row) ? values[row]! : FIRST_MISSING.long, true))
}

const asText = (values: ArrayLike<string>, present: (row: number) => boolean, rows: number, long: boolean): StoredVariable => {
  let longest = 1
  let zero = false
  for (let row = 0; row < rows; row++) {
    if (!present(row)) continue
    const text = values[row]!
    // A text of n UTF-16 units has from n to 3n bytes.
    if (text.length * 3 > longest) longest = Math.max(longest, encoder.encode(text).length)
    zero ||= text.includes("\0")
  }
  if (longest <= LONGEST_STR && !zero && !long) {
    const write: StoredVariable["write"] = (row, view, at) => {
      if (present(row)) encoder.encodeInto(values[row]!, new Uint8Array(view.buffer, view.byteOffset + at, longest))
    }
    return numeric(longest, longest, `%-${Math.min(longest, 40)}s`, write)
  }
  return {
    ...numeric(TYPE_CODE.strL, 8, "%-40s", () => {}),
    longText: (row) => (present(row) ? values[row]! : "")
  }
}

const asLabelled = (values: ArrayLike<string>, present: (row: number) => boolean, rows: number): StoredVariable => {
  const found = new Set<string>()
  for (let row = 0; row < rows; row++) if (present(row)) found.add(values[row]!)
  // Sorted, so that the same texts have the same codes.
  const levels = [...found].sort((a, b) => (a < b ? -1 : 1))
  const unfit = (level: string) => level === "" || level.includes("\0") || level.length > LONGEST_LABEL / 3
  if (levels.length > MOST_LABELS || levels.some(unfit)) return asText(values, present, rows, false)
  const codes = new Map(levels.map((level, i) => [level, i + 1]))
  const widest = levels.reduce((most, level) => Math.max(most, [...level].length), 8)
  return numeric(
    TYPE_CODE.long,
    4,
    `%${Math.min(widest, 40)}.0g`,
    (row, view, at) => view.setInt32(at, present(row) ? codes.get(values[row]!)! : FIRST_MISSING.long, true),
    { levels }
  )
}

/**
 * How a column is stored: numbers as double; whole numbers as long, or double where one does not fit; flags as byte; texts as `str#`, or strL where one is
 * longer than 2,045 bytes or where `long` says so; categories as long with value labels, or as texts where Stata has no room for these.
 */
export const storedVariable = (column: StataColumn, rows: number, long = false): StoredVariable => {
  const { kind, valid } = column
  const present = valid === undefined ? () => true : (row: number) => valid[row] === 1
  const numbers = column.values as ArrayLike<number>
  const texts = column.values as ArrayLike<string>
  switch (kind) {
    case "number":
      return asDouble(numbers, present, rows)
    case "integer":
      return asLong(numbers, present, rows)
    case "flag":
      return numeric(TYPE_CODE.byte, 1, "%8.0g", (row, view, at) => view.setInt8(at, present(row) ? numbers[row]! : FIRST_MISSING.byte))
    case "text":
      return asText(texts, present, rows, long)
    case "category":
      return asLabelled(texts, present, rows)
  }
}
