import type { Resampler } from "./resampler.ts"
import { SINGULAR } from "./year-elimination.ts"

/** Regressions of one or more columns on the same regressors; all are columns of a resampler. */
export interface Design {
  readonly regressors: ReadonlyArray<number>
  readonly responses: ReadonlyArray<number>
  /** The regressors whose slopes are parameters. */
  readonly wanted: ReadonlyArray<number>
  /** Whether the root of each response's residual sum of squares is a parameter too, after its slopes. */
  readonly spread?: boolean
}

/** Least squares of several equations, again and again in resamples. Parameters are in the order of designs, in each by response, in each by wanted slope. */
export interface EquationSystem {
  readonly parameters: Float64Array
  /** Which equation (a response of a design) each parameter is of. */
  readonly equationOf: Int32Array
  /** Slopes of each equation: what its small-sample factor counts. */
  readonly slopes: ReadonlyArray<number>
  /** Solves in the resample that the resampler took last: false where a regressor is redundant in it. */
  readonly solve: () => boolean
  /**
   * What each unit contributes to the parameters' deviation (once, however often it is drawn), units x parameters: (X'X)^-1 X_g'e_g for slopes,
   * (e_g'e_g - e'e n_g/n)/(2 root) for the root of e'e. That of a unit that is not drawn has no meaning.
   */
  readonly influence: () => Float64Array
  /** Residuals of each equation over the resampler's rows, of the last `influence`. */
  readonly residuals: ReadonlyArray<Float64Array>
  /** For each slope that is a parameter, in order, the vector r over rows with slope = r'y; undefined for roots. Of the last `influence`. */
  readonly weights: ReadonlyArray<Float64Array | undefined>
}

interface Factored {
  readonly regressors: ReadonlyArray<number>
  readonly l: Float64Array
}

const isPrefix = (short: ReadonlyArray<number>, long: ReadonlyArray<number>): boolean => short.every((column, i) => long[i] === column)

export const equationSystem = (resampler: Resampler, designs: ReadonlyArray<Design>): EquationSystem => {
  const { products, size, squares, starts, units } = resampler
  // A design whose regressors begin another's is solved by the leading part of that one's factor.
  const longest = designs.filter(
    (design, d) =>
      !designs.some((other, o) =>
        other.regressors.length === design.regressors.length
          ? o < d && isPrefix(design.regressors, other.regressors)
          : isPrefix(design.regressors, other.regressors)
      )
  )
  const factors = longest.map(({ regressors }): Factored => ({ regressors, l: new Float64Array(regressors.length ** 2) }))
  const equations = designs.flatMap((design) => {
    const factor = factors.find(({ regressors }) => isPrefix(design.regressors, regressors))!
    const at = design.wanted.map((column) => design.regressors.indexOf(column))
    return design.responses.map((response) => ({
      at,
      response,
      factor,
      regressors: design.regressors,
      k: design.regressors.length,
      spread: design.spread === true,
      z: new Float64Array(design.regressors.length),
      /** How far back substitution must go. */
      first: Math.min(...at),
      ssr: 0
    }))
  })
  const counts = equations.map(({ at, spread }) => at.length + (spread ? 1 : 0))
  const parameters = new Float64Array(counts.reduce((sum, count) => sum + count, 0))
  const equationOf = Int32Array.from(counts.flatMap((count, q) => Array.from({ length: count }, () => q)))
  const product = (a: number, b: number): number => (a >= b ? products[a * size + b]! : products[b * size + a]!)

  const factorise = ({ l, regressors }: Factored): boolean => {
    const k = regressors.length
    for (let i = 0; i < k; i++) {
      const row = i * k
      const column = regressors[i]!
      for (let j = 0; j <= i; j++) {
        const other = j * k
        let value = product(column, regressors[j]!)
        for (let p = 0; p < j; p++) value -= l[row + p]! * l[other + p]!
        if (j < i) l[row + j] = value / l[other + j]!
        else if (value > SINGULAR * squares[column]!) l[row + i] = Math.sqrt(value)
        else return false
      }
    }
    return true
  }
  /** b from L'b = z, in place, down to position `first`. */
  const backSubstitute = (l: Float64Array, width: number, k: number, z: Float64Array, first: number): void => {
    for (let i = k - 1; i >= first; i--) {
      let value = z[i]!
      for (let p = i + 1; p < k; p++) value -= l[p * width + i]! * z[p]!
      z[i] = value / l[i * width + i]!
    }
  }
  const solve = (): boolean => {
    for (const factor of factors) if (!factorise(factor)) return false
    let p = 0
    for (const equation of equations) {
      const { at, factor, first, k, regressors, response, spread, z } = equation
      const { l } = factor
      const width = factor.regressors.length
      let ssr = product(response, response)
      for (let i = 0; i < k; i++) {
        let value = product(response, regressors[i]!)
        for (let j = 0; j < i; j++) value -= l[i * width + j]! * z[j]!
        z[i] = value / l[i * width + i]!
        ssr -= z[i]! * z[i]!
      }
      backSubstitute(l, width, k, z, first)
      equation.ssr = ssr
      for (const i of at) parameters[p++] = z[i]!
      if (spread) parameters[p++] = Math.sqrt(Math.max(ssr, 0))
    }
    return true
  }

  const rows = starts[units]!
  const residuals = equations.map(() => new Float64Array(rows))
  const weights = equations.flatMap(({ at, spread }) => [...at.map(() => new Float64Array(rows)), ...(spread ? [undefined] : [])])
  const combination = new Float64Array(size)
  const slopesOf = Math.max(...equations.map(({ k }) => k))
  const b = new Float64Array(slopesOf)
  const contributions = new Float64Array(units * parameters.length)
  const project = (regressors: ReadonlyArray<number>, k: number, into: Float64Array, response?: number): void => {
    combination.fill(0)
    for (let i = 0; i < k; i++) combination[regressors[i]!] = response === undefined ? b[i]! : -b[i]!
    if (response !== undefined) combination[response] = 1
    resampler.project(combination, into)
  }
  const P = parameters.length
  const influence = (): Float64Array => {
    let p = 0
    for (const [q, equation] of equations.entries()) {
      const { at, factor, first, k, regressors, response, spread, ssr, z } = equation
      const width = factor.regressors.length
      const e = residuals[q]!
      b.set(z)
      // `z` holds slopes from `first` on; those before it are still to be solved.
      for (let i = first - 1; i >= 0; i--) {
        let value = b[i]!
        for (let j = i + 1; j < k; j++) value -= factor.l[j * width + i]! * b[j]!
        b[i] = value / factor.l[i * width + i]!
      }
      project(regressors, k, e, response)
      for (const position of at) {
        // Row `position` of (X'X)^-1: L L'a = unit vector.
        for (let i = 0; i < k; i++) {
          let value = i === position ? 1 : 0
          for (let j = position; j < i; j++) value -= factor.l[i * width + j]! * b[j]!
          b[i] = i < position ? 0 : value / factor.l[i * width + i]!
        }
        backSubstitute(factor.l, width, k, b, 0)
        const r = weights[p]!
        project(regressors, k, r)
        for (let g = 0; g < units; g++) {
          let sum = 0
          for (let i = starts[g]!; i < starts[g + 1]!; i++) sum += r[i]! * e[i]!
          contributions[g * P + p] = sum
        }
        p++
      }
      if (spread) {
        const root = Math.sqrt(ssr)
        for (let g = 0; g < units; g++) {
          let sum = 0
          for (let i = starts[g]!; i < starts[g + 1]!; i++) sum += e[i]! * e[i]!
          contributions[g * P + p] = (sum - (ssr * (starts[g + 1]! - starts[g]!)) / resampler.drawnRows()) / (2 * root)
        }
        p++
      }
    }
    return contributions
  }
  return { parameters, equationOf, slopes: equations.map(({ k }) => k), solve, influence, residuals, weights }
}
