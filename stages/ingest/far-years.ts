import type { Fault } from "@sediment/sediment"
import { integerRanges } from "../integer-ranges.ts"
import type { EntityNames } from "./entity-names.ts"
import type { Observations } from "./observations.ts"

/** Years without any observation, from which on what lies beyond is rather a slip (201 or 20133 for 2013) than an observation. */
const FAR = 100

/** One warning of years that lie far from those that most rows have: a panel with them would have gaps of centuries. */
export const farYears = (path: string, { entity, year }: Observations, { entities }: EntityNames): Fault | undefined => {
  const spans: Array<Array<number>> = []
  for (const one of [...new Set(year)].sort((a, b) => a - b)) {
    const last = spans.at(-1)
    if (last === undefined || one - last.at(-1)! >= FAR) spans.push([one])
    else last.push(one)
  }
  const rowsIn = (span: ReadonlyArray<number>) => year.flatMap((one, row) => (span.includes(one) ? [row] : []))
  const most = spans.find((span) => 2 * rowsIn(span).length > year.length)
  if (spans.length < 2 || most === undefined) return undefined
  const rows = year.flatMap((one, row) => (most.includes(one) ? [] : [`${one} of ${entities[entity[row]!]}`]))
  const more = rows.length > 3 ? ` and ${rows.length - 3} more` : ""
  const told = `${rows.slice(0, 3).join(", ")}${more} ${rows.length === 1 ? "lies" : "lie"} far from all other years (${integerRanges(most)})`
  return {
    code: "year-far",
    message: `${path}: ${told}: correct the cell if it is a slip, or say which years there are (years: { from, to })`,
    where: { file: path, expected: `a year near ${integerRanges(most)}` }
  }
}
