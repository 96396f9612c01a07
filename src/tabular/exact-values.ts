/** Values of typed formats as cells, with nothing of them lost: what a number does not hold becomes text. */
import { isoDate, isoDateTime, isoTime } from "./calendar.ts"
import type { CellValue } from "./sheet.ts"

const strictUtf8 = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true })

/** A whole number of any size: a number where it holds it (up to 2^53), else its digits. */
export const wholeNumber = (value: bigint): number | string =>
  value >= -9_007_199_254_740_991n && value <= 9_007_199_254_740_991n ? Number(value) : value.toString()

/** A moment in units of 10^-digits seconds since 1970. Out of the years 1 to 9999 it stays the number. */
export const moment = (value: bigint, digits: number, utc: boolean): CellValue => {
  if (digits < 3) return moment(value * 10n ** BigInt(3 - digits), 3, utc)
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
export const timeOfDay = (value: bigint, digits: number): CellValue => {
  const unit = 10n ** BigInt(digits)
  const seconds = value / unit
  return value < 0n || seconds > 86_400n ? wholeNumber(value) : isoTime(Number(seconds), (value % unit).toString().padStart(digits, "0"))
}

/** Days since 1970; out of the years 1 to 9999 it stays the number. */
export const day = (value: number): CellValue => isoDate(value) ?? value

/** A decimal with so many digits behind the point: a number where it has at most 15 digits (zeros at its ends aside), which a number holds; else its text. */
export const decimal = (value: bigint, scale: number): CellValue => {
  if (scale < 0) return decimal(value * 10n ** BigInt(-scale), 0)
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0")
  const point = digits.length - scale
  const fraction = digits.slice(point).replace(/0+$/, "")
  const written = `${value < 0n ? "-" : ""}${digits.slice(0, point)}${fraction === "" ? "" : `.${fraction}`}`
  return `${digits.slice(0, point)}${fraction}`.replace(/^0+/, "").length <= 15 ? Number(written) + 0 : written
}

/** A number of 16 bits (IEEE 754), by these; NaN is nothing. */
export const halfFloat = (bits: number): CellValue => {
  const [sign, exponent, fraction] = [bits >> 15 === 1 ? -1 : 1, (bits >> 10) & 31, bits & 1023]
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : null
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15)) + 0
}

export const hexadecimal = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")

/** Bytes as the text that they are in UTF-8, or else hexadecimal. */
export const textOrHexadecimal = (bytes: Uint8Array): string => {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return hexadecimal(bytes)
  }
}
