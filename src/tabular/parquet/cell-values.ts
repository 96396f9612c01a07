import type { SchemaElement } from "hyparquet"
import { isoDate, isoDateTime, isoTime } from "../calendar.ts"
import type { CellValue } from "../sheet.ts"
import { wholeNumber } from "../whole-number.ts"
import type { Stored } from "./plain.ts"

const UNITS = { MILLIS: 3, MICROS: 6, NANOS: 9 } as const
const MS_OF_DAY = 86_400_000n
/** Days from the first day of the Julian period, which INT96 counts from, to 1970-01-01. */
const JULIAN = 2_440_588
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true })
const strictUtf8 = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true })

const hexadecimal = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
const text = (bytes: Uint8Array): string => {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return hexadecimal(bytes)
  }
}

/** A moment in units of 10^-digits seconds since 1970. Out of the years 1 to 9999 it stays the number. */
const moment = (value: bigint, digits: number, utc: boolean): CellValue => {
  const scale = 10n ** BigInt(digits - 3)
  const milliseconds = value >= 0n ? value / scale : -((-value + scale - 1n) / scale)
  const rest = value - milliseconds * scale
  const whole = isoDateTime(Number(milliseconds))
  if (whole === undefined) return wholeNumber(value)
  const more = rest === 0n ? "" : rest.toString().padStart(digits - 3, "0")
  const [second, fraction = ""] = whole.split(".")
  const decimals = `${fraction.padEnd(3, "0")}${more}`.replace(/0+$/, "")
  return `${second}${decimals === "" ? "" : `.${decimals}`}${utc ? "Z" : ""}`
}

/** A time of day in units of 10^-digits seconds. */
const timeOfDay = (value: bigint, digits: number): CellValue => {
  const unit = 10n ** BigInt(digits)
  const seconds = value / unit
  return value < 0n || seconds > 86_400n ? wholeNumber(value) : isoTime(Number(seconds), (value % unit).toString().padStart(digits, "0"))
}

/** Days since 1970; out of the years 1 to 9999 it stays the number. */
const day = (value: number): CellValue => isoDate(value) ?? value

/** A decimal with so many digits behind the point: a number where it has at most 15 digits (zeros at its ends aside), which a number holds; else its text. */
const decimal = (value: bigint, scale: number): CellValue => {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0")
  const point = digits.length - scale
  const fraction = digits.slice(point).replace(/0+$/, "")
  const written = `${value < 0n ? "-" : ""}${digits.slice(0, point)}${fraction === "" ? "" : `.${fraction}`}`
  return `${digits.slice(0, point)}${fraction}`.replace(/^0+/, "").length <= 15 ? Number(written) + 0 : written
}

/** A number of two's complement, the most significant byte first. */
const bigEndian = (bytes: Uint8Array): bigint => BigInt.asIntN(bytes.length * 8, bytes.length === 0 ? 0n : BigInt(`0x${hexadecimal(bytes)}`))

const half = (bytes: Uint8Array): CellValue => {
  const bits = bytes[0]! + bytes[1]! * 256
  const [sign, exponent, fraction] = [bits >> 15 === 1 ? -1 : 1, (bits >> 10) & 31, bits & 1023]
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : null
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15)) + 0
}

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
      if (logical?.type === "FLOAT16" && type_length === 2) return (value) => half(value as Uint8Array)
      if (type === "FIXED_LEN_BYTE_ARRAY") return (value) => hexadecimal(value as Uint8Array)
      return converted === "UTF8" || logical?.type === "STRING" ? (value) => utf8.decode(value as Uint8Array) : (value) => text(value as Uint8Array)
  }
}

/** Whether a column may hold whole numbers or decimals that are texts in a sheet, since a number does not hold them. */
export const mayBeText = ({ converted_type: converted, logical_type: logical, precision = 0, type }: SchemaElement): boolean => {
  if (converted === "DECIMAL" || logical?.type === "DECIMAL") return (logical?.type === "DECIMAL" ? logical.precision : precision) > 15
  return type === "INT64" && logical?.type !== "TIMESTAMP" && logical?.type !== "TIME" && !/^TIME/.test(converted ?? "")
}
