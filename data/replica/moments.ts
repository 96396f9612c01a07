/** Sample moments of a variable, for constrain.ts: what it is to be like, and how each changes with its cells. */
import { CELLS, deviation, dot, every, interaction, lagged, mean, PROVINCES, type Projection, projection, wholeSample, YEARS } from "./panel.ts"

/** A moment of the variable: its value, its gradient, and what it shall be. */
export interface Moment {
  readonly name: string
  readonly of: (x: Float64Array) => { readonly value: number; readonly gradient: Float64Array }
  readonly target: number
}
export const linear = (name: string, row: Float64Array, target: number): Moment => ({ name, of: (x) => ({ value: dot(row, x), gradient: row }), target })

/** The sum of squares that a projection leaves of the variable. */
export const sumOfSquares = (name: string, rest: Projection, target: number): Moment => ({
  name,
  of: (x) => {
    const left = rest(x)
    return { value: dot(x, left), gradient: left.map((value) => 2 * value) }
  },
  target
})

/** Mean and standard deviation, as moments. */
export const meanAndDeviation = (target: { readonly mean: number; readonly sd: number }): ReadonlyArray<Moment> => [
  { name: "mean", of: (x) => ({ value: mean(x), gradient: every(1 / CELLS) }), target: target.mean },
  {
    name: "variance",
    of: (x) => {
      const centre = mean(x)
      return {
        value: x.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (CELLS - 1),
        gradient: x.map((value) => (2 * (value - centre)) / (CELLS - 1))
      }
    },
    target: target.sd ** 2
  }
]

/** Says that the variable, whose standard deviation another moment holds at `sd`, has this correlation with `other` over all cells. */
export const correlation = (name: string, other: Float64Array, r: number, sd: number): Moment => {
  const centre = mean(other)
  return linear(
    name,
    other.map((value) => value - centre),
    r * sd * deviation(other) * (CELLS - 1)
  )
}

/** Says that regressing the variable on all of `terms` and two-way effects gives `slopes`: its normal equations. */
export const regression = (name: string, terms: ReadonlyArray<Float64Array>, slopes: ReadonlyArray<number>): ReadonlyArray<Moment> => {
  const left = terms.map(projection([]))
  return left.map((row, i) =>
    linear(
      `${name} [${i}]`,
      row,
      slopes.reduce((sum, slope, j) => sum + slope * dot(row, left[j]!), 0)
    )
  )
}
/** Says that the variable's coefficient on `term`, beside `others` and two-way effects, is `slope`. */
export const partial = (name: string, term: Float64Array, others: ReadonlyArray<Float64Array>, slope: number): Moment => {
  const row = projection(others)(term)
  return linear(name, row, slope * dot(row, term))
}

/**
 * A standard error clustered by province, as a moment: sqrt(f sum_p (sum_t s_pt e_pt)^2)/|square|, e = rest(x - shift) the residuals, s what they are
 * multiplied with, f = G/(G - 1) (n - 1)/(n - parameters).
 */
const errorOf = (
  name: string,
  {
    cells,
    parameters,
    rest,
    score,
    shift,
    square
  }: { rest: Projection; shift: Float64Array; score: Float64Array; square: number; cells: number; parameters: number },
  target: number
): Moment => {
  const factor = ((PROVINCES / (PROVINCES - 1)) * (cells - 1)) / (cells - parameters)
  return {
    name,
    of: (x) => {
      const e = rest(x.map((value, i) => value - shift[i]!))
      const sums = new Float64Array(PROVINCES)
      for (let cell = 0; cell < CELLS; cell++) sums[Math.floor(cell / YEARS)]! += score[cell]! * e[cell]!
      const value = Math.sqrt(factor * dot(sums, sums)) / Math.abs(square)
      const weighted = score.map((one, cell) => one * sums[Math.floor(cell / YEARS)]!)
      return { value, gradient: rest(weighted).map((one) => (one * factor) / (value * square ** 2)) }
    },
    target
  }
}
/** The standard error, clustered by province as the pipeline does it, of the coefficient on `term` beside `others`. */
export const clusteredError = (name: string, term: Float64Array, others: ReadonlyArray<Float64Array>, target: number): Moment => {
  const score = projection(others)(term)
  const parameters = others.length + 1 + YEARS
  return errorOf(name, { rest: projection([term, ...others]), shift: every(0), score, square: dot(score, score), cells: CELLS, parameters }, target)
}
/** The same of an instrumented coefficient that is `slope`, the year before being the instrument; on the years that have one. */
export const instrumentedError = (name: string, term: Float64Array, others: ReadonlyArray<Float64Array>, slope: number, target: number): Moment => {
  const rest = projection(others, { ...wholeSample, from: 1 })
  const score = rest(lagged(term))
  const shift = term.map((value) => slope * value)
  const cells = PROVINCES * (YEARS - 1)
  return errorOf(name, { rest, shift, score, square: dot(score, term), cells, parameters: others.length + YEARS }, target)
}

/** The transpose of x -> (x - mean x)(other - mean other). */
const transposedInteraction = (other: Float64Array): ((v: Float64Array) => Float64Array) => {
  const average = mean(other)
  const centred = other.map((value) => value - average)
  return (v) => {
    const share = dot(centred, v) / CELLS
    return v.map((value, i) => value * centred[i]! - share)
  }
}
/** Says that the coefficient of x*other (each less its mean) on `term`, beside `others` and two-way effects, is `slope`. */
export const interactionPartial = (name: string, other: Float64Array, term: Float64Array, others: ReadonlyArray<Float64Array>, slope: number): Moment => {
  const row = projection(others)(term)
  return linear(name, transposedInteraction(other)(row), slope * dot(row, term))
}

export interface InteractionSlope {
  readonly rest: Projection
  /** What the variable x is multiplied with. */
  readonly other: Float64Array
  /** The regressor whose normal equation it is; `undefined` for x itself. */
  readonly row: Float64Array | undefined
  readonly fixed: Float64Array
  readonly onFixed: number
  readonly onSelf: number
}
/** Says that x*other (each less its mean), given what `rest` takes out, has slope `onSelf` on x and `onFixed` on `fixed`: one of the two normal equations. */
export const interactionSlope = (name: string, { fixed, onFixed, onSelf, other, rest, row }: InteractionSlope): Moment => {
  const transposed = transposedInteraction(other)
  return {
    name,
    of: (x) => {
      const product = interaction(x, other)
      const miss = rest(product.map((value, i) => value - onFixed * fixed[i]! - onSelf * x[i]!))
      const left = rest(row ?? x)
      const pull = transposed(left)
      return { value: dot(row ?? x, miss), gradient: pull.map((value, i) => value - onSelf * left[i]! + (row === undefined ? miss[i]! : 0)) }
    },
    target: 0
  }
}
