/**
 * Min-max normalisation to [0, 1], higher being better: (x - min)/(max - min) of a positive indicator, (max - x)/(max - min) of a negative one
 * (eqs 11 and 12 of the paper). Undefined where x is constant, since then neither says anything.
 */
export const minMax = (x: Float64Array, attribute: "positive" | "negative"): Float64Array | undefined => {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const value of x) {
    if (value < min) min = value
    if (value > max) max = value
  }
  const range = max - min
  if (!(range > 0)) return undefined
  return attribute === "positive" ? x.map((value) => (value - min) / range) : x.map((value) => (max - value) / range)
}
