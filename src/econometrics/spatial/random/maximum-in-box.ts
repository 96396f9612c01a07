import { cholesky, choleskySolve } from "../../../linalg/cholesky.ts"

/** A function of a few variables and its gradient at one point; the value is -Infinity where the function is not defined. The gradient is asked for where it is needed. */
export interface Ascent {
  readonly value: number
  readonly gradient: () => Float64Array
}

/** The point reached, and whether no step leads up from it any more. */
export interface BoxMaximum {
  readonly point: Float64Array
  readonly value: number
  readonly converged: boolean
}

/** Minus the matrix of second derivatives by differences of gradients, over the free variables. */
const curvature = (f: (x: Float64Array) => Ascent, x: Float64Array, free: ReadonlyArray<number>, lower: Float64Array, upper: Float64Array): Float64Array => {
  const size = free.length
  const rows = free.map((i) => {
    const step = 1e-5 * Math.min(1 + Math.abs(x[i]!), upper[i]! - lower[i]!)
    const moved = (by: number) => f(x.map((value, j) => (j === i ? Math.min(Math.max(value + by, lower[i]!), upper[i]!) : value))).gradient()
    const width = Math.min(x[i]! + step, upper[i]!) - Math.max(x[i]! - step, lower[i]!)
    const [after, before] = [moved(step), moved(-step)]
    return free.map((j) => -(after[j]! - before[j]!) / width)
  })
  return Float64Array.from({ length: size * size }, (_, at) => (rows[Math.floor(at / size)]![at % size]! + rows[at % size]![Math.floor(at / size)]!) / 2)
}

/** The Newton step, the curvature raised until it is positive definite where the function is not concave. */
const newtonStep = (minusHessian: Float64Array, gradient: Float64Array): Float64Array => {
  const size = gradient.length
  const largest = Array.from({ length: size }, (_, i) => Math.abs(minusHessian[i * size + i]!)).reduce((a, b) => Math.max(a, b), 1e-300)
  for (let raise = 0; ; raise = raise === 0 ? 1e-3 * largest : 4 * raise) {
    const factor = cholesky(
      minusHessian.map((value, at) => (at % (size + 1) === 0 ? value + raise : value)),
      size
    )
    if (factor !== undefined) return choleskySolve(factor, size, gradient)
  }
}

/**
 * A local maximum of a smooth function in a box, from `start`: Newton's steps with the second derivatives by differences of the gradient, variables whose
 * gradient leads out of the box held at its side, each step halved until the function rises. It ends where a full step is down to rounding.
 */
export const maximumInBox = (f: (x: Float64Array) => Ascent, start: Float64Array, lower: Float64Array, upper: Float64Array): BoxMaximum => {
  let x = start
  let at = f(x)
  for (let round = 0; round < 60; round++) {
    const { value } = at
    const gradient = at.gradient()
    const held = (i: number) => (x[i]! <= lower[i]! && gradient[i]! <= 0) || (x[i]! >= upper[i]! && gradient[i]! >= 0)
    const free = Array.from(x.keys()).filter((i) => !held(i))
    if (free.length === 0) return { point: x, value, converged: true }
    const slopes = Float64Array.from(free, (i) => gradient[i]!)
    const step = newtonStep(curvature(f, x, free, lower, upper), slopes)
    let factor = 1
    let found: { readonly point: Float64Array; readonly at: Ascent } | undefined
    for (let halving = 0; halving < 40 && found === undefined; halving++, factor /= 2) {
      const point = Float64Array.from(x)
      free.forEach((i, k) => {
        point[i] = Math.min(Math.max(x[i]! + factor * step[k]!, lower[i]!), upper[i]!)
      })
      const there = f(point)
      // Near the top the value is flat to rounding, and only the gradient tells a better point.
      const flatter = halving === 0 && there.value >= value - 1e-9 * (1 + Math.abs(value)) && norm(there.gradient(), free) < norm(gradient, free)
      // What the gradient promises of the way that is left inside of the box.
      const promised = free.reduce((sum, i) => sum + gradient[i]! * (point[i]! - x[i]!), 0)
      if ((promised > 0 && there.value > value + 1e-4 * promised) || flatter) found = { point, at: there }
    }
    if (found === undefined) return { point: x, value, converged: true }
    const moved = free.reduce((most, i) => Math.max(most, Math.abs(found.point[i]! - x[i]!) / (1 + Math.abs(x[i]!))), 0)
    x = found.point
    at = found.at
    if (moved < 1e-14) return { point: x, value: at.value, converged: true }
  }
  return { point: x, value: at.value, converged: false }
}

/** The squared length of the gradient's free part. */
const norm = (gradient: Float64Array, free: ReadonlyArray<number>): number => free.reduce((sum, i) => sum + gradient[i]! ** 2, 0)
