import { integerRanges } from "../integer-ranges.ts"
import type { RowGroup } from "../row-groups.ts"
import type { CheckedVariable } from "./checked-variable.ts"
import { type Finding, told } from "./finding.ts"

/** An entity's missing years of a variable, in one finding. */
export const gapFindings = (name: string, values: Float64Array, year: Int32Array, groups: ReadonlyArray<RowGroup>): ReadonlyArray<Finding> =>
  groups.flatMap(({ label, rows }): ReadonlyArray<Finding> => {
    const missing = rows.filter((row) => Number.isNaN(values[row]!))
    if (missing.length === 0) return []
    const whole = missing.length === rows.length
    const ends = !whole && (Number.isNaN(values[rows[0]!]!) || Number.isNaN(values[rows.at(-1)!]!))
    return [
      {
        code: "gap",
        severity: "note",
        variable: name,
        entity: label,
        year: year[missing[0]!]!,
        value: undefined,
        expected: "a value",
        score: missing.length,
        found: whole ? "no value at all" : `no value in ${integerRanges(missing.map((row) => year[row]!))}${ends ? ", at an end of the series" : ""}`,
        remedy: whole ? "supply it, impute it, or leave the entity out" : ends ? "interpolate fills ends only with extrapolate" : "interpolate or impute"
      }
    ]
  })

/** Few zeros of a variable that is otherwise above 0: often a missing value, or its logarithm, entered as 0. */
export const zeroFindings = (variable: CheckedVariable): ReadonlyArray<Finding> => {
  if (!variable.log) return []
  return variable.series.flatMap(({ cells, entity }) => {
    const rest = cells.filter(({ value }) => value > 0)
    // What begins at zero has not begun yet.
    const zeros = cells.filter(({ value, year }) => value === 0 && rest[0] !== undefined && rest[0].year < year)
    if (zeros.length === 0 || rest.length < 3 * zeros.length) return []
    const least = rest.reduce((smallest, { value }) => Math.min(smallest, value), Number.POSITIVE_INFINITY)
    return zeros.map(
      ({ value, year }): Finding => ({
        code: "zero",
        severity: "warning",
        variable: variable.name,
        entity,
        year,
        value,
        expected: `${told(least)} or more, as in other years`,
        score: undefined,
        found: `0, and ${told(least)} or more in ${rest.length} other years`,
        remedy: "where the value is missing leave the cell empty in the source, so that it can be interpolated"
      })
    )
  })
}
