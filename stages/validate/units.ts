import type { CheckedVariable } from "./checked-variable.ts"
import { type Finding, told } from "./finding.ts"

/** Units that count things, in their singular or plural, with nothing before them: "persons", not "10,000 persons". */
const COUNTED = /^(persons?|people|patents?|units?|households?|enterprises?|firms?|centres?|centers?|cities|districts?|counties|人|个|件|项|家|户)$/i

/** Whether the values of a variable look like its unit: shares called percent, percentages called shares, fractions of what is counted. */
export const unitFindings = ({ name, series, unit }: CheckedVariable): ReadonlyArray<Finding> => {
  const values = series.flatMap(({ cells }) => cells.map(({ value }) => value))
  if (values.length === 0) return []
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const finding = (expected: string, found: string, remedy: string): ReadonlyArray<Finding> => [
    { code: "unit", severity: "warning", variable: name, entity: "", year: undefined, value: undefined, expected, score: undefined, found, remedy }
  ]
  if (unit === "%" && largest > 0 && largest <= 1)
    return finding("percentages", `the unit is %, and no value is beyond ${told(largest)}: they look like shares`, 'say unit: "share", or multiply by 100')
  if (unit === "share" && largest > 1.5)
    return finding("shares from 0 to 1", `the unit is share, and values reach ${told(largest)}: they look like percentages`, 'say unit: "%", or divide by 100')
  if (COUNTED.test(unit)) {
    const broken = values.filter((value) => !Number.isInteger(value)).length
    if (broken > 0)
      return finding(
        "whole numbers",
        `the unit is ${unit}, and ${broken} of ${values.length} values are no whole numbers (${told(values.find((value) => !Number.isInteger(value))!)})`,
        "they may be in thousands or in 10,000 (万): look at the source's unit; interpolated counts are rounded with round"
      )
  }
  return []
}
