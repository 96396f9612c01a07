import { multiply } from "../../../linalg/cross-product.ts"
import { type SparseMatrix, transpose } from "../../../linalg/sparse-matrix.ts"
import { sparseTimesDense } from "../../../linalg/sparse-product.ts"
import { Fault } from "../../fault.ts"
import { COLLINEAR, variation } from "../../linear/collinear.ts"
import { factorise, residualsOf } from "../../linear/least-squares.ts"
import { entityMeans } from "../models/panel-effects.ts"
import { basicTraces } from "./error-moments.ts"
import type { GmmFrame } from "./gmm-frame.ts"
import { inverseTransposed } from "./inverse-transposed.ts"
import { type EquationColumns, influenceOfResiduals, influences, type ProjectedEquation, projectedEquation, transformed } from "./projected-equation.ts"
import { blocks, lambdaOf, momentsOf, type RandomWeighting, withoutLambda } from "./random-moments.ts"

export interface RandomEquation {
  /** 0 where errors have no spatial part. */
  readonly lambda: number
  /** Of the idiosyncratic errors; and s1 = s2 + T times the entities' variance. */
  readonly sigma2: number
  readonly sigma2Between: number
  /** Share of the entity's mean that is taken off. */
  readonly theta: number
  /** Of the coefficients, lambda (where it is estimated), sigma2 and sigma2_between; row-major. */
  readonly covariance: Float64Array
  readonly columns: EquationColumns
  readonly equation: ProjectedEquation
  /** e, the entities' effects in it. */
  readonly residuals: Float64Array
}

const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0)

const less = (x: Float64Array, factor: number, y: Float64Array): Float64Array => x.map((value, at) => value - factor * y[at]!)

/** Q1 x, the entity's mean in every period. */
const between = (x: Float64Array, entities: number): Float64Array => {
  const means = entityMeans(x, entities)
  const periods = x.length / entities
  return Float64Array.from(x, (_, at) => means[Math.floor(at / periods)]!)
}

/**
 * Columns less those that others explain: of the exogenous ones those before them, of the instruments these too. Part of the variation of columns is gone (within,
 * between, or filtered): `of` are the columns as they were. A Fault where what is left of the instruments is too little.
 */
const independent = (part: EquationColumns, of: EquationColumns, what: string): EquationColumns => {
  const [own, whole] = [
    [...part.exogenous, ...part.instruments],
    [...of.exogenous, ...of.instruments]
  ]
  const { kept } = factorise(own, { tolerance: COLLINEAR, norms: whole.map((column) => variation(column)) })
  const exogenous = kept.filter((c) => c < part.exogenous.length).map((c) => own[c]!)
  const instruments = kept.filter((c) => c >= part.exogenous.length).map((c) => own[c]!)
  const right = [...exogenous, ...part.endogenous]
  const { dropped } = factorise(right, {
    tolerance: COLLINEAR,
    norms: right.map((_, j) => variation(j < exogenous.length ? right[j]! : of.endogenous[j - exogenous.length]!))
  })
  if (instruments.length < part.endogenous.length || dropped.some((c) => c >= exogenous.length))
    throw new Fault(
      "under-identified",
      `random effects need the equation ${what} too, and it is not identified: ${part.endogenous.length} endogenous regressors (the spatial lag among them) and ${instruments.length} instruments of them that have variation there; take effects pooled or individual`
    )
  return { ...part, exogenous, instruments }
}

/** Instruments of the equation whose means are partly off: within and between parts apart (Baltagi's error component 2SLS), or quasi-demeaned as the regressors are. */
export type RandomInstruments = "ec2sls" | "g2sls"

export interface RandomEstimation {
  readonly weighting: RandomWeighting
  readonly instruments: RandomInstruments
  readonly bounds: { readonly lower: number; readonly upper: number }
}

/**
 * Random effects of entities whose errors are spatial as a whole: u = lambda M u + e, e_it = m_i + v_it (Kapoor, Kelejian and Prucha 2007). Lambda, the variance of v and s1 come
 * from the six moments e'Q e, e'M'Q M e, e'M'Q e over their rows, Q taking off (Q0) or leaving (Q1) the entities' means: of the residuals of pooled least squares, or where
 * something is endogenous of 2SLS of the within and of the between equation (Baltagi and Liu 2011; Mutl and Pfaffermayr 2011). Then the filtered equation with theta = 1 -
 * sqrt(s2/s1) of each entity's mean taken off, by (two-stage) least squares. Without spatial errors it is the same with lambda = 0, the variances by their degrees of freedom.
 *
 * The errors are taken as normal for the covariance of the moments.
 */
export const randomEquation = (frame: GmmFrame, raw: EquationColumns, m: SparseMatrix | undefined, how: RandomEstimation): RandomEquation => {
  const { entities: n, periods } = frame
  const nothing: SparseMatrix = { rows: n, columnCount: n, starts: new Int32Array(n + 1), columns: new Int32Array(0), values: new Float64Array(0) }
  const w = m ?? nothing
  const turned = transpose(w)
  const lag = (x: Float64Array) => sparseTimesDense(w, x, periods)
  const back = (x: Float64Array) => sparseTimesDense(turned, x, periods)
  const parts = [(x: Float64Array) => less(x, 1, between(x, n)), (x: Float64Array) => between(x, n)]
  const rows = [n * (periods - 1), n]
  const projected = raw.endogenous.length > 0
  const pooled = projected ? undefined : projectedEquation(raw)
  const sources = parts.map(
    (part, b) => pooled ?? projectedEquation(independent(transformed(raw, part, part), raw, b === 0 ? "within entities" : "between entities"))
  )
  const moments = momentsOf(
    sources.map(({ residuals }) => residuals),
    lag,
    parts,
    rows,
    dot(w.values, w.values) / n
  )
  const traces = basicTraces(w)
  const freedom = rows.map((count, b) => (projected ? count - sources[b]!.design.length : count))
  if (freedom.some((count) => count < 1))
    throw new Fault(
      "no-degrees-of-freedom",
      `${n} entities cannot carry the between equation's ${sources[1]!.design.length} coefficients: use fewer regressors`
    )
  const estimated =
    m === undefined ? withoutLambda(moments, [rows[0]! / freedom[0]!, rows[1]! / freedom[1]!]) : lambdaOf(moments, traces, how.weighting, periods, how.bounds)
  const { gain, lambda, sigma2 } = estimated
  const sigma2Between = Math.max(estimated.sigma2Between, sigma2)
  const theta = 1 - Math.sqrt(sigma2 / sigma2Between)

  const filter = (x: Float64Array) => less(x, lambda, lag(x))
  const quasi = (x: Float64Array) => less(x, theta, between(x, n))
  const quasiColumns = transformed(raw, (x) => quasi(filter(x)), quasi)
  const apart = projected && how.instruments === "ec2sls"
  const given = apart ? [...raw.exogenous, ...raw.instruments].flatMap((x) => [x, x]) : raw.instruments
  const columns = independent(
    { ...quasiColumns, instruments: apart ? given.map((x, i) => parts[i % 2]!(x)) : quasiColumns.instruments },
    { ...raw, instruments: given },
    "of both parts"
  )
  const equation = projectedEquation(columns)

  // The moments' errors: their own, and what residuals in the place of errors bring.
  const linear = sources.flatMap(({ regressors, residuals }, b) => {
    const errors = parts[b]!(filter(residuals))
    const [forward, backward] = [lag(errors), back(errors)]
    const forms = [errors, back(forward), forward.map((e, at) => (e + backward[at]!) / 2)].map((form) => form.map((value) => (2 * value) / rows[b]!))
    const [influence, filtered] = [influences(sources[b]!), regressors.map(filter)]
    return forms.map((form) => inverseTransposed(w, lambda, influenceOfResiduals(influence, filtered, form)))
  })
  /** (within Q0 + ofMeans Q1) x. */
  const byVariance = (x: Float64Array, within: number, ofMeans: number) => {
    const common = between(x, n)
    return x.map((value, at) => within * (value - common[at]!) + ofMeans * common[at]!)
  }
  const spread = linear.map((column) => byVariance(column, sigma2, sigma2Between))
  const k = equation.design.length
  const size = 6 + k
  const quadratic = blocks(
    traces.map((value) => (value * sigma2 ** 2) / rows[0]!),
    traces.map((value) => (value * sigma2Between ** 2) / rows[1]!)
  )
  const influence = influences(equation)
  const across = influence.map((column) => byVariance(column, sigma2, Math.sqrt(sigma2 * sigma2Between)))
  const joint = Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    if (i < 6 && j < 6) return quadratic[i * 6 + j]! + dot(linear[i]!, spread[j]!)
    if (i >= 6 && j >= 6) return sigma2 * equation.bread[(i - 6) * k + j - 6]!
    return dot(linear[Math.min(i, j)]!, across[Math.max(i, j) - 6]!)
  })
  const parameters = gain.length
  const map = new Float64Array((k + parameters) * size)
  // Without spatial errors the second step's own variance is that of its coefficients, as splm has it.
  const scale = m === undefined && projected ? Math.sqrt(dot(equation.residuals, equation.residuals) / (n * periods - k) / sigma2) : 1
  for (let j = 0; j < k; j++) map[j * size + 6 + j] = scale
  gain.forEach((row, p) => {
    map.set(row, (k + p) * size)
  })
  const total = k + parameters
  const turnedMap = Float64Array.from({ length: size * total }, (_, at) => map[(at % total) * size + Math.floor(at / total)]!)
  return {
    lambda,
    sigma2,
    sigma2Between: estimated.sigma2Between,
    theta,
    covariance: multiply(multiply(map, joint, total, size, size), turnedMap, total, size, total),
    columns,
    equation,
    residuals: residualsOf(filter(raw.y), [...raw.endogenous, ...raw.exogenous].map(filter), equation.coefficients)
  }
}
