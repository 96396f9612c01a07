/** The quadrants of a Moran scatter plot: own value, then that of the neighbours. */
export const quadrantOf = (z: number, lag: number): "high-high" | "low-low" | "low-high" | "high-low" =>
  z >= 0 ? (lag >= 0 ? "high-high" : "high-low") : lag >= 0 ? "low-high" : "low-low"

/** The slope of the least-squares line through the origin: Moran's I, where the weights are row-standardised and z is standardised. */
export const slopeOf = (points: ReadonlyArray<{ readonly z: number; readonly lag: number }>): number => {
  let products = 0
  let squares = 0
  for (const { lag, z } of points) {
    products += z * lag
    squares += z * z
  }
  return products / squares
}
