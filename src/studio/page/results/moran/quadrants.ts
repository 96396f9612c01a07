/** The quadrants of a Moran scatter plot: own value, then that of the neighbours, each above the mean or at most that, as in a table of local Moran's I. */
export const quadrantOf = (z: number, lag: number): "high-high" | "low-low" | "low-high" | "high-low" =>
  z > 0 ? (lag > 0 ? "high-high" : "high-low") : lag > 0 ? "low-high" : "low-low"

/** The slope of the least-squares line through the origin: Moran's I, where all weights together are as many as there are entities. */
export const slopeOf = (points: ReadonlyArray<{ readonly z: number; readonly lag: number }>): number => {
  let products = 0
  let squares = 0
  for (const { lag, z } of points) {
    products += z * lag
    squares += z * z
  }
  return products / squares
}

/** What all weights together are: Moran's I is the slope times N by that sum, however they are standardised and whoever has no neighbour. */
export const weightsOf = (slope: number, { entities, statistic }: { readonly entities: number; readonly statistic: number }): number =>
  (entities * slope) / statistic
