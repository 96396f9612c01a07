import { dayNumber, isoDate, isoDateTime } from "../calendar.ts"

/** Stata counts days, and all else of time, from 1960-01-01. */
const EPOCH = dayNumber(1960, 1, 1)
const MS_OF_DAY = 86_400_000

/** The last days before each of the 27 leap seconds of UTC so far (IERS Bulletin C), which the format `%tC` counts. */
const LEAP_DAYS = (
  [
    [1972, 6],
    [1972, 12],
    [1973, 12],
    [1974, 12],
    [1975, 12],
    [1976, 12],
    [1977, 12],
    [1978, 12],
    [1979, 12],
    [1981, 6],
    [1982, 6],
    [1983, 6],
    [1985, 6],
    [1987, 12],
    [1989, 12],
    [1990, 12],
    [1992, 6],
    [1993, 6],
    [1994, 6],
    [1995, 12],
    [1997, 6],
    [1998, 12],
    [2005, 12],
    [2008, 12],
    [2012, 6],
    [2015, 6],
    [2016, 12]
  ] as const
).map(([year, month]) => dayNumber(year, month, month === 6 ? 30 : 31))

const dateTime = (milliseconds: number): string | undefined => isoDateTime(milliseconds + EPOCH * MS_OF_DAY)

/** With leap seconds: 23:59:60 is a second of its own. */
const leapDateTime = (milliseconds: number): string | undefined => {
  let passed = 0
  for (const day of LEAP_DAYS) {
    const start = (day + 1 - EPOCH) * MS_OF_DAY + passed * 1000
    if (milliseconds < start) break
    if (milliseconds < start + 1000)
      return `${isoDate(day)}T23:59:60${
        milliseconds === start
          ? ""
          : `.${String(Math.floor(milliseconds - start))
              .padStart(3, "0")
              .replace(/0+$/, "")}`
      }`
    passed++
  }
  return dateTime(milliseconds - passed * 1000)
}

const year = (number: number): number | undefined => (number >= 1 && number <= 9999 ? number : undefined)
/** A part of a year, counted from 0 in 1960: the year's text and the part, counted from 1. */
const part = (value: number, parts: number, text: (part: number) => string): string | undefined => {
  const within = year(1960 + Math.floor(value / parts))
  return within === undefined ? undefined : `${String(within).padStart(4, "0")}${text(value - Math.floor(value / parts) * parts + 1)}`
}
const two = (n: number): string => String(n).padStart(2, "0")

type DateReader = (value: number) => string | number | undefined
const READERS: Readonly<Record<string, DateReader>> = {
  td: (value) => isoDate(value + EPOCH),
  tc: dateTime,
  tC: leapDateTime,
  tm: (value) => part(value, 12, (month) => `-${two(month)}`),
  tq: (value) => part(value, 4, (quarter) => `-Q${quarter}`),
  th: (value) => part(value, 2, (half) => `-H${half}`),
  // Stata's weeks are not those of ISO 8601: the first begins on January 1, the 52nd has the days that are left. So they are written as Stata writes them.
  tw: (value) => part(value, 52, (week) => `w${week}`),
  ty: year
}

/**
 * How values of a display format are read as dates: `%td` to `YYYY-MM-DD`, `%tc` and `%tC` to `YYYY-MM-DDThh:mm:ss`, `%tm` to `YYYY-MM`, `%tq` to `YYYY-Qn`,
 * `%th` to `YYYY-Hn`, `%tw` to `YYYYwn`, `%ty` to the number of the year. The reader gives undefined for what is in no year from 1 to 9999. Undefined for a
 * format that is none of dates, and for `%tb`, whose calendar is in another file.
 */
export const dateReader = (format: string): DateReader | undefined => {
  const [, code] = /^%-?(?:\d+)?(t[dcCmqhwy]|d)/.exec(format) ?? []
  const reader = code === undefined ? undefined : READERS[code === "d" ? "td" : code]
  return reader === undefined ? undefined : (value) => reader(Math.floor(value))
}

/** Whether a format is of a business calendar. */
export const isBusinessDate = (format: string): boolean => /^%-?\d*tb/.test(format)
