import type { Interval } from "./interval.ts"

/** Numbers that agree say something where they would do so by chance less often than this. */
export const RARE = 1e-3

/**
 * The chance that positive numbers known within `widths` (ends of an interval, high over low) all hold a value from which they differ by independent factors with a
 * standard deviation of `spread` in the logarithm: for each the width over that of the densest part of a normal distribution, spread sqrt(2 pi), and 1 at the most.
 */
export const chanceOfAgreement = (widths: ReadonlyArray<number>, spread: number): number =>
  widths.reduce((all, width) => all * Math.min(1, Math.log(width) / (spread * Math.sqrt(2 * Math.PI))), 1)

/** High over low of an interval of positive numbers; infinite where it holds zero. */
export const widthOf = ({ high, low }: Interval): number => (low <= 0 ? Number.POSITIVE_INFINITY : high / low)
