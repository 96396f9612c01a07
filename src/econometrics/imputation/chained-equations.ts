import { type Stream, stream } from "../../stats/random.ts"
import { drawLineSd, effectColumns } from "./effect-columns.ts"
import { checkImputationModel, type ImputationModel, type ImputationOptions, type ImputedVariable } from "./imputation-model.ts"
import { drawDonor } from "./mean-matching.ts"
import { neighbourRows, neighbourValues } from "./neighbours.ts"
import { drawCoefficients, drawVariance, type PriorSd, predict } from "./regression-draw.ts"
import { regressionSums, replaceValues, sumsOf } from "./regression-sums.ts"

/** Mean and standard deviation (n - 1; NaN of one cell) of a variable's imputed cells after one sweep. */
export interface ChainPoint {
  readonly variable: string
  readonly iteration: number
  readonly mean: number
  readonly sd: number
}

export interface Imputation {
  /** By variable, without missing values. */
  readonly completed: ReadonlyMap<string, Float64Array>
  /** By variable that was imputed with `pmm`, the row whose value each of its missing rows got. */
  readonly donorRows: ReadonlyMap<string, ReadonlyMap<number, number>>
  readonly chain: ReadonlyArray<ChainPoint>
  /** By variable, draws that stayed out of bounds after many attempts and were set to the bound. */
  readonly clipped: ReadonlyMap<string, number>
}

/** The priors of a slope between standardised variables, and of the constant: flat for all purposes. */
const SLOPE_SD = 10
const CONSTANT_SD = 100
/** Draws out of bounds are taken anew so many times. */
const ATTEMPTS = 100

interface Chain {
  readonly variable: ImputedVariable
  readonly missing: ReadonlyArray<number>
  readonly observed: ReadonlyArray<number>
  readonly center: number
  readonly scale: number
  /** Standardised, missing cells with their value at this point of the chain. */
  readonly values: Float64Array
  /** Of the residuals. */
  variance: number
  /** Prior standard deviations of its regression's coefficients; that of the lines is drawn along. */
  readonly priorSd: PriorSd
}

/** Mean and standard deviation (n - 1). */
const moments = (values: ReadonlyArray<number>): readonly [mean: number, sd: number] => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))]
}

/** A variable at the start: its missing cells have values of the same entity, or of any where it has none, drawn at random, so that chains begin apart. */
const begin = (variable: ImputedVariable, entity: Int32Array, priorSd: PriorSd, random: Stream): Chain => {
  const observed = [...variable.values.keys()].filter((row) => !Number.isNaN(variable.values[row]!))
  const missing = [...variable.values.keys()].filter((row) => Number.isNaN(variable.values[row]!))
  const [center, sd] = moments(observed.map((row) => variable.values[row]!))
  const scale = sd > 0 ? sd : 1
  const values = variable.values.map((value) => (value - center) / scale)
  const byEntity = new Map<number, Array<number>>()
  for (const row of observed) {
    const rows = byEntity.get(entity[row]!)
    if (rows === undefined) byEntity.set(entity[row]!, [row])
    else rows.push(row)
  }
  for (const row of missing) {
    const from = byEntity.get(entity[row]!) ?? observed
    values[row] = values[from[random.integer(from.length)]!]!
  }
  return { variable, missing, observed, center, scale, values, variance: 1, priorSd }
}

/** A normal draw within the bounds of the variable, in its standardised units. */
const drawWithin = (mean: number, sd: number, { center, scale, variable }: Chain, random: Stream): { readonly value: number; readonly clipped: boolean } => {
  const low = ((variable.min ?? Number.NEGATIVE_INFINITY) - center) / scale
  const high = ((variable.max ?? Number.POSITIVE_INFINITY) - center) / scale
  let value = mean
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    value = mean + sd * random.normal()
    if (value >= low && value <= high) return { value, clipped: false }
  }
  return { value: Math.min(Math.max(value, low), high), clipped: true }
}

/**
 * One imputation of a panel's missing values by chained equations (fully conditional specification: van Buuren 2018, Flexible Imputation of Missing Data, chapter 4): sweep after sweep, each variable is regressed on all
 * others, on effects of entities and years, on a line in the year for each entity, and on its own values in the years before and after; coefficients and residual variance are drawn from their posterior distribution, and the missing values from
 * what these predict. Variables are standardised. Effects have a prior of one standard deviation, wide enough to be fixed effects, as those of the model to come, while an entity or a year without values is drawn from how far the others lie
 * apart; the standard deviation of the lines is drawn along (a multilevel regression by Gibbs sampling, as in pan: Schafer and Yucel 2002, Journal of Computational and Graphical Statistics 11), so that lines which are not there cost little;
 * slopes have a prior of ten standard deviations.
 */
export const imputeChained = (model: ImputationModel, options: ImputationOptions): Imputation => {
  checkImputationModel(model)
  const { donors = 5, imputation, iterations = 20, neighbours = false, seed } = options
  const random = stream(seed, imputation)
  const effects = effectColumns(model, options)
  const beside = neighbourRows(model.entity, model.year)
  const years = effects.shared.length
  // One standard deviation of effects: see above.
  const priorOf = (column: number): number => (column === 0 ? CONSTANT_SD : column < years ? 1 : SLOPE_SD)
  const slopes = years + model.variables.length - 1 + (neighbours ? 1 : 0)
  const chains = model.variables.map((variable) =>
    begin(
      variable,
      model.entity,
      { own: new Float64Array(effects.own.length).fill(1), shared: Float64Array.from({ length: slopes }, (_, column) => priorOf(column)) },
      random
    )
  )
  // Those that lack least come first, as their values are known best (van Buuren 2018, 4.5).
  const order = chains.filter(({ missing }) => missing.length > 0).sort((a, b) => a.missing.length - b.missing.length)
  const points: Array<ChainPoint> = []
  const donorRows = new Map<string, Map<number, number>>()
  const clipped = new Map<string, number>()
  const entities = model.entity.reduce((most, code) => Math.max(most, code + 1), 0)
  const shared = [...effects.shared, ...chains.map(({ values }) => values)]
  const all = { entity: model.entity, entities, own: effects.own, shared }
  for (let iteration = 1; iteration <= iterations; iteration++) {
    // Anew in each sweep, so that rounding does not add up.
    const sums = sumsOf(all)
    for (const chain of order) {
      const { missing, observed, priorSd, values, variable } = chain
      const column = years + chains.indexOf(chain)
      const further = neighbours ? [neighbourValues(values, beside, 0)] : []
      const regressors = { ...all, shared: [...shared.filter((_, a) => a !== column), ...further] }
      const before = Float64Array.from(missing, (row) => values[row]!)
      const { draw, mean } = drawCoefficients(regressionSums(sums, all, column, chain, further), chain.variance, priorSd, random)
      const fitted = predict(regressors, draw, observed)
      const squares = fitted.reduce((sum, value, i) => sum + (values[observed[i]!]! - value) ** 2, 0)
      chain.variance = drawVariance(squares, observed.length, random)
      const { line, own } = effects
      if (line !== -1)
        priorSd.own[line] = drawLineSd(
          Float64Array.from({ length: entities }, (_, e) => draw.own[e * own.length + line]!),
          random
        )
      const predicted = predict(regressors, draw, missing)
      if (variable.method === "pmm") {
        const candidates = predict(regressors, mean, observed)
        const own = new Map<number, number>()
        missing.forEach((row, i) => {
          const donor = observed[drawDonor(candidates, predicted[i]!, donors, random)]!
          own.set(row, donor)
          values[row] = values[donor]!
        })
        donorRows.set(variable.name, own)
      } else {
        const sd = Math.sqrt(chain.variance)
        let outside = 0
        missing.forEach((row, i) => {
          const drawn = drawWithin(predicted[i]!, sd, chain, random)
          values[row] = drawn.value
          outside += drawn.clipped ? 1 : 0
        })
        clipped.set(variable.name, outside)
      }
      const [center, sd] = moments(missing.map((row) => chain.center + chain.scale * values[row]!))
      points.push({ variable: variable.name, iteration, mean: center, sd })
      replaceValues(sums, all, column, missing, before)
    }
  }
  const completed = new Map(
    chains.map(({ center, missing, scale, values, variable }) => {
      const whole = Float64Array.from(variable.values)
      const donated = donorRows.get(variable.name)
      for (const row of missing) {
        const donor = donated?.get(row)
        whole[row] =
          donor === undefined
            ? Math.min(Math.max(center + scale * values[row]!, variable.min ?? Number.NEGATIVE_INFINITY), variable.max ?? Number.POSITIVE_INFINITY)
            : variable.values[donor]!
      }
      return [variable.name, whole]
    })
  )
  return { completed, donorRows, chain: points, clipped: new Map([...clipped].filter(([, count]) => count > 0)) }
}
