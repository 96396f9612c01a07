import { inverseGram, leastSquares, type Qr, qr } from "../linalg/qr.ts"
import { Fault } from "./fault.ts"
import type { FeSample, Variable } from "./fe-sample.ts"
import { residualsOf } from "./least-squares.ts"
import { countCodes, isBalanced } from "./panel-index.ts"

/** Which effects are random: the entities' (year dummies are regressors), or the entities' and the years'. */
export type RandomEffects = "one-way" | "two-way"

/** Variance components and the quasi-demeaning that they imply. */
export interface Components {
  readonly idiosyncratic: number
  readonly entity: number
  /** Of the years; 0 in the one-way model. */
  readonly year: number
  /** Share of its entity's mean that is taken off each row's values (one value where the panel is balanced). */
  readonly theta: Float64Array
  readonly quasiDemean: (x: Float64Array) => Float64Array
}

const sumOfSquares = (x: Float64Array): number => x.reduce((sum, value) => sum + value * value, 0)

/** Means by code, and back on the rows. */
const spreadMeans = (x: Float64Array, codes: Int32Array, levels: number) => {
  const counts = countCodes(codes, levels)
  const means = new Float64Array(levels)
  for (let i = 0; i < x.length; i++) means[codes[i]!] = means[codes[i]!]! + x[i]! / counts[codes[i]!]!
  return { means, rows: Float64Array.from(codes, (code) => means[code]!) }
}

/** The dummies of all years but the first. */
export const yearDummies = ({ absorber: { index } }: FeSample): ReadonlyArray<Variable> =>
  index.years.slice(1).map((year, t) => ({ name: `${year}`, values: Float64Array.from(index.year, (code) => (code === t + 1 ? 1 : 0)) }))

/** SSR and residual degrees of freedom of the regression of group means on a constant and the regressors' means; a Fault where none are left. */
const between = (y: Float64Array, x: ReadonlyArray<Float64Array>, codes: Int32Array, levels: number, what: string) => {
  const means = (column: Float64Array) => spreadMeans(column, codes, levels).means
  const columns = [new Float64Array(levels).fill(1), ...x.map(means)]
  const design = qr(columns)
  const df = levels - design.rank
  if (df < 1)
    throw new Fault(
      "between-regression",
      `random effects need the regression of the ${levels} ${what} means on ${design.rank} coefficients, and no degree of freedom is left: take fewer regressors`
    )
  const target = means(y)
  const kept = design.kept.map((c) => columns[c]!)
  return { ssr: sumOfSquares(residualsOf(target, kept, leastSquares(design, target))), df }
}

/**
 * Swamy and Arora's (1972) variance components. The idiosyncratic one is the within regression's s2 = SSR/(n - rank), given.
 *
 * One-way: s2_u = max(0, SSR_between/(N - K) - s2/Tbar), Tbar the harmonic mean of T_i, theta_i = 1 - sqrt(s2/(T_i s2_u + s2)) (Stata `xtreg, re`; plm's
 * `swar` for balanced panels). Two-way, balanced panels only: the same for entities and years, and
 * x_it - theta_i xbar_i - theta_t xbar_t + theta_it xbar (Baltagi 2021, section 3.3; plm's `effect = "twoways"`); a Fault otherwise.
 */
export const components = (sample: FeSample, effects: RandomEffects, y: Float64Array, x: ReadonlyArray<Float64Array>, s2: number): Components => {
  const { index } = sample.absorber
  const [N, T] = [index.entities.length, index.years.length]
  const perEntity = countCodes(index.entity, N)
  const meanByEntity = (column: Float64Array) => spreadMeans(column, index.entity, N).rows
  if (effects === "one-way") {
    const { df, ssr } = between(y, [...x, ...yearDummies(sample).map(({ values }) => values)], index.entity, N, "entities'")
    const harmonic = N / perEntity.reduce((sum, t) => sum + 1 / t, 0)
    const entity = Math.max(0, ssr / df - s2 / harmonic)
    const theta = Float64Array.from(index.entity, (code) => 1 - Math.sqrt(s2 / (perEntity[code]! * entity + s2)))
    const quasiDemean = (column: Float64Array) => {
      const means = meanByEntity(column)
      return column.map((value, i) => value - theta[i]! * means[i]!)
    }
    return { idiosyncratic: s2, entity, year: 0, theta, quasiDemean }
  }
  if (!isBalanced(index))
    throw new Fault("unbalanced", "two-way random effects are computed for balanced panels only: take the one-way comparison, or a balanced sample")
  const ofEntities = between(y, x, index.entity, N, "entities'")
  const ofYears = between(y, x, index.year, T, "years'")
  const entity = Math.max(0, ofEntities.ssr / ofEntities.df - s2 / T)
  const year = Math.max(0, ofYears.ssr / ofYears.df - s2 / N)
  const thetaEntity = 1 - Math.sqrt(s2 / (s2 + T * entity))
  const thetaYear = 1 - Math.sqrt(s2 / (s2 + N * year))
  const thetaTotal = thetaEntity + thetaYear - 1 + Math.sqrt(s2 / (s2 + T * entity + N * year))
  const quasiDemean = (column: Float64Array) => {
    const byEntity = meanByEntity(column)
    const byYear = spreadMeans(column, index.year, T).rows
    const whole = column.reduce((sum, value) => sum + value / column.length, 0)
    return column.map((value, i) => value - thetaEntity * byEntity[i]! - thetaYear * byYear[i]! + thetaTotal * whole)
  }
  return { idiosyncratic: s2, entity, year, theta: new Float64Array(index.rows).fill(thetaEntity), quasiDemean }
}

/** A generalised least squares regression: ordinary least squares on quasi-demeaned columns. */
export interface GlsFit {
  readonly design: Qr
  /** The quasi-demeaned columns kept. */
  readonly columns: ReadonlyArray<Float64Array>
  /** Their names, the constant first. */
  readonly names: ReadonlyArray<string>
  readonly coefficients: Float64Array
  readonly residuals: Float64Array
  /** (X'X)^-1 over the kept columns. */
  readonly bread: Float64Array
  /** SSR/(n - K) of the quasi-demeaned regression. */
  readonly s2: number
}

/** GLS of y on a constant and the given variables. */
export const gls = ({ quasiDemean }: Components, y: Float64Array, x: ReadonlyArray<Variable>, constant: string): GlsFit => {
  const variables = [{ name: constant, values: new Float64Array(y.length).fill(1) }, ...x]
  const moved = variables.map(({ values }) => quasiDemean(values))
  const design = qr(moved, { norms: variables.map(({ values }) => Math.sqrt(sumOfSquares(values)) * 1e-3) })
  const columns = design.kept.map((c) => moved[c]!)
  const target = quasiDemean(y)
  const coefficients = leastSquares(design, target)
  const residuals = residualsOf(target, columns, coefficients)
  return {
    design,
    columns,
    names: design.kept.map((c) => variables[c]!.name),
    coefficients,
    residuals,
    bread: inverseGram(design),
    s2: sumOfSquares(residuals) / (y.length - design.rank)
  }
}
