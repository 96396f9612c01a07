import { stream } from "../stats/random.ts"
import { choose, drawSubset, subsets } from "../stats/subsets.ts"
import { Fault, type Warning } from "./fault.ts"
import { feSample } from "./fe-sample.ts"
import { groupPairs } from "./group-pairs.ts"
import { comparedTerms, type GroupedModel, groupedSample } from "./grouped-sample.ts"
import type { Test } from "./inference.ts"
import { pickRows } from "./panel-index.ts"
import { subSampleSlopes } from "./sub-sample-slopes.ts"

/** Two groups of entities whose labels are permuted. Entities are numbered as they are sorted by name. */
export interface PermutedPair {
  readonly entities: ReadonlyArray<string>
  /** The entities of the first group. */
  readonly first: Int32Array
  /** Slopes of the first group less those of the second, in the order of the regressors and controls, were these the first group; undefined where either cannot carry the model. */
  readonly difference: (first: ArrayLike<number>) => Float64Array | undefined
  /** How many ways there are to choose a first group of its size. */
  readonly arrangements: number
}

/** Differences of slopes over arrangements of labels; a column for each slope, NaN where an arrangement is singular. */
export interface PermutedDifferences {
  readonly columns: ReadonlyArray<Float64Array>
  readonly singular: number
}

/** Differences this close, as a share of the observed one or of the median, are equal: rounding depends on the order of sums. */
const TIE = 1e-10

/** The pair of groups `a` and `b` of a model. A Fault where one of them cannot carry it. */
export const permutedPair = (model: GroupedModel, a: number, b: number): PermutedPair => {
  const { index } = model
  const groupOf = (row: number): number => model.groups.of[index.entity[row]!]!
  const rows = Int32Array.from(index.entity.keys()).filter((row) => groupOf(row) === a || groupOf(row) === b)
  const sample = feSample(pickRows(index, rows))
  const pick = ({ name, values }: GroupedModel["dependent"]) => sample.pick({ name, values: Float64Array.from(rows, (row) => values[row]!) })
  const x = [...model.regressors, ...model.controls].map(pick)
  const { entities } = sample.absorber.index
  const slopes = subSampleSlopes(sample.absorber, pick(model.dependent), x)
  const codeOf = new Map(index.entities.map((name, code) => [name, code]))
  const codes = Int32Array.from(entities.keys())
  const members = (group: number): Int32Array => codes.filter((e) => model.groups.of[codeOf.get(entities[e]!)!] === group)
  const first = members(a)
  const singular = [a, b].filter((group) => slopes(members(group)) === undefined).map((group) => model.groups.names[group])
  if (singular.length > 0)
    throw new Fault(
      "group-collinear",
      `${singular.join(", ")}: entity effects, year effects and other regressors explain one of ${x.map(({ name }) => name).join(", ")} there, so that its labels cannot be permuted; leave that regressor out, or take the Wald test`
    )
  const inFirst = new Uint8Array(entities.length)
  return {
    entities,
    first,
    arrangements: choose(entities.length, first.length),
    difference: (chosen) => {
      inFirst.fill(0)
      for (let i = 0; i < chosen.length; i++) inFirst[chosen[i]!] = 1
      const own = slopes(chosen)
      const others = own === undefined ? undefined : slopes(codes.filter((e) => inFirst[e] === 0))
      return own === undefined || others === undefined ? undefined : own.map((value, j) => value - others[j]!)
    }
  }
}

const differences = (pair: PermutedPair, slopes: number, count: number, arrangement: (i: number) => ArrayLike<number>): PermutedDifferences => {
  const columns = Array.from({ length: slopes }, () => new Float64Array(count).fill(Number.NaN))
  let singular = 0
  for (let i = 0; i < count; i++) {
    const d = pair.difference(arrangement(i))
    if (d === undefined) singular++
    else for (const [j, column] of columns.entries()) column[i] = d[j]!
  }
  return { columns, singular }
}

const complement = (chosen: ArrayLike<number>, n: number): Int32Array => {
  const taken = new Set(Array.from(chosen))
  return Int32Array.from({ length: n }, (_, e) => e).filter((e) => !taken.has(e))
}

/**
 * Permutations `from`, …, `from + count - 1` of a pair's labels, group sizes kept: the i-th is made from stream (seed, i) and the same in any block. The smaller group
 * is drawn (of two of one size that with the first entity), so that it does not matter which of the two is called the first.
 */
export const permutedDifferences = (pair: PermutedPair, slopes: number, seed: number, from: number, count: number): PermutedDifferences => {
  const n = pair.entities.length
  const size = pair.first.length
  const drawFirst = size < n - size || (size === n - size && pair.first[0] === 0)
  return differences(pair, slopes, count, (i) => {
    const drawn = drawSubset(stream(seed, from + i), n, drawFirst ? size : n - size)
    return drawFirst ? drawn : complement(drawn, n)
  })
}

/** Every arrangement of a pair's labels, the observed one among them. */
export const enumeratedDifferences = (pair: PermutedPair, slopes: number): PermutedDifferences => {
  const all = subsets(pair.entities.length, pair.first.length)
  return differences(pair, slopes, pair.arrangements, () => all.next().value as Int32Array)
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
 * H0 is that labels say nothing: the entities of both groups are exchangeable. So a difference in the spread of regressors or errors can reject too; the Wald test is of
 * the coefficients alone, but wants many clusters in each group. Where an arrangement leaves a group that cannot carry the model, it is counted and told, and has
 * no part in p. A Fault where an observed group cannot carry it.
 */
export const groupPermutation = (
  model: GroupedModel,
  { permutations, seed, terms }: PermutationOptions
): { readonly tests: ReadonlyArray<Test>; readonly warnings: ReadonlyArray<Warning> } => {
  const { groups, warnings: told } = groupedSample(model, "all")
  const slopes = [...model.regressors, ...model.controls].map(({ name }) => name)
  const compared = comparedTerms(model, terms)
  const tests: Array<Test> = []
  const warnings: Array<Warning> = [...told]
  for (const { a, b, name } of groupPairs(groups)) {
    const pair = permutedPair(model, a, b)
    const observed = pair.difference(pair.first)!
    const drawn = pair.arrangements > permutations
    const { columns, singular } = drawn ? permutedDifferences(pair, slopes.length, seed, 0, permutations) : enumeratedDifferences(pair, slopes.length)
    const count = drawn ? permutations : pair.arrangements
    const lost = singular === 0 ? "" : `, less ${singular} that left a group without an estimate`
    if (singular > 0)
      warnings.push({
        code: "singular-permutations",
        message: `${name}: ${singular} of ${count} arrangements of the labels left a group that cannot carry the model; they have no part in p`
      })
    const note = drawn
      ? `H0: entities are exchangeable between the groups; labels of entities permuted ${count} times${lost}, p = (1 + #)/(1 + B)`
      : `H0: entities are exchangeable between the groups; all ${count} arrangements of their labels${lost}, p = #/${count - singular}`
    for (const term of compared) {
      const j = slopes.indexOf(term)
      const p = permutationP(observed[j]!, columns[j]!, drawn)
      const test = (kind: string, pValue: number): Test => ({ test: kind, variant: `${term}: ${name}`, statistic: observed[j]!, df: undefined, pValue, note })
      tests.push(test("permutation", p.twoSided), test("permutation_greater", p.greater), test("permutation_less", p.less))
    }
  }
  return { tests, warnings }
}
