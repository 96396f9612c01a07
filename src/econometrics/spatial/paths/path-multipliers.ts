import type { SpatialMultiplier } from "../effects/multipliers.ts"

/** A change b I + theta W of one regressor that the multiplier (I - rho W)^-1 of its equation spreads. */
export interface Path {
  readonly rho: number
  readonly b: number
  readonly theta: number
}

/** Means over the entities of an N x N matrix of effects: its diagonal, and its row sums. */
export interface Means {
  readonly own: number
  readonly all: number
}

const SIDES = ["own", "all"] as const

/** Where both rho are nearer to each other than this share of the interval that is left to its ends, a difference quotient loses digits. */
const NEAR = 0.01
/** Gauss-Legendre points and weights of [0, 1]. */
const POINTS = [
  [0.5 - Math.sqrt(0.15), 5 / 18],
  [0.5, 4 / 9],
  [0.5 + Math.sqrt(0.15), 5 / 18]
] as const

/** The mean diagonal and row sum of (I - rho W)^-1 (b I + theta W). */
export const pathMeans = ({ b, rho, theta }: Path, multiplier: SpatialMultiplier): Means => {
  const height = multiplier.at(rho)
  return { own: b * height.own.x + theta * height.own.wx, all: b * height.all.x + theta * height.all.wx }
}

/**
 * The same of the product of two paths over the same W, without an N x N matrix. All its factors commute, so that it is a combination of S S', W S S' and
 * W W S S', S = (I - rho W)^-1, S' = (I - rho' W)^-1. With q(rho) the mean (diagonal, or row sum) of W S and D = [q(rho) - q(rho')]/(rho - rho') these have the means
 *   W W S S': D;  W S S': [q + q' + (rho + rho') D]/2;  S S': 1 + [(rho + rho')(q + q') + (rho^2 + rho'^2) D]/2,
 * since W S - W S' = (rho - rho') W W S S'. Where both rho are near each other D is the mean of q's derivative between them.
 */
export const productMeans = (first: Path, second: Path, multiplier: SpatialMultiplier): Means => {
  const [p, r] = [first.rho, second.rho]
  const distance = p - r
  const room = Math.min(multiplier.upper - Math.max(p, r), Math.min(p, r) - multiplier.lower)
  const isNear = Math.abs(distance) < NEAR * room
  const [high, low] = [multiplier.at(p), multiplier.at(r)]
  const slopes = isNear ? POINTS.map(([at, weight]) => ({ weight, slope: multiplier.slopes(r + at * distance) })) : []
  const means = SIDES.map((side) => {
    const [q, other] = [high[side].wx, low[side].wx]
    const d = isNear ? slopes.reduce((sum, { slope, weight }) => sum + weight * slope[side].wx, 0) : (q - other) / distance
    const lagged = (q + other + (p + r) * d) / 2
    const plain = 1 + ((p + r) * (q + other) + (p * p + r * r) * d) / 2
    return first.b * second.b * plain + (first.b * second.theta + first.theta * second.b) * lagged + first.theta * second.theta * d
  })
  return { own: means[0]!, all: means[1]! }
}
