import { day, decimal, halfFloat, hexadecimal, moment, timeOfDay, wholeNumber } from "../exact-values.ts"
import type { CellValue } from "../sheet.ts"
import { damaged, type FlatTable } from "./flatbuffer-table.ts"

/** How the values of a column lie in its buffers, and how one becomes a cell. */
export type ArrowType = { readonly name: string } & (
  | { readonly layout: "null" | "bits" }
  /** Values of one width. `long`: some may have more digits than a number holds, and are texts then. */
  | { readonly layout: "fixed"; readonly width: number; readonly long: boolean; readonly cell: (view: DataView, at: number) => CellValue }
  /** Bytes between offsets of 4 or 8 bytes, or named by views of 16 bytes. */
  | { readonly layout: "offsets" | "largeOffsets" | "views"; readonly text: boolean }
)

const fixed = (name: string, width: number, cell: (view: DataView, at: number) => CellValue, long = false): ArrowType => ({
  layout: "fixed",
  name,
  width,
  cell,
  long
})

/** What the places in a dictionary are where they have no type of their own. */
export const INT32 = fixed("Int32", 4, (view, at) => view.getInt32(at, true))

const integer = (type: FlatTable): ArrowType => {
  const [bits, signed] = [type.int32(0), type.byte(1) === 1]
  const name = `${signed ? "Int" : "Uint"}${bits}`
  if (bits === 8) return fixed(name, 1, signed ? (view, at) => view.getInt8(at) : (view, at) => view.getUint8(at))
  if (bits === 16) return fixed(name, 2, signed ? (view, at) => view.getInt16(at, true) : (view, at) => view.getUint16(at, true))
  if (bits === 32) return fixed(name, 4, signed ? (view, at) => view.getInt32(at, true) : (view, at) => view.getUint32(at, true))
  if (bits !== 64) return damaged(`a whole number of ${bits} bits`)
  return fixed(name, 8, signed ? (view, at) => wholeNumber(view.getBigInt64(at, true)) : (view, at) => wholeNumber(view.getBigUint64(at, true)), true)
}

const present = (value: number): CellValue => (Number.isNaN(value) ? null : value + 0)
const float = (precision: number): ArrowType => {
  if (precision === 0) return fixed("Float16", 2, (view, at) => halfFloat(view.getUint16(at, true)))
  if (precision === 1) return fixed("Float32", 4, (view, at) => present(view.getFloat32(at, true)))
  return precision === 2 ? fixed("Float64", 8, (view, at) => present(view.getFloat64(at, true))) : damaged(`a float of precision ${precision}`)
}

const decimalType = (type: FlatTable): ArrowType => {
  const [precision, scale, bits] = [type.int32(0), type.int32(1), type.int32(2, 128)]
  if (![32, 64, 128, 256].includes(bits) || Math.abs(scale) > 76) return damaged(`a decimal of ${bits} bits with scale ${scale}`)
  const read = (view: DataView, at: number): CellValue => {
    let value = 0n
    for (let word = bits / 32 - 1; word >= 0; word--) value = (value << 32n) | BigInt(view.getUint32(at + 4 * word, true))
    return decimal(BigInt.asIntN(bits, value), scale)
  }
  return fixed(`Decimal${bits}(${precision}, ${scale})`, bits / 8, read, precision > 15)
}

/** Digits behind the point of a second, by the unit's number. */
const DIGITS = [0, 3, 6, 9] as const
const UNITS = ["s", "ms", "us", "ns"] as const
const unitOf = (unit: number): 0 | 1 | 2 | 3 => (unit === 0 || unit === 1 || unit === 2 || unit === 3 ? unit : damaged(`a unit of time with number ${unit}`))

const timestamp = (type: FlatTable): ArrowType => {
  const [unit, zone] = [unitOf(type.int16(0)), type.text(1)]
  // With a zone, whichever, the value counts from 1970 in UTC.
  return fixed(`Timestamp(${UNITS[unit]}${zone === "" ? "" : `, ${zone}`})`, 8, (view, at) => moment(view.getBigInt64(at, true), DIGITS[unit], zone !== ""))
}
const time = (type: FlatTable): ArrowType => {
  const [unit, bits] = [unitOf(type.int16(0, 1)), type.int32(1, 32)]
  if (bits === 32) return fixed(`Time32(${UNITS[unit]})`, 4, (view, at) => timeOfDay(BigInt(view.getInt32(at, true)), DIGITS[unit]))
  return bits === 64 ? fixed(`Time64(${UNITS[unit]})`, 8, (view, at) => timeOfDay(view.getBigInt64(at, true), DIGITS[unit])) : damaged(`a time of ${bits} bits`)
}
const date = (type: FlatTable): ArrowType =>
  type.int16(0, 1) === 0
    ? fixed("Date32", 4, (view, at) => day(view.getInt32(at, true)))
    : fixed("Date64", 8, (view, at) => day(Math.floor(Number(view.getBigInt64(at, true)) / 86_400_000)))

/** Types whose values are no single cell, by their numbers in Schema.fbs. */
const NESTED: Readonly<Record<number, string>> = {
  11: "an interval",
  12: "a list",
  13: "a structure",
  14: "a union",
  16: "a list",
  17: "a map",
  21: "a list",
  22: "run-end encoded",
  25: "a list",
  26: "a list"
}

/** The type of a field, by its number in Schema.fbs and its table; what it is where a cell has no place for it. */
export const arrowType = (number: number, type: FlatTable): ArrowType | { readonly unfit: string } => {
  switch (number) {
    case 1:
      return { layout: "null", name: "Null" }
    case 2:
      return integer(type)
    case 3:
      return float(type.int16(0))
    case 4:
      return { layout: "offsets", name: "Binary", text: false }
    case 5:
      return { layout: "offsets", name: "Utf8", text: true }
    case 6:
      return { layout: "bits", name: "Bool" }
    case 7:
      return decimalType(type)
    case 8:
      return date(type)
    case 9:
      return time(type)
    case 10:
      return timestamp(type)
    case 15: {
      const width = type.int32(0)
      if (width <= 0 || width > 1 << 16) return damaged(`bytes of width ${width}`)
      return fixed(`FixedSizeBinary(${width})`, width, (view, at) => hexadecimal(new Uint8Array(view.buffer, view.byteOffset + at, width)))
    }
    case 18:
      return fixed(`Duration(${UNITS[unitOf(type.int16(0, 1))]})`, 8, (view, at) => wholeNumber(view.getBigInt64(at, true)), true)
    case 19:
      return { layout: "largeOffsets", name: "LargeBinary", text: false }
    case 20:
      return { layout: "largeOffsets", name: "LargeUtf8", text: true }
    case 23:
      return { layout: "views", name: "BinaryView", text: false }
    case 24:
      return { layout: "views", name: "Utf8View", text: true }
    default:
      return { unfit: NESTED[number] ?? `of type ${number}` }
  }
}
