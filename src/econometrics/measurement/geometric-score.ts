import type { Weighted } from "./composite-score.ts"

/**
 * The weighted geometric mean of normalised indicators in 0 to 1, 100 * prod_m ((Y_m + shift)/(1 + shift))^W_m, 0 to 100: a low value is not made up for by a
 * high one as in a sum (OECD/JRC Handbook 2008, section 6.2). With shift = 0 an indicator of 0 that has weight makes the score 0; one without weight counts
 * for nothing.
 */
export const geometricScore = (indicators: ReadonlyArray<Weighted>, rows: number, shift = 0): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => {
    let log = 0
    for (const { values, weight } of indicators) if (weight[i]! > 0) log += weight[i]! * Math.log((values[i]! + shift) / (1 + shift))
    return 100 * Math.exp(log)
  })
