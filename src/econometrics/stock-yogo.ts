/**
 * Critical values of the Cragg-Donald F statistic for the size of 2SLS Wald tests with one endogenous regressor: weak instruments are those
 * with which a nominal 5% test can reject 10%, 15%, 20% or 25% of the time. By number of excluded instruments, from 1.
 *
 * Source: Stock and Yogo (2005), "Testing for weak instruments in linear IV regression", in Andrews and Stock (eds.), Identification and Inference
 * for Econometric Models, Cambridge University Press, table 5.2, n = 1. They hold for independent errors of one variance.
 */
const CRITICAL: ReadonlyArray<readonly [number, number, number, number]> = [
  [16.38, 8.96, 6.66, 5.53],
  [19.93, 11.59, 8.75, 7.25],
  [22.3, 12.83, 9.54, 7.8],
  [24.58, 13.96, 10.26, 8.31],
  [26.87, 15.09, 10.98, 8.84],
  [29.18, 16.23, 11.72, 9.38],
  [31.5, 17.38, 12.48, 9.93],
  [33.84, 18.54, 13.24, 10.5],
  [36.19, 19.71, 14.01, 11.07],
  [38.54, 20.88, 14.78, 11.65]
]
const SIZES = [10, 15, 20, 25] as const

/** The published critical values for this many excluded instruments; empty where there are more than ten. */
export const stockYogo = (instruments: number): ReadonlyArray<{ readonly maximalSize: number; readonly critical: number }> =>
  (CRITICAL[instruments - 1] ?? []).map((critical, i) => ({ maximalSize: SIZES[i]!, critical }))
