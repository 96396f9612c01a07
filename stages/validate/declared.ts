import type { CheckedVariable } from "./checked-variable.ts"
import { type Finding, told } from "./finding.ts"
import type { Identity, ValidateParams } from "./params.ts"

/** Values out of the range that was declared. */
export const rangeFindings = (variable: CheckedVariable, ranges: ValidateParams["ranges"]): ReadonlyArray<Finding> =>
  ranges
    .filter(({ variables }) => variables.includes(variable.name))
    .flatMap(({ max = Number.POSITIVE_INFINITY, min = Number.NEGATIVE_INFINITY }) => {
      const expected =
        max === Number.POSITIVE_INFINITY
          ? `at least ${told(min)}`
          : min === Number.NEGATIVE_INFINITY
            ? `at most ${told(max)}`
            : `between ${told(min)} and ${told(max)}`
      return variable.series.flatMap(({ cells, entity }) =>
        cells
          .filter(({ value }) => value < min || value > max)
          .map(
            ({ value, year }): Finding => ({
              code: "out-of-range",
              severity: "error",
              variable: variable.name,
              entity,
              year,
              value,
              expected,
              score: undefined,
              found: `${told(value)} is not ${expected}`,
              remedy: "look at the source's cell and its unit; correct it there, or declare another range"
            })
          )
      )
    })

/** A cumulative quantity that falls. */
export const monotoneFindings = (variable: CheckedVariable, monotone: ValidateParams["monotone"]): ReadonlyArray<Finding> =>
  monotone
    .filter(({ variables }) => variables.includes(variable.name))
    .flatMap(({ direction }) =>
      variable.series.flatMap(({ cells, entity }) =>
        cells.slice(1).flatMap(({ value, year }, i): ReadonlyArray<Finding> => {
          const before = cells[i]!
          if (direction === "rising" ? value >= before.value : value <= before.value) return []
          const expected = direction === "rising" ? `at least ${told(before.value)}` : `at most ${told(before.value)}`
          return [
            {
              code: "not-monotone",
              severity: "error",
              variable: variable.name,
              entity,
              year,
              value,
              expected,
              score: undefined,
              found: `${told(value)}, after ${told(before.value)} in ${before.year}: ${direction === "rising" ? "it never falls" : "it never rises"}`,
              remedy: "one of the two is wrong, or counts something else: look at both in the source"
            }
          ]
        })
      )
    )

/** A row's values by variable. */
export type RowValues = (variable: string) => Float64Array

export const variablesOfIdentity = (identity: Identity): ReadonlyArray<string> =>
  "parts" in identity ? [identity.total, ...identity.parts] : [identity.is, ...identity.ratio]
const nameOf = (identity: Identity): string =>
  identity.name ??
  ("parts" in identity
    ? `${identity.parts.join(" + ")} ${identity.holds === "equal" ? "=" : "<="} ${identity.total}`
    : `${identity.ratio.join(" / ")}${identity.times === 1 ? "" : ` x ${identity.times}`} = ${identity.is}`)

/** Rows where an identity does not hold. Where it fails in all by about one power of ten, that is one finding: the units differ. */
export const identityFindings = (identity: Identity, values: RowValues, entity: ReadonlyArray<string>, year: Int32Array): ReadonlyArray<Finding> => {
  const { absolute = 0, relative = 0 } = identity.tolerance
  const name = nameOf(identity)
  const variable = "parts" in identity ? identity.total : identity.is
  const stated = values(variable)
  const made = (row: number): number =>
    "parts" in identity
      ? identity.parts.reduce((sum, part) => sum + values(part)[row]!, 0)
      : (identity.times * values(identity.ratio[0])[row]!) / values(identity.ratio[1])[row]!
  const atMost = "parts" in identity && identity.holds === "at-most"
  const rows = entity.flatMap((_, row) => {
    const [left, right] = [made(row), stated[row]!]
    return Number.isFinite(left) && !Number.isNaN(right) ? [{ row, left, right }] : []
  })
  const failing = rows.filter(({ left, right }) => {
    const apart = atMost ? left - right : Math.abs(left - right)
    return apart > Math.max(absolute, relative * Math.abs(right)) * (1 + 1e-12)
  })
  const powers = failing.map(({ left, right }) => Math.log10(left / right))
  const power = Math.round(powers[0] ?? 0)
  if (failing.length >= 5 && failing.length > rows.length / 2 && power !== 0 && powers.every((own) => Math.abs(own - power) < 0.1))
    return [
      {
        code: "identity-unit",
        severity: "error",
        variable,
        entity: "",
        year: undefined,
        value: undefined,
        expected: name,
        score: Math.abs(power),
        found: `"${name}" fails in ${failing.length} of ${rows.length} rows, each time by a factor of about ${told(10 ** power)}`,
        remedy: "the units differ: look at the units of all, and convert one"
      }
    ]
  return failing.map(({ left, right, row }) => ({
    code: "identity",
    severity: "error",
    variable,
    entity: entity[row]!,
    year: year[row]!,
    value: right,
    expected: `${atMost ? "at least " : ""}${told(left)}`,
    score: right === 0 ? undefined : (100 * Math.abs(left - right)) / Math.abs(right),
    found: `${told(right)}, and ${"parts" in identity ? "its parts sum to" : "the ratio is"} ${told(left)} ("${name}")`,
    remedy: "look at these cells in the source: one is misprinted, in another unit, or a part is missing"
  }))
}
