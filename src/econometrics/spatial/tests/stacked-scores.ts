import { multiply, sandwich } from "../../../linalg/cross-product.ts"
import { dot } from "../../../linalg/dot.ts"
import { Fault } from "../../fault.ts"
import { CONSTANT } from "../../regression/regression-sample.ts"
import { denseMultipliers } from "../models/multiplier-traces.ts"
import { demeanEntities, demeanPeriods, demeanTwoWay, entityMeans } from "../models/panel-effects.ts"
import type { SpatialFit } from "../models/spatial-ml.ts"
import { type SpatialModel, type SpatialSample, spatialSample } from "../models/spatial-sample.ts"
import type { SpatialRandomFit } from "../random/spatial-random-effects.ts"
import { spatialLag } from "../weights/spatial-lag.ts"

/**
 * How the variance of scores is formed. quadratic-forms: e'P e of rho's score as the sum over pairs of entities that it is (Kelejian and Prucha 2001), as the variance
 * "cluster" has it. entity-sums: of each entity's rows' terms, as if these were independent of other entities', as xsmle and the variance "cluster-scores" have it.
 */
export type StackedScores = "quadratic-forms" | "entity-sums"

/** One part of a likelihood: rows with one variance. */
interface Part {
  /** N x width, entity by entity. */
  readonly residuals: Float64Array
  readonly lag: Float64Array
  /** Undefined where a term has no column here. */
  readonly columns: ReadonlyArray<Float64Array>
  readonly variance: number
  /** Rows that it counts, and copies of ln|I - rho W|. */
  readonly observations: number
  readonly copies: number
  /** Derivative of its variance by sigma2 and by sigma2_entity. */
  readonly bySigma2: number
  readonly byEntity: number
}

/** The scores of a likelihood by entity, and what pairs of entities add to that of rho. */
interface Scores {
  readonly size: number
  readonly rho: number
  /** N x size. */
  readonly byEntity: Float64Array
  readonly pair: (i: number, j: number) => number
}

const scoresOf = (parts: ReadonlyArray<Part>, g: Float64Array, n: number, size: number, centred: boolean, kind: StackedScores): Scores => {
  const k = parts[0]!.columns.length
  const byEntity = new Float64Array(n * size)
  const hasEntity = size === k + 3
  for (const { byEntity: entitySlope, bySigma2, columns, copies, lag, observations, residuals: e, variance } of parts) {
    const width = e.length / n
    const echo = multiply(g, e, n, n, width)
    // Of W y what is not G e is the systematic part: rho's score is its product with e, and a quadratic form in e.
    const spread = centred ? demeanPeriods(echo, n) : echo
    const systematic = kind === "entity-sums" ? lag : lag.map((value, at) => value - spread[at]!)
    for (let i = 0; i < n; i++) {
      let squares = 0
      const own = i * size
      for (let at = i * width; at < (i + 1) * width; at++) {
        const scaled = e[at]! / variance
        squares += e[at]! ** 2
        columns.forEach((column, j) => {
          byEntity[own + j]! += column[at]! * scaled
        })
        byEntity[own + k]! += systematic[at]! * scaled
      }
      const expected = (observations * variance) / n
      byEntity[own + k]! += kind === "entity-sums" ? -copies * g[i * n + i]! : (g[i * n + i]! * (squares - expected)) / variance
      const ofVariance = (squares - expected) / (2 * variance ** 2)
      byEntity[own + k + 1]! += bySigma2 * ofVariance
      if (hasEntity) byEntity[own + k + 2]! += entitySlope * ofVariance
    }
  }
  const pair = (i: number, j: number): number => {
    if (kind === "entity-sums") return 0
    let products = 0
    for (const { residuals: e, variance } of parts) {
      const width = e.length / n
      for (let t = 0; t < width; t++) products += (e[i * width + t]! * e[j * width + t]!) / variance
    }
    return (g[i * n + j]! + g[j * n + i]!) * products
  }
  return { size, rho: k, byEntity, pair }
}

/** Slopes' columns by term. */
const columnsOf = ({ dependent, regressors, weights }: SpatialSample, terms: ReadonlyArray<string>): ReadonlyArray<Float64Array> => {
  const values = new Map(regressors.map((column) => [column.name, column.values]))
  return terms.map((term) => {
    if (term === CONSTANT) return new Float64Array(dependent.values.length).fill(1)
    return values.get(term) ?? spatialLag(weights, values.get(term.slice(2))!)
  })
}

const MOST = 4000

const residualsOf = (
  y: Float64Array,
  wy: Float64Array,
  columns: ReadonlyArray<Float64Array>,
  { estimates }: { readonly estimates: Float64Array }
): Float64Array => {
  const k = columns.length
  const left = y.map((value, at) => value - estimates[k]! * wy[at]!)
  columns.forEach((column, j) => {
    for (let at = 0; at < left.length; at++) left[at]! -= estimates[j]! * column[at]!
  })
  return left
}

/** D^-1 S D^-1 over the terms of the fixed-effects fit, then those of the random-effects one; both by the expected information, of sar or sdm with the same period effects. */
export const jointCovariance = (model: SpatialModel, fixed: SpatialFit, random: SpatialRandomFit, kind: StackedScores): Float64Array => {
  const wrong = [
    ...([fixed.specification, random.specification].every((name) => name === "sar" || name === "sdm") && fixed.specification === random.specification
      ? []
      : [`the robust test is of sar or sdm, the same in both models, not ${fixed.specification} and ${random.specification}`]),
    ...(fixed.variance.kind === "expected" && random.variance.kind === "expected" ? [] : ['both models need the variance "expected"']),
    ...(fixed.frame.effects === (random.yearDummies ? "two-way" : "individual")
      ? []
      : ["both models have year effects or neither: two-way goes with year dummies, individual without"]),
    ...(fixed.frame.order === "lag-then-demean" ? [] : ['the fixed-effects model needs the order "lag-then-demean"']),
    ...(fixed.entities > MOST ? [`the robust test takes matrices of ${fixed.entities} x ${fixed.entities} numbers; at most ${MOST} entities`] : [])
  ]
  if (wrong.length > 0) throw new Fault("input", wrong.join("; "))
  const sample = spatialSample(model)
  const { dependent, entities: n, periods, weights } = sample
  const lag = spatialLag(weights, dependent.values)
  const years = random.yearDummies
  const finish = (column: Float64Array) => (years ? demeanPeriods(column, n) : column)
  const multiplierAt = (rho: number, deflated: boolean) => {
    const g = denseMultipliers(weights, undefined, { rho, lambda: 0 }).rho!
    return deflated ? demeanTwoWay(g, n) : g
  }
  const rhoOf = ({ estimates, terms }: { readonly terms: ReadonlyArray<string>; readonly estimates: Float64Array }) => estimates[terms.indexOf("rho")]!

  const within = (column: Float64Array) => demeanEntities(finish(column), n)
  const ofFixed = columnsOf(sample, fixed.terms.slice(0, fixed.terms.indexOf("rho")))
  const fixedPart: Part = {
    residuals: within(residualsOf(dependent.values, lag, ofFixed, fixed)),
    lag: within(lag),
    columns: ofFixed.map(within),
    variance: fixed.estimates[fixed.terms.indexOf("sigma2")]!,
    observations: fixed.frame.observations,
    copies: fixed.frame.copies,
    bySigma2: 1,
    byEntity: 0
  }
  const ofRandom = columnsOf(sample, random.terms.slice(0, random.terms.indexOf("rho")))
  const between = (column: Float64Array) => entityMeans(finish(column), n).map((mean) => mean * Math.sqrt(periods))
  const left = residualsOf(dependent.values, lag, ofRandom, random)
  const { entity, idiosyncratic } = random.components
  const rows = random.frame.deflated ? n - 1 : n
  const part = (transform: (column: Float64Array) => Float64Array, copies: number, variance: number, byEntity: number): Part => ({
    residuals: transform(left),
    lag: transform(lag),
    columns: ofRandom.map(transform),
    variance,
    observations: rows * copies,
    copies,
    bySigma2: 1,
    byEntity
  })
  const scores = [
    scoresOf([fixedPart], multiplierAt(rhoOf(fixed), fixed.frame.deflated), n, fixed.terms.length, years, kind),
    scoresOf(
      [part(within, periods - 1, idiosyncratic, 0), part(between, 1, idiosyncratic + periods * entity, periods)],
      multiplierAt(rhoOf(random), random.frame.deflated),
      n,
      random.terms.length,
      years,
      kind
    )
  ] as const
  return joined(scores, n, fixed.covariance, random.covariance)
}

const joined = ([a, b]: readonly [Scores, Scores], n: number, ofA: Float64Array, ofB: Float64Array): Float64Array => {
  const size = a.size + b.size
  const meat = new Float64Array(size * size)
  const stacked = Array.from({ length: size }, (_, j) =>
    Float64Array.from({ length: n }, (_value, i) => (j < a.size ? a.byEntity[i * a.size + j]! : b.byEntity[i * b.size + j - a.size]!))
  )
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) meat[i * size + j] = dot(stacked[i]!, stacked[j]!)
  const [p, q] = [a.rho, a.size + b.rho]
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const [x, y] = [a.pair(i, j), b.pair(i, j)]
      meat[p * size + p]! += x * x
      meat[p * size + q]! += x * y
      meat[q * size + p]! += x * y
      meat[q * size + q]! += y * y
    }
  const bread = new Float64Array(size * size)
  for (let i = 0; i < a.size; i++) for (let j = 0; j < a.size; j++) bread[i * size + j] = ofA[i * a.size + j]!
  for (let i = 0; i < b.size; i++) for (let j = 0; j < b.size; j++) bread[(a.size + i) * size + a.size + j] = ofB[i * b.size + j]!
  return sandwich(bread, meat, size)
}
