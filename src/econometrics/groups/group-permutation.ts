import { stream } from "../../stats/random.ts"
import { choose, drawSubset, subsets } from "../../stats/subsets.ts"
import { Fault, type Warning } from "../fault.ts"
import type { Test } from "../linear/inference.ts"
import { feSample } from "../regression/fe-sample.ts"
import { pickRows } from "../sample/panel-index.ts"
import { groupPairs } from "./group-pairs.ts"
import { comparedTerms, type GroupedModel, groupedSample } from "./grouped-sample.ts"
import { subSampleFits } from "./sub-sample-fits.ts"

/** The difference of each compared slope, that of the first group less that of the second, and the same over its clustered standard error. */
interface Comparison {
  readonly differences: Float64Array
  /** d / sqrt(V_a + V_b), V each group's variance clustered by entity; NaN where that is nothing but rounding. */
  readonly statistics: Float64Array
}

/** Two groups of entities whose labels are permuted. Entities are numbered as they are sorted by name. */
export interface PermutedPair {
  readonly entities: ReadonlyArray<string>
  /** The entities of the first group. */
  readonly first: Int32Array
  /** What would be, were these the first group; undefined where either cannot carry the model. */
  readonly compare: (first: ArrayLike<number>) => Comparison | undefined
  /** How many ways there are to choose a first group of its size. */
  readonly arrangements: number
  readonly terms: ReadonlyArray<string>
}

/** Comparisons over arrangements of labels: a column for each term, NaN where an arrangement has none. */
export interface Permuted {
  readonly differences: ReadonlyArray<Float64Array>
  readonly statistics: ReadonlyArray<Float64Array>
}

/** Differences this close, as a share of the observed one or of the median, are equal: rounding depends on the order of sums. */
const TIE = 1e-10

/** The pair of groups `a` and `b` of a model, for the coefficients of these terms. A Fault where one of them cannot carry the model. */
export const permutedPair = (model: GroupedModel, a: number, b: number, terms: ReadonlyArray<string>): PermutedPair => {
  const { index } = model
  const groupOf = (row: number): number => model.groups.of[index.entity[row]!]!
  const rows = Int32Array.from(index.entity.keys()).filter((row) => groupOf(row) === a || groupOf(row) === b)
  const sample = feSample(pickRows(index, rows))
  const pick = ({ name, values }: GroupedModel["dependent"]) => sample.pick({ name, values: Float64Array.from(rows, (row) => values[row]!) })
  const x = [...model.regressors, ...model.controls].map(pick)
  const { entities } = sample.absorption.index
  const tested = terms.map((term) => x.findIndex(({ name }) => name === term))
  const estimate = subSampleFits(sample, pick(model.dependent), x, tested)
  const codeOf = new Map(index.entities.map((name, code) => [name, code]))
  const inGroup = (group: number): Uint8Array => Uint8Array.from(entities, (name) => (model.groups.of[codeOf.get(name)!] === group ? 1 : 0))
  const singular = [a, b].filter((group) => estimate(inGroup(group)) === undefined).map((group) => model.groups.names[group])
  if (singular.length > 0)
    throw new Fault(
      "group-collinear",
      `${singular.join(", ")}: entity effects, year effects and other regressors explain one of ${x.map(({ name }) => name).join(", ")} there, so that its labels cannot be permuted; leave that regressor out, or take the Wald test`
    )
  const observed = inGroup(a)
  const first = Int32Array.from(entities.keys()).filter((e) => observed[e] === 1)
  const inFirst = new Uint8Array(entities.length)
  const inSecond = new Uint8Array(entities.length)
  return {
    entities,
    first,
    arrangements: choose(entities.length, first.length),
    terms,
    compare: (chosen) => {
      inFirst.fill(0)
      inSecond.fill(1)
      for (let i = 0; i < chosen.length; i++) {
        inFirst[chosen[i]!] = 1
        inSecond[chosen[i]!] = 0
      }
      const own = estimate(inFirst)
      const others = own === undefined ? undefined : estimate(inSecond)
      if (own === undefined || others === undefined) return undefined
      const differences = own.slopes.map((slope, i) => slope - others.slopes[i]!)
      return { differences, statistics: differences.map((d, i) => d / Math.sqrt(own.variances[i]! + others.variances[i]!)) }
    }
  }
}

const comparisons = (pair: PermutedPair, count: number, arrangement: (i: number) => ArrayLike<number>): Permuted => {
  const columns = () => pair.terms.map(() => new Float64Array(count).fill(Number.NaN))
  const permuted = { differences: columns(), statistics: columns() }
  for (let i = 0; i < count; i++) {
    const found = pair.compare(arrangement(i))
    if (found === undefined) continue
    for (let j = 0; j < pair.terms.length; j++) {
      permuted.differences[j]![i] = found.differences[j]!
      permuted.statistics[j]![i] = found.statistics[j]!
    }
  }
  return permuted
}

const complement = (chosen: ArrayLike<number>, n: number): Int32Array => {
  const taken = new Set(Array.from(chosen))
  return Int32Array.from({ length: n }, (_, e) => e).filter((e) => !taken.has(e))
}

/**
 * Permutations `from`, …, `from + count - 1` of a pair's labels, group sizes kept: the i-th is made from stream (seed, i) and the same in any block. The smaller group
 * is drawn (of two of one size that with the first entity), so that it does not matter which of the two is called the first.
 */
export const drawnPermutations = (pair: PermutedPair, seed: number, from: number, count: number): Permuted => {
  const n = pair.entities.length
  const size = pair.first.length
  const drawFirst = size < n - size || (size === n - size && pair.first[0] === 0)
  return comparisons(pair, count, (i) => {
    const drawn = drawSubset(stream(seed, from + i), n, drawFirst ? size : n - size)
    return drawFirst ? drawn : complement(drawn, n)
  })
}

/** Every arrangement of a pair's labels, the observed one among them. */
export const allPermutations = (pair: PermutedPair): Permuted => {
  const all = subsets(pair.entities.length, pair.first.length)
  return comparisons(pair, pair.arrangements, () => all.next().value as Int32Array)
}

/**
 * p-values of an observed difference among permuted ones (NaN ones aside): two-sided, P(|d*| >= |d|), and one-sided. `drawn`: the permutations are a random sample, and the
 * observed arrangement counts as one more, p = (1 + #)/(1 + B); otherwise they are all that there are, p = #/B.
 */
export const permutationP = (
  observed: number,
  permuted: Float64Array,
  drawn: boolean
): { readonly twoSided: number; readonly greater: number; readonly less: number } => {
  const sizes = permuted
    .filter((d) => !Number.isNaN(d))
    .map(Math.abs)
    .sort()
  const slack = TIE * Math.max(Math.abs(observed), sizes[sizes.length >> 1] ?? 0)
  let [count, twoSided, greater, less] = drawn ? [1, 1, 1, 1] : [0, 0, 0, 0]
  for (const d of permuted) {
    if (Number.isNaN(d)) continue
    count++
    if (Math.abs(d) >= Math.abs(observed) - slack) twoSided++
    if (d >= observed - slack) greater++
    if (d <= observed + slack) less++
  }
  return { twoSided: twoSided / count, greater: greater / count, less: less / count }
}

export interface PermutationOptions {
  readonly seed: number
  /** How many permutations are drawn; where there are no more arrangements than this, all of them are taken instead. */
  readonly permutations: number
  /** The regressors or controls that are compared; without it, the regressors. */
  readonly terms?: ReadonlyArray<string> | undefined
}

/**
 * Fisher's permutation test of the difference of coefficients between each pair of groups (Cleary 1999, The Journal of Finance 54(2); `bdiff` in Stata): the model, with
 * slopes and year effects of its own, is fitted in both groups; then entities' labels are permuted, an entity keeping all its years and a group its
 * number of entities, and both are fitted again.
 *
 * The p of the difference itself is exact where entities of both groups are exchangeable: a difference in the spread of regressors or errors can reject too. So
 * the difference over its clustered standard error is permuted beside it (`permutation_t`): as exact there, and for many entities in each group a test that the
 * coefficients are equal, whatever else differs (Janssen 1997; Chung and Romano 2013, The Annals of Statistics 41(2)).
 *
 * Where an arrangement leaves a group that cannot carry the model, it is counted and told, and has no part in p. A Fault where an observed group cannot carry it.
 */
export const groupPermutation = (
  model: GroupedModel,
  { permutations, seed, terms: given }: PermutationOptions
): { readonly tests: ReadonlyArray<Test>; readonly warnings: ReadonlyArray<Warning> } => {
  const wrong = [
    ...(Number.isInteger(permutations) && permutations >= 1 ? [] : [`${permutations} permutations: a whole number, from 1`]),
    ...(Number.isSafeInteger(seed) && seed >= 0 ? [] : [`the seed is a whole number from 0 to 2^53 - 1, not ${seed}`])
  ]
  if (wrong.length > 0) throw new Fault("permutations", wrong.join("; "))
  const { groups, warnings: told } = groupedSample(model, "all")
  const terms = comparedTerms(model, given)
  const tests: Array<Test> = []
  const warnings: Array<Warning> = [...told]
  for (const { a, b, name } of groupPairs(groups)) {
    const pair = permutedPair(model, a, b, terms)
    const observed = pair.compare(pair.first)!
    const drawn = pair.arrangements > permutations
    const permuted = drawn ? drawnPermutations(pair, seed, 0, permutations) : allPermutations(pair)
    const count = drawn ? permutations : pair.arrangements
    const without = (column: Float64Array): number => column.reduce((n, value) => n + (Number.isNaN(value) ? 1 : 0), 0)
    const singular = without(permuted.differences[0]!)
    if (singular > 0)
      warnings.push({
        code: "singular-permutations",
        message: `${name}: ${singular} of ${count} arrangements of the labels left a group that cannot carry the model; they have no part in p`
      })
    const noteOf = (hypothesis: string, column: Float64Array): string => {
      const lost = without(column)
      const less = lost === 0 ? "" : `, less ${lost} that left a group without an estimate`
      return drawn
        ? `${hypothesis}; labels of entities permuted ${count} times${less}, p = (1 + #)/(1 + B)`
        : `${hypothesis}; all ${count} arrangements of entities' labels${less}, p = #/${count - lost}`
    }
    for (const [j, term] of terms.entries()) {
      const d = observed.differences[j]!
      const t = observed.statistics[j]!
      const test = (kind: string, statistic: number, pValue: number | undefined, note: string): Test => ({
        test: kind,
        variant: `${term}: ${name}`,
        statistic: Number.isNaN(statistic) ? undefined : statistic,
        df: undefined,
        pValue,
        note
      })
      const p = permutationP(d, permuted.differences[j]!, drawn)
      const note = noteOf("H0: entities are exchangeable between the groups", permuted.differences[j]!)
      tests.push(
        test("permutation", d, p.twoSided, note),
        test("permutation_greater", d, p.greater, note),
        test("permutation_less", d, p.less, note),
        Number.isNaN(t)
          ? test(
              "permutation_t",
              t,
              undefined,
              "not defined: a variance clustered by entity needs three entities in each group, and a regressor that varies in two"
            )
          : test(
              "permutation_t",
              t,
              permutationP(t, permuted.statistics[j]!, drawn).twoSided,
              noteOf("H0: equal coefficients; the difference over its standard error, clustered by entity in each group", permuted.statistics[j]!)
            )
      )
    }
  }
  return { tests, warnings }
}
