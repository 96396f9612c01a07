import { leastSquares, qr, residuals } from "../../linalg/qr.ts"
import { Fault } from "../fault.ts"

/** A dimension of choice: what was chosen in each specification. */
export interface Choice {
  readonly name: string
  readonly options: ReadonlyArray<string>
}

/** How much of the variation of the estimates a choice, or two together, make. */
export interface ChoiceEffect {
  readonly choices: ReadonlyArray<string>
  readonly sumOfSquares: number
  /** Of the total sum of squares; 0 where the estimates do not vary. */
  readonly share: number
}

/** The mean estimate under an option. */
export interface OptionMean {
  readonly choice: string
  readonly option: string
  readonly specifications: number
  readonly mean: number
}

export interface ChoiceDecomposition {
  /** anova: every combination of options occurs as often; shapley: the average over all orders in which the choices are taken. */
  readonly method: "anova" | "shapley"
  readonly total: number
  readonly main: ReadonlyArray<ChoiceEffect>
  /** Of anova: two choices together beyond each alone. */
  readonly interactions: ReadonlyArray<ChoiceEffect>
  /** What is left: interactions of three and more choices, or of shapley all interactions. */
  readonly rest: ChoiceEffect
  readonly options: ReadonlyArray<OptionMean>
}

/** Beyond it 2^k regressions are too many. */
const MOST_CHOICES = 12

const groupSums = (y: Float64Array, keys: ReadonlyArray<string>): Map<string, { sum: number; count: number }> => {
  const groups = new Map<string, { sum: number; count: number }>()
  for (const [i, key] of keys.entries()) {
    const group = groups.get(key) ?? { sum: 0, count: 0 }
    group.sum += y[i]!
    group.count++
    groups.set(key, group)
  }
  return groups
}

/** sum over groups of n_g mean_g^2, y having mean zero. */
const between = (y: Float64Array, keys: ReadonlyArray<string>): number =>
  [...groupSums(y, keys).values()].reduce((total, { count, sum }) => total + (sum * sum) / count, 0)

const joined = (a: Choice, b: Choice): ReadonlyArray<string> => a.options.map((option, i) => JSON.stringify([option, b.options[i]!]))

/** Whether every combination of options occurs, and all as often: then effects are orthogonal, and their sums of squares add up. */
const isFactorial = (choices: ReadonlyArray<Choice>, n: number): boolean => {
  const levels = choices.map(({ options }) => new Set(options).size)
  const cells = levels.reduce((product, count) => product * count, 1)
  if (n % cells !== 0) return false
  const keys = Array.from({ length: n }, (_, i) => JSON.stringify(choices.map(({ options }) => options[i]!)))
  const counts = Map.groupBy(keys, (key) => key)
  return counts.size === cells && [...counts.values()].every((own) => own.length === n / cells)
}

/** The sum of squares that dummies of some choices explain, by least squares. */
const explained = (y: Float64Array, chosen: ReadonlyArray<Choice>): number => {
  const columns = [new Float64Array(y.length).fill(1)]
  for (const { options } of chosen)
    for (const option of [...new Set(options)].slice(1)) columns.push(Float64Array.from(options, (one) => (one === option ? 1 : 0)))
  const factored = qr(columns)
  leastSquares(factored, y)
  return y.reduce((sum, value) => sum + value * value, 0) - residuals(factored, y).reduce((sum, value) => sum + value * value, 0)
}

/** Shapley values of the choices' explained sums of squares (Lindeman, Merenda and Gold 1980; Grömping 2007): each choice's addition, averaged over all orders. */
const shapley = (y: Float64Array, choices: ReadonlyArray<Choice>): ReadonlyArray<number> => {
  const k = choices.length
  const worth = Float64Array.from({ length: 2 ** k }, (_, set) =>
    explained(
      y,
      choices.filter((__, j) => (set >> j) & 1)
    )
  )
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  return choices.map((_, j) => {
    let value = 0
    for (let set = 0; set < 2 ** k; set++) {
      if ((set >> j) & 1) continue
      const before = set.toString(2).replaceAll("0", "").length
      value += ((factorial(before) * factorial(k - before - 1)) / factorial(k)) * (worth[set | (1 << j)]! - worth[set]!)
    }
    return value
  })
}

/**
 * How much each choice moves the estimates: sums of squares of the analysis of variance, main effects and interactions of two, where the specifications are a full factorial;
 * where some combinations are missing or more often, Shapley values of R^2 times the total (LMG), which add up whatever the choices have in common. A choice with one option is none. A
 * Fault `choices` where lengths differ, or there are more than 12 choices.
 */
export const decomposeChoices = (estimates: Float64Array, all: ReadonlyArray<Choice>): ChoiceDecomposition => {
  const n = estimates.length
  const wrong = all.find(({ options }) => options.length !== n)
  if (wrong !== undefined) throw new Fault("choices", `${wrong.name} has ${wrong.options.length} options for ${n} estimates: give one for each`)
  const choices = all.filter(({ options }) => new Set(options).size > 1)
  if (choices.length > MOST_CHOICES)
    throw new Fault("choices", `${choices.length} choices vary, and ${MOST_CHOICES} are the most whose orders can be gone through: leave some out`)
  const mean = estimates.reduce((sum, value) => sum + value, 0) / n
  const y = estimates.map((value) => value - mean)
  const total = y.reduce((sum, value) => sum + value * value, 0)
  const effect = (names: ReadonlyArray<string>, sumOfSquares: number): ChoiceEffect => {
    // What rounding leaves of nothing is nothing.
    const value = sumOfSquares > 1e-12 * total ? sumOfSquares : 0
    return { choices: names, sumOfSquares: value, share: total === 0 ? 0 : value / total }
  }
  const options = choices.flatMap(({ name, options: own }) =>
    [...groupSums(estimates, own)].map(([option, { count, sum }]) => ({ choice: name, option, specifications: count, mean: sum / count }))
  )
  const method = isFactorial(choices, n) ? "anova" : "shapley"
  const alone = method === "anova" ? choices.map(({ options: own }) => between(y, own)) : shapley(y, choices)
  const main = choices.map(({ name }, j) => effect([name], alone[j]!))
  const interactions =
    method === "shapley"
      ? []
      : choices.flatMap((a, i) => choices.slice(i + 1).map((b, j) => effect([a.name, b.name], between(y, joined(a, b)) - alone[i]! - alone[i + 1 + j]!)))
  const told = [...main, ...interactions].reduce((sum, { sumOfSquares }) => sum + sumOfSquares, 0)
  return { method, total, main, interactions, rest: effect([], total - told), options }
}
