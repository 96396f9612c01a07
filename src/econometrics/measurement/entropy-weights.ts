/** How evenly an indicator is spread over n observations: `sum` of its values, entropy E (1 = evenly), redundancy Q = 1 - E. */
export interface Entropy {
  readonly sum: number
  readonly entropy: number
  readonly redundancy: number
}

/**
 * Entropy of a normalised indicator y >= 0 over its n >= 2 observations (eqs 13 to 15): P = (y + shift)/sum(y + shift), E = -1/ln(n) * sum P ln P with
 * 0 ln 0 = 0, Q = 1 - E. A constant indicator, all zero ones included, says nothing: E = 1 and Q = 0 exactly, where rounding would leave a trace that
 * decides the weights when all indicators are constant.
 */
export const entropy = (y: Float64Array, shift = 0): Entropy => {
  const n = y.length
  let sum = 0
  let constant = true
  for (let i = 0; i < n; i++) {
    sum += y[i]! + shift
    if (y[i] !== y[0]) constant = false
  }
  if (constant) return { sum, entropy: 1, redundancy: 0 }
  let total = 0
  for (let i = 0; i < n; i++) {
    const share = (y[i]! + shift) / sum
    if (share > 0) total += share * Math.log(share)
  }
  const value = Math.min(1, -total / Math.log(n))
  return { sum, entropy: value, redundancy: 1 - value }
}

/** Weights W = Q / sum Q over the indicators (eq. 16, whose printed sum over t is one over indicators). Undefined where every redundancy is 0. */
export const redundancyWeights = (redundancies: ReadonlyArray<number>): ReadonlyArray<number> | undefined => {
  const sum = redundancies.reduce((total, redundancy) => total + redundancy, 0)
  return sum > 0 ? redundancies.map((redundancy) => redundancy / sum) : undefined
}
