/** A function and its derivative at one point. */
export interface Slope {
  readonly value: number
  readonly slope: number
}

/**
 * The point of the open interval (lower, upper) where a smooth function of one variable is greatest: the best of a grid, then the root of
 * the derivative around it, by regula falsi with Illinois weights (Dowell and Jarratt 1971) and bisection every fourth step, to full precision.
 * Undefined where the function rises up to an end of the interval: there is no maximum inside. `grid` is the number of its steps: fewer where a value is dear.
 */
export const maximum = (f: (x: number) => Slope, lower: number, upper: number, grid = 200): number | undefined => {
  const at = gridOf(lower, upper, grid)
  let best = 1
  let greatest = Number.NEGATIVE_INFINITY
  for (let i = 1; i < grid; i++) {
    const { value } = f(at(i))
    if (value > greatest) {
      greatest = value
      best = i
    }
  }
  // The ends themselves may be poles, and near them what is computed has lost its digits: a point inside stands for them.
  const inset = (upper - lower) * 1e-6
  return slopeRoot(f, Math.max(at(best - 1), lower + inset), Math.min(at(best + 1), upper - inset))
}

/** Of an interval around zero one side of which is so many times as long as the other, the far end is searched more coarsely. */
const LOPSIDED = 3

/**
 * The points of a grid over an interval, the ends being the first and the last: even, or where zero lies within and far nearer to one end (1/smallest eigenvalue of
 * asymmetric weights may be -1000), even in asinh, so that what lies around zero is not stepped over.
 */
export const gridOf = (lower: number, upper: number, steps: number): ((i: number) => number) => {
  const near = Math.min(-lower, upper)
  if (!(near > 0) || Math.max(-lower, upper) <= LOPSIDED * near) return (i) => lower + ((upper - lower) * i) / steps
  const [from, to] = [Math.asinh(lower / near), Math.asinh(upper / near)]
  return (i) => (i === 0 ? lower : i === steps ? upper : near * Math.sinh(from + ((to - from) * i) / steps))
}

/** The root in [low, high] of a derivative that is positive at low and negative at high; undefined where it is not. */
const slopeRoot = (f: (x: number) => Slope, low: number, high: number): number | undefined => {
  let a = low
  let b = high
  let slopeA = f(a).slope
  let slopeB = f(b).slope
  if (slopeA === 0) return a
  if (slopeB === 0) return b
  if (!(slopeA > 0 && slopeB < 0)) return undefined
  let moved: "a" | "b" | undefined
  for (let step = 1; step < 200 && b - a > 2 ** -50 * Math.max(Math.abs(a), Math.abs(b)); step++) {
    const secant = (a * slopeB - b * slopeA) / (slopeB - slopeA)
    // Every fourth step halves, so that the bracket shrinks whatever the curvature.
    const x = step % 4 === 0 || !(secant > a && secant < b) ? (a + b) / 2 : secant
    if (x === a || x === b) break
    const { slope } = f(x)
    if (slope === 0) return x
    if (slope > 0) {
      a = x
      slopeA = slope
      if (moved === "a") slopeB /= 2
      moved = "a"
    } else {
      b = x
      slopeB = slope
      if (moved === "b") slopeA /= 2
      moved = "b"
    }
  }
  return (a + b) / 2
}
