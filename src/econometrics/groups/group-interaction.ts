import { submatrix } from "../../linalg/cross-product.ts"
import { chi2Upper, fUpper } from "../../stats/distributions.ts"
import type { Warning } from "../fault.ts"
import { type Inference, infer, type Test } from "../linear/inference.ts"
import { type FixedEffectsFit, fixedEffects } from "../regression/fixed-effects.ts"
import type { Variable } from "../sample/variable.ts"
import { FEW_CLUSTERS } from "../variance/few-clusters.ts"
import type { SmallSample } from "../variance/small-sample.ts"
import { waldStatistic } from "../variance/wald.ts"
import { groupPairs } from "./group-pairs.ts"
import { comparedTerms, type Group, type GroupedModel, type GroupedSample, groupedSample, type Interacted } from "./grouped-sample.ts"

export interface GroupInteractionOptions {
  readonly interact?: Interacted | undefined
  readonly smallSample?: SmallSample | undefined
  readonly tolerance?: number | undefined
  readonly level?: number | undefined
  /** The regressors or controls whose equality is tested; without it, the regressors. */
  readonly terms?: ReadonlyArray<string> | undefined
}

export interface GroupInteractionFit {
  readonly fit: FixedEffectsFit
  /** Each group with its own coefficients. */
  readonly groups: ReadonlyArray<Group & { readonly inference: Inference }>
  /** Of controls that the groups share. */
  readonly shared: Inference | undefined
  readonly tests: ReadonlyArray<Test>
  readonly warnings: ReadonlyArray<Warning>
}

/** With year effects of their own, two entities' deviations are each other's negatives, and scores of clusters are zero. */
const LEAST_ENTITIES: Readonly<Record<Interacted, number>> = { all: 3, regressors: 2 }

const fewClusters = (groups: ReadonlyArray<Group>): ReadonlyArray<Warning> =>
  groups
    .filter(({ entities }) => entities < FEW_CLUSTERS)
    .map(({ entities, name }) => ({
      code: "few-clusters",
      message: `${name} has ${entities} clusters (by entity): with fewer than ${FEW_CLUSTERS} in a group, the clustered variance of its coefficients is too small and Wald tests of differences from it reject too often; hold them against permutation_t`
    }))

/** The name of a term's coefficient in a group. */
const groupTerm = (term: string, group: string): string => `${term} | ${group}`

/**
 * The variable in one group and zero elsewhere, its mean in the group taken off first: entity effects take that off in any case, and a column that jumps from a
 * high level to zero would hide how little it varies.
 */
const inGroup = ({ name, values }: Variable, { groupOf, groups }: GroupedSample, g: number): Variable => {
  let sum = 0
  for (let i = 0; i < values.length; i++) if (groupOf[i] === g) sum += values[i]!
  const mean = sum / groups[g]!.rows
  return { name: groupTerm(name, groups[g]!.name), values: values.map((value, i) => (groupOf[i] === g ? value - mean : 0)) }
}

/** V of R b, R taking the coefficient at each of `others` less that at `first`. */
const contrastVariance = (v: Float64Array, size: number, first: number, others: ReadonlyArray<number>): Float64Array => {
  const at = [first, ...others]
  const block = submatrix(v, size, at)
  const n = at.length
  const q = others.length
  const of = (i: number, j: number): number => block[i * n + j]!
  return Float64Array.from({ length: q * q }, (_, c) => {
    const [i, j] = [Math.floor(c / q) + 1, (c % q) + 1]
    return of(i, j) - of(i, 0) - of(0, j) + of(0, 0)
  })
}

/**
 * Do a regressor's coefficients differ between groups of entities? Two-way fixed effects with the regressors multiplied by the groups' dummies:
 *
 * y_it = x_it'b_g(i) + u_i + v_g(i)t + e_it.
 *
 * With `interact: "all"` (the default) all slopes and the year effects are the groups' own, so that each b_g is that of the group's sub-sample. The variance
 * is clustered by entity over all groups together, G/(G - 1) (n - 1)/(n - K) with G the entities of all groups and K by `smallSample` (`xtreg`: slopes, year
 * effects of all groups less one in each, the constant). Groups have no entity in common, so that a pair's variance is V_a + V_b: Stata's `suest` of
 * the sub-samples, up to the factor. With "regressors" only the named regressors have coefficients by group (Stata `xtreg y c.x#i.g z i.year, fe vce(cluster id)`).
 *
 * H0: b_g equal in all groups, and in each pair. Wald statistics as F(q, G - 1) and as chi2(q); of a pair F is the square of the interaction's t.
 * Missing where the variance of the contrasts is not invertible. A Fault where a group cannot carry its part (`groupedSample`), or where effects and other
 * regressors explain a tested regressor in a group.
 */
export const groupInteraction = (model: GroupedModel, options: GroupInteractionOptions = {}): GroupInteractionFit => {
  const interacted = options.interact ?? "all"
  const sample = groupedSample(model, interacted, LEAST_ENTITIES[interacted])
  const { groups } = sample
  const own = (interacted === "all" ? [...model.regressors, ...model.controls] : model.regressors).map(sample.pick)
  const shared = interacted === "all" ? [] : model.controls.map(sample.pick)
  const terms = comparedTerms(interacted === "all" ? model : { ...model, controls: [] }, options.terms)
  const fit = fixedEffects(
    {
      dependent: sample.pick(model.dependent),
      regressors: [...groups.flatMap((_, g) => own.map((variable) => inGroup(variable, sample, g))), ...shared],
      effects: sample.effects
    },
    {
      variance: { kind: "cluster", by: ["entity"] },
      smallSample: options.smallSample,
      tolerance: options.tolerance,
      essential: groups.flatMap(({ name }) => terms.map((term) => groupTerm(term, name)))
    }
  )
  const size = fit.terms.length
  const { matrix, df, smallSample } = fit.covariance
  const inferenceOf = (names: ReadonlyArray<string>, columns: ReadonlyArray<string>): Inference => {
    const kept = columns.map((name) => fit.terms.indexOf(name)).flatMap((at, i) => (at < 0 ? [] : [{ at, name: names[i]! }]))
    return infer(
      kept.map(({ name }) => name),
      Float64Array.from(kept, ({ at }) => fit.coefficients[at]!),
      kept.map(({ at }) => matrix[at * size + at]!),
      df[0]!,
      options.level
    )
  }
  const numbers = Object.entries(smallSample.numbers).map(([letter, value]) => `${letter} = ${value}`)
  const convention = `${fit.covariance.name}, ${smallSample.formula} (${numbers.join(", ")})`
  const ofWhat = interacted === "all" ? "slopes and year effects of each group its own" : "controls and year effects shared by the groups"

  const few = groups.some(({ entities }) => entities < FEW_CLUSTERS) ? `, and with fewer than ${FEW_CLUSTERS} in a group the test rejects too often` : ""
  const clusters = `clusters: ${groups.map(({ entities, name }) => `${entities} in ${name}`).join(", ")}${few}`

  const wald = (term: string, compared: ReadonlyArray<number>, variant: string): ReadonlyArray<Test> => {
    const [first, ...others] = compared.map((g) => fit.terms.indexOf(groupTerm(term, groups[g]!.name)))
    const q = others.length
    const statistic = waldStatistic(
      Float64Array.from(others, (at) => fit.coefficients[at]! - fit.coefficients[first!]!),
      contrastVariance(matrix, size, first!, others),
      fit.covariance.rank
    )
    const note = Number.isNaN(statistic)
      ? `not defined: the variance of ${q} differences is not invertible with these ${clusters}`
      : `H0: equal coefficients, ${ofWhat}; ${convention}; ${clusters}`
    const test = (name: string, value: number, df2: number | undefined, pValue: number): Test => ({
      test: name,
      variant,
      statistic: value,
      df: q,
      df2,
      pValue,
      note
    })
    const df2 = df[0]!
    return [test("difference_f", statistic / q, df2, fUpper(statistic / q, q, df2)), test("difference_chi2", statistic, undefined, chi2Upper(statistic, q))]
  }
  const everyGroup = groups.map((_, g) => g)
  return {
    fit,
    groups: groups.map((group) => ({
      ...group,
      inference: inferenceOf(
        own.map(({ name }) => name),
        own.map(({ name }) => groupTerm(name, group.name))
      )
    })),
    shared:
      shared.length === 0
        ? undefined
        : inferenceOf(
            shared.map(({ name }) => name),
            shared.map(({ name }) => name)
          ),
    tests: terms.flatMap((term) => [
      ...(groups.length > 2 ? wald(term, everyGroup, `${term}: all groups`) : []),
      ...groupPairs(groups).flatMap(({ a, b, name }) => wald(term, [a, b], `${term}: ${name}`))
    ]),
    warnings: [...sample.warnings, ...fit.warnings, ...fewClusters(groups)]
  }
}
