import { dayNumber, isoDateTime } from "../calendar.ts"

const MS_OF_DAY = 86_400_000
/** The day 0 of the two systems. The one of 1900 has a 29 February 1900, so that from 1 March on its days count from 30 December 1899. */
const START_1900 = dayNumber(1899, 12, 30)
const START_1904 = dayNumber(1904, 1, 1)
const LEAP_DAY = 60

/**
 * The ISO text of a number that a spreadsheet shows as a date or a time: `2020-03-01`, with a time of the day `2020-03-01T18:30:00`, a time alone `18:30:00`
 * where `timeOnly` and the number is below 1. To the millisecond. Undefined where the number is no day: before the first, after 9999, and in the system of
 * 1900 the day 60, which spreadsheets take for 29 February 1900 (Lotus 1-2-3 did).
 */
export const serialDate = (serial: number, from1904: boolean, timeOnly: boolean): string | undefined => {
  const whole = Math.floor(serial)
  // apart from the days, so that no digit of the time is lost
  const time = Math.round((serial - whole) * MS_OF_DAY)
  const day = time === MS_OF_DAY ? whole + 1 : whole
  if (timeOnly && day === 0) return isoDateTime(time)?.slice(11)
  if (day < (from1904 ? 0 : 1) || (day === LEAP_DAY && !from1904)) return undefined
  const start = from1904 ? START_1904 : day < LEAP_DAY ? START_1900 + 1 : START_1900
  return isoDateTime((start + whole) * MS_OF_DAY + time)?.replace(/T00:00:00$/, "")
}
