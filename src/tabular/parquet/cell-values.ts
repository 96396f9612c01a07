import type { SchemaElement } from "hyparquet"
import { day, decimal, halfFloat, hexadecimal, moment, textOrHexadecimal, timeOfDay, wholeNumber } from "../exact-values.ts"
import type { CellValue } from "../sheet.ts"
import type { Stored } from "./plain.ts"

const UNITS = { MILLIS: 3, MICROS: 6, NANOS: 9 } as const
const MS_OF_DAY = 86_400_000n
/** Days from the first day of the Julian period, which INT96 counts from, to 1970-01-01. */
const JULIAN = 2_440_588
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true })

/** A number of two's complement, the most significant byte first. */
const bigEndian = (bytes: Uint8Array): bigint => BigInt.asIntN(bytes.length * 8, bytes.length === 0 ? 0n : BigInt(`0x${hexadecimal(bytes)}`))

const uuid = (bytes: Uint8Array): string => hexadecimal(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")

const int96 = (bytes: Uint8Array): CellValue => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return moment(BigInt(view.getInt32(8, true) - JULIAN) * MS_OF_DAY * 1_000_000n + view.getBigUint64(0, true), 9, false)
}

const scaleOf = ({ logical_type, scale }: SchemaElement): number =>
  Math.min(76, Math.max(0, (logical_type?.type === "DECIMAL" ? logical_type.scale : scale) ?? 0))

/** How the stored values of a column become cells: dates, times and moments ISO text, decimals and whole numbers exact, bytes that are no text hexadecimal, NaN nothing. */
export const toCell = (element: SchemaElement): ((value: Stored) => CellValue) => {
  const { converted_type: converted, logical_type: logical, type, type_length } = element
  const isDecimal = converted === "DECIMAL" || logical?.type === "DECIMAL"
  const unsigned = (logical?.type === "INTEGER" && !logical.isSigned) || /^UINT/.test(converted ?? "")
  const timestamp =
    logical?.type === "TIMESTAMP" ? UNITS[logical.unit] : converted === "TIMESTAMP_MILLIS" ? 3 : converted === "TIMESTAMP_MICROS" ? 6 : undefined
  const time = logical?.type === "TIME" ? UNITS[logical.unit] : converted === "TIME_MILLIS" ? 3 : converted === "TIME_MICROS" ? 6 : undefined
  // Before logical types, a timestamp was always UTC.
  const utc = logical?.type === "TIMESTAMP" ? logical.isAdjustedToUTC : true
  switch (type) {
    case "BOOLEAN":
      return (value) => value as boolean
    case "INT32":
      if (logical?.type === "DATE" || converted === "DATE") return (value) => day(value as number)
      if (time !== undefined) return (value) => timeOfDay(BigInt(value as number), time)
      if (isDecimal) return (value) => decimal(BigInt(value as number), scaleOf(element))
      return unsigned ? (value) => (value as number) >>> 0 : (value) => value as number
    case "INT64":
      if (timestamp !== undefined) return (value) => moment(value as bigint, timestamp, utc)
      if (time !== undefined) return (value) => timeOfDay(value as bigint, time)
      if (isDecimal) return (value) => decimal(value as bigint, scaleOf(element))
      return unsigned ? (value) => wholeNumber(BigInt.asUintN(64, value as bigint)) : (value) => wholeNumber(value as bigint)
    case "INT96":
      return (value) => int96(value as Uint8Array)
    case "FLOAT":
    case "DOUBLE":
      return (value) => (Number.isNaN(value) ? null : (value as number) + 0)
    default:
      if (isDecimal) return (value) => decimal(bigEndian(value as Uint8Array), scaleOf(element))
      if (logical?.type === "UUID" && type_length === 16) return (value) => uuid(value as Uint8Array)
      if (logical?.type === "FLOAT16" && type_length === 2) return (value) => halfFloat((value as Uint8Array)[0]! + (value as Uint8Array)[1]! * 256)
      if (type === "FIXED_LEN_BYTE_ARRAY") return (value) => hexadecimal(value as Uint8Array)
      return converted === "UTF8" || logical?.type === "STRING"
        ? (value) => utf8.decode(value as Uint8Array)
        : (value) => textOrHexadecimal(value as Uint8Array)
  }
}

/** Whether a column may hold whole numbers or decimals that are texts in a sheet, since a number does not hold them. */
export const mayBeText = ({ converted_type: converted, logical_type: logical, precision = 0, type }: SchemaElement): boolean => {
  if (converted === "DECIMAL" || logical?.type === "DECIMAL") return (logical?.type === "DECIMAL" ? logical.precision : precision) > 15
  return type === "INT64" && logical?.type !== "TIMESTAMP" && logical?.type !== "TIME" && !/^TIME/.test(converted ?? "")
}
