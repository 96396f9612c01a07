/** The proleptic Gregorian calendar of ISO 8601, without the clock, time zones or locale of a machine. */

const two = (n: number): string => String(n).padStart(2, "0")
const MS_OF_DAY = 86_400_000

/** Days from 1970-01-01 to the first of March of year 0, from which on leap days are the last of their years. */
const SHIFT = 719_468
/** Days of 400 years. */
const ERA = 146_097

/** Days from 1970-01-01 to a date. */
export const dayNumber = (year: number, month: number, day: number): number => {
  const y = month > 2 ? year : year - 1
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  return era * ERA + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - SHIFT
}

const FIRST = dayNumber(1, 1, 1)
const LAST = dayNumber(9999, 12, 31)

/** `YYYY-MM-DD` of whole days since 1970-01-01; undefined outside of the years 1 to 9999. */
export const isoDate = (days: number): string | undefined => {
  if (!(days >= FIRST && days <= LAST)) return undefined
  const z = days + SHIFT
  const era = Math.floor(z / ERA)
  const dayOfEra = z - era * ERA
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`
}

/** `hh:mm:ss` of whole seconds of a day, with the digits of a fraction behind it where there is any that is not zero. */
export const isoTime = (seconds: number, fraction = ""): string => {
  const digits = fraction.replace(/0+$/, "")
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${digits === "" ? "" : `.${digits}`}`
}

/** `YYYY-MM-DDThh:mm:ss` of milliseconds since 1970-01-01T00:00:00; undefined outside of the years 1 to 9999. */
export const isoDateTime = (milliseconds: number): string | undefined => {
  const days = Math.floor(milliseconds / MS_OF_DAY)
  const date = isoDate(days)
  if (date === undefined) return undefined
  const rest = Math.floor(milliseconds - days * MS_OF_DAY)
  return `${date}T${isoTime(Math.floor(rest / 1000), String(rest % 1000).padStart(3, "0"))}`
}
