import type { Stream } from "./random.ts"

/** A gamma variate of scale 1: Marsaglia and Tsang (2000), "A simple method for generating gamma variables", ACM Transactions on Mathematical Software 26; below shape 1 by their eq. for shape + 1. */
const gammaVariate = (random: Pick<Stream, "normal" | "uniform">, shape: number): number => {
  if (shape < 1) return gammaVariate(random, shape + 1) * random.uniform() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = random.normal()
    const v = (1 + c * x) ** 3
    if (v <= 0) continue
    if (Math.log(random.uniform()) < (x * x) / 2 + d * (1 - v + Math.log(v))) return d * v
  }
}

/** A Dirichlet variate: shares that sum to one, of mean `mean` (positive shares that do) and variance mean (1 - mean)/(concentration + 1). */
export const dirichletVariate = (random: Pick<Stream, "normal" | "uniform">, mean: Float64Array, concentration: number): Float64Array => {
  const parts = mean.map((share) => (share > 0 ? gammaVariate(random, concentration * share) : 0))
  const sum = parts.reduce((total, part) => total + part, 0)
  return parts.map((part) => part / sum)
}
