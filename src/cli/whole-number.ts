import { Option } from "effect"
import * as Flag from "effect/cli/Flag"

/** A flag that takes a whole number from 1 on. Not Flag.Int, which says of a text that it wants "a string representing a finite number". */
export const wholeNumber = (name: string, most?: number): Flag.Flag<number> =>
  Flag.String(name).pipe(
    Flag.filterMap(
      (text) => (/^0*[1-9]\d{0,8}$/.test(text) && Number(text) <= (most ?? Number(text)) ? Option.some(Number(text)) : Option.none()),
      () => `a whole number, 1 ${most === undefined ? "or more" : `to ${most}`}`
    )
  )

/** Where to listen. */
export const portFlag = wholeNumber("port", 65_535)

/** How many nodes run at a time. */
export const jobsFlag = wholeNumber("jobs").pipe(
  Flag.withAlias("j"),
  Flag.withMetavar("N"),
  Flag.withDescription("nodes that run at a time (default: the number of processors)")
)
