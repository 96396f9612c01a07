import { Option } from "effect"
import * as Flag from "effect/cli/Flag"

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A flag that takes a span of time, `90s`, `10m`, `2h`, `1d`; milliseconds. */
export const durationFlag = (name: string): Flag.Flag<number> =>
  Flag.String(name).pipe(
    Flag.filterMap(
      (text) => {
        const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
        return number === undefined || Number(number) === 0 ? Option.none() : Option.some(Number(number) * UNITS[unit!]!)
      },
      () => "a time such as 90s, 10m, 2h or 1d"
    ),
    Flag.withMetavar("TIME")
  )
