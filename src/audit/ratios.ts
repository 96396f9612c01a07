import { magnitude, quotient } from "./interval.ts"
import type { Column, Ratio } from "./paper.ts"

/**
 * The estimates of a column with their ratios: to the standard error below, or the statistic itself where that is printed. Where the brackets hold neither, or the
 * standard error is printed negative, there is none.
 */
export const ratiosOf = (column: Column): ReadonlyArray<Ratio> =>
  column.cells.flatMap((cell): ReadonlyArray<Ratio> => {
    if (cell.kind !== "estimate" || cell.printed === "") return []
    const below = (kind: "std_error" | "statistic") => column.cells.find((one) => one.term === cell.term && one.kind === kind && one.printed !== "")
    const statistic = below("statistic")
    if (statistic !== undefined) return [{ cell, bracket: statistic, size: magnitude(statistic.interval) }]
    const error = below("std_error")
    if (error === undefined || error.interval.high <= 0) return []
    // A standard error is not negative, whatever its rounding interval.
    const size = quotient(magnitude(cell.interval), { low: Math.max(0, error.interval.low), high: error.interval.high })
    return [{ cell, bracket: error, size: { low: Math.max(0, size.low), high: size.high } }]
  })
