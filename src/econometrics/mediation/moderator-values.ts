import { quantile } from "../../stats/quantile.ts"
import type { Warning } from "../fault.ts"
import type { Variable } from "../sample/variable.ts"

/** A value of the moderator at which effects are given, with what names it. */
export interface ModeratorValue {
  readonly label: string
  readonly value: number
}

/** Percentiles of the sample (type 6); the mean and one standard deviation below and above; own values; or a number of values at equal distances over the observed range. */
export type ModeratorValues =
  | { readonly percentiles: ReadonlyArray<number> }
  | { readonly meanAndSd: true }
  | { readonly at: ReadonlyArray<number> }
  | { readonly grid: number }

/** The percentiles of mean - SD, mean and mean + SD under a normal distribution, but always inside the observed range. */
export const PERCENTILES: ReadonlyArray<number> = [16, 50, 84]

/** What is wrong with a choice of values, if anything. */
export const valueFaults = (choice: ModeratorValues | undefined): ReadonlyArray<string> => {
  if (choice === undefined || "meanAndSd" in choice) return []
  if ("grid" in choice)
    return Number.isInteger(choice.grid) && choice.grid >= 2 ? [] : [`a grid of ${choice.grid} values of the moderator: a whole number, from 2`]
  const [given, what, allowed] =
    "at" in choice
      ? ([choice.at, "values of the moderator", (v: number) => Number.isFinite(v)] as const)
      : ([choice.percentiles, "percentiles of the moderator", (v: number) => v >= 0 && v <= 100] as const)
  if (given.length === 0) return [`no ${what} are given: name one at least`]
  const strange = given.filter((v) => !allowed(v))
  return strange.length === 0 ? [] : [`${strange.join(", ")} among the ${what}: ${"at" in choice ? "they are numbers" : "they are from 0 to 100"}`]
}

/** The least and the greatest value. */
export const observedRange = (x: Float64Array): readonly [number, number] => [
  x.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY),
  x.reduce((high, v) => Math.max(high, v), Number.NEGATIVE_INFINITY)
]

/** Labels: `p84`; `mean-sd`, `mean`, `mean+sd`; `= 3.5`; `grid 12`. */
export const moderatorValues = ({ values }: Variable, choice: ModeratorValues): ReadonlyArray<ModeratorValue> => {
  if ("percentiles" in choice) return choice.percentiles.map((percentile) => ({ label: `p${percentile}`, value: quantile(values, percentile / 100) }))
  if ("at" in choice) return choice.at.map((value) => ({ label: `= ${value}`, value }))
  if ("grid" in choice) {
    const [low, high] = observedRange(values)
    return Array.from({ length: choice.grid }, (_, i) => ({ label: `grid ${i + 1}`, value: low + ((high - low) * i) / (choice.grid - 1) }))
  }
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length
  const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1))
  return [
    { label: "mean-sd", value: mean - sd },
    { label: "mean", value: mean },
    { label: "mean+sd", value: mean + sd }
  ]
}

/** Pairs of values whose effects are compared, the later with the earlier: all of them, but none of a grid. */
export const contrasts = (values: ReadonlyArray<ModeratorValue>, choice: ModeratorValues): ReadonlyArray<readonly [ModeratorValue, ModeratorValue]> =>
  "grid" in choice ? [] : values.flatMap((later, i) => values.slice(0, i).map((earlier) => [later, earlier] as const))

/** Names of an effect at a value of the moderator, and of its difference between two: `coagglo | mi p84`, `coagglo | mi p84 - p16`. */
export const conditionalTerm = (treatment: string, moderator: string, at: ModeratorValue, less?: ModeratorValue): string =>
  `${treatment} | ${moderator} ${at.label}${less === undefined ? "" : ` - ${less.label}`}`

/** Effects outside the observed range of the moderator are about data that nobody has seen. */
export const outsideRange = ({ name, values: x }: Variable, values: ReadonlyArray<ModeratorValue>): ReadonlyArray<Warning> => {
  const [low, high] = observedRange(x)
  const outside = values.filter(({ value }) => value < low || value > high)
  if (outside.length === 0) return []
  const listed = outside.map(({ label, value }) => (label.startsWith("= ") ? String(value) : `${label} (${value.toPrecision(4)})`)).join(", ")
  return [
    {
      code: "outside-range",
      message: `${name} is between ${low.toPrecision(4)} and ${high.toPrecision(4)} in the sample: effects at ${listed} are extrapolations; percentiles are always inside`
    }
  ]
}
