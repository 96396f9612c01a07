/** How far a quantity is from having settled over several chains. */
export interface Settled {
  /** The potential scale reduction factor: near 1 where chains mix; NaN where it cannot be told. */
  readonly rHat: number
  /** Of successive sweeps, the mean over chains. */
  readonly autocorrelation: number
}

/**
 * Gelman and Rubin's (1992, Statistical Science 7) potential scale reduction over the second half of each chain: R = sqrt(((n - 1)/n W + B/n)/W), W the mean variance within, B n times the variance of the chains' means. Chains that do
 * not move (W = 0) and stand in one place have R = 1.
 */
export const settled = (chains: ReadonlyArray<ReadonlyArray<number>>): Settled => {
  const halves = chains.map((chain) => chain.slice(Math.floor(chain.length / 2)))
  const n = Math.min(...halves.map(({ length }) => length))
  if (halves.length < 2 || n < 2) return { rHat: Number.NaN, autocorrelation: Number.NaN }
  const mean = (values: ReadonlyArray<number>): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = (values: ReadonlyArray<number>): number => {
    const center = mean(values)
    return values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1)
  }
  const within = mean(halves.map(variance))
  const between = variance(halves.map(mean))
  const rHat = within === 0 ? (between === 0 ? 1 : Number.POSITIVE_INFINITY) : Math.sqrt((n - 1) / n + between / within)
  const correlations = halves.map((chain) => {
    const center = mean(chain)
    const squares = chain.reduce((sum, value) => sum + (value - center) ** 2, 0)
    return squares === 0 ? 0 : chain.slice(1).reduce((sum, value, i) => sum + (value - center) * (chain[i]! - center), 0) / squares
  })
  return { rHat, autocorrelation: mean(correlations) }
}
