import { type Stream, stream } from "../../stats/random.ts"

/** Rademacher: 1 or -1. Webb: six points of mean 0 and variance 1, for few clusters (Webb 2023, Canadian Journal of Economics 56(3)). */
export type WildWeights = "rademacher" | "webb"

const POINTS: Readonly<Record<WildWeights, ReadonlyArray<number>>> = {
  rademacher: [-1, 1],
  webb: [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)]
}

/** How many different draws there are for so many clusters: 2^G or 6^G. */
export const differentDraws = (weights: WildWeights, clusters: number): number => POINTS[weights].length ** clusters

/** Draw i of all different ones, the weight of the first cluster changing fastest. */
export const enumeratedDraw = (weights: WildWeights, i: number, v: Float64Array): void => {
  const points = POINTS[weights]
  for (let g = 0, left = i; g < v.length; g++, left = Math.floor(left / points.length)) v[g] = points[left % points.length]!
}

/** Each weight drawn alone from a stream. */
export const drawWeights = (weights: WildWeights, random: Pick<Stream, "integer">, v: Float64Array): void => {
  const points = POINTS[weights]
  for (let g = 0; g < v.length; g++) v[g] = points[random.integer(points.length)]!
}

/** Replicate i of a seed: each cluster's weight drawn alone. It does not depend on which other replicates are drawn. */
export const randomDraw = (weights: WildWeights, seed: number, i: number, v: Float64Array): void => drawWeights(weights, stream(seed, i), v)
