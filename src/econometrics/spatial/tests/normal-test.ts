import { normalUpper } from "../../../stats/distributions.ts"

/** A statistic that is standard normal under the restriction. */
export interface NormalTest {
  readonly statistic: number
  readonly pValue: number
}

/** Against departures in both directions, or in the positive one alone. */
export const normalTest = (statistic: number, sides: "two-sided" | "one-sided" = "two-sided"): NormalTest => ({
  statistic,
  pValue: sides === "two-sided" ? 2 * normalUpper(Math.abs(statistic)) : normalUpper(statistic)
})
