import { regress, residualsOf } from "../../linear/least-squares.ts"

/** Columns of an equation, effects taken off. */
export interface EquationColumns {
  readonly y: Float64Array
  readonly endogenous: ReadonlyArray<Float64Array>
  readonly exogenous: ReadonlyArray<Float64Array>
  readonly instruments: ReadonlyArray<Float64Array>
}

/** An equation estimated by two-stage least squares; by least squares where nothing is endogenous. Endogenous regressors come first. */
export interface ProjectedEquation {
  readonly coefficients: Float64Array
  /** Z, the right side's columns. */
  readonly regressors: ReadonlyArray<Float64Array>
  /** Z^, of the endogenous the fit on all instruments. */
  readonly design: ReadonlyArray<Float64Array>
  /** (Z^'Z^)^-1, row-major. */
  readonly bread: Float64Array
  /** y - Z d. */
  readonly residuals: Float64Array
}

/** d = (Z^'Z^)^-1 Z^'y, Z^ = [H (H'H)^-1 H'Y, X], H = [X, instruments]. Independence of the columns was judged before. */
export const projectedEquation = ({ endogenous, exogenous, instruments, y }: EquationColumns): ProjectedEquation => {
  const all = [...exogenous, ...instruments]
  const fitted = endogenous.map((column) => {
    const { residuals } = regress(all, column, { tolerance: 0 })
    return column.map((value, i) => value - residuals[i]!)
  })
  const design = [...fitted, ...exogenous]
  const regressors = [...endogenous, ...exogenous]
  const { bread, coefficients } = regress(design, y, { tolerance: 0 })
  return { coefficients, regressors, design, bread, residuals: residualsOf(y, regressors, coefficients) }
}

/** The same columns with each put through a transformation: `filter` for the equation's own, `plain` for instruments from outside of it. */
export const transformed = (
  { endogenous, exogenous, instruments, y }: EquationColumns,
  filter: (x: Float64Array) => Float64Array,
  plain: (x: Float64Array) => Float64Array = (x) => x
): EquationColumns => ({ y: filter(y), endogenous: endogenous.map(filter), exogenous: exogenous.map(filter), instruments: instruments.map(plain) })

/** sum_j c_j x_j of columns. */
const combined = (columns: ReadonlyArray<Float64Array>, factors: ArrayLike<number>): Float64Array => {
  const sum = new Float64Array(columns[0]!.length)
  for (let j = 0; j < columns.length; j++) {
    const [column, factor] = [columns[j]!, factors[j]!]
    for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + factor * column[i]!
  }
  return sum
}

/** Z^ (Z^'Z^)^-1, a column a coefficient: times the errors it is the estimation error. */
export const influences = ({ bread, design }: ProjectedEquation): ReadonlyArray<Float64Array> =>
  design.map((_, j) => combined(design, bread.subarray(j * design.length, (j + 1) * design.length)))

/** a with a'e = -(Z'v)'(d^ - d) for residuals' quadratic forms, d^ - d = influence'e: Z^ (Z^'Z^)^-1 (-Z'v). */
export const influenceOfResiduals = (influence: ReadonlyArray<Float64Array>, regressors: ReadonlyArray<Float64Array>, v: Float64Array): Float64Array =>
  combined(
    influence,
    regressors.map((column) => {
      let sum = 0
      for (let i = 0; i < v.length; i++) sum -= column[i]! * v[i]!
      return sum
    })
  )
