import { clusterCrossProducts, nestedCoefficients, replicate } from "./cluster-bootstrap.ts"
import { type Effect, effectName } from "./effect.ts"
import type { Warning } from "./fault.ts"
import { feSample, independent, type Variable } from "./fe-sample.ts"
import { interaction, interactionScale } from "./interaction.ts"
import type { MediationModel } from "./mediation.ts"
import { conditionalTerm, contrasts, type ModerationModel, moderatorValues, PERCENTILES } from "./moderation.ts"
import type { PanelIndex } from "./panel-index.ts"

/** Which replicates of which seed: numbers from, …, from + count - 1. Replicate i is the same whatever block it is computed in. */
export interface Block {
  readonly seed: number
  readonly from: number
  readonly count: number
}

export interface ReplicateColumns {
  /** By `effectName`, each of `count` values; NaN where the resample's design is singular. */
  readonly columns: ReadonlyMap<string, Float64Array>
  readonly warnings: ReadonlyArray<Warning>
}

const named = (effects: ReadonlyArray<Pick<Effect, "effect" | "term">>, columns: ReadonlyArray<Float64Array>): ReadonlyMap<string, Float64Array> =>
  new Map(effects.map((effect, i) => [effectName(effect), columns[i]!]))

/**
 * Cross-products of [controls | regressors | outcome]: the regressors of interest come last among those of their equation, so that one factor solves
 * all equations. Controls that are collinear in the sample are dropped as `within` drops them.
 */
const prepare = (index: PanelIndex, controls: ReadonlyArray<Variable>, regressors: ReadonlyArray<Variable>, outcome: Variable) => {
  const sample = feSample(index)
  const essential = regressors.map(({ name }) => name)
  const { variables, warnings } = independent(sample, [...regressors, ...controls].map(sample.pick), essential)
  const kept = variables.slice(regressors.length)
  const cross = clusterCrossProducts(sample, [...kept, ...variables.slice(0, regressors.length), sample.pick(outcome)])
  return { cross, first: kept.length, warnings: [...sample.warnings, ...warnings] }
}

/**
 * Pairs cluster bootstrap of a mediation: entities are drawn with replacement, each draw a new entity, and both equations refitted with entity and
 * year effects. Effects as `mediation` names them.
 */
export const mediationReplicates = (
  index: PanelIndex,
  { controls, mediator, outcome, treatment }: MediationModel,
  { count, from, seed }: Block
): ReplicateColumns => {
  const { cross, first: x, warnings } = prepare(index, controls, [treatment, mediator], outcome)
  const [u, y] = [x + 1, x + 2] as const
  const term = treatment.name
  const columns = replicate(
    cross,
    3,
    (factor) => {
      const b1 = nestedCoefficients(cross, factor, u, x + 1, 1)[0]!
      const [g1, g2] = nestedCoefficients(cross, factor, y, u + 1, 2) as unknown as [number, number]
      return [b1 * g2, g1, g1 + b1 * g2]
    },
    seed,
    from,
    count
  )
  return {
    columns: named(
      [
        { term, effect: "indirect" },
        { term, effect: "direct" },
        { term, effect: "total" }
      ],
      columns
    ),
    warnings
  }
}

/**
 * The same for a moderated mediation: the conditional effects of eq. 7 and the joint equation at the sample's percentiles of the moderator (held fixed),
 * and their differences, as `moderation` names them.
 */
export const moderationReplicates = (
  index: PanelIndex,
  { controls, mediator, moderator, outcome, treatment }: ModerationModel,
  { count, from, seed }: Block,
  percentiles: ReadonlyArray<number> = PERCENTILES
): ReplicateColumns => {
  // Products of centred variables keep the cross-products well conditioned; conditional effects do not depend on the centres.
  const products = [interaction(treatment, moderator, "centred"), interaction(mediator, moderator, "centred")] as const
  const { centre } = interactionScale("centred", moderator.values)
  const { cross, first: at, warnings } = prepare(index, controls, [moderator, treatment, products[0], mediator, products[1]], outcome)
  const values = moderatorValues(moderator, percentiles)
  const pairs = contrasts(values)
  const terms = [
    ...values.map((v) => conditionalTerm(treatment.name, moderator.name, v)),
    ...pairs.map(([later, earlier]) => conditionalTerm(treatment.name, moderator.name, later, earlier))
  ]
  const effects = (["indirect", "direct"] as const).flatMap((effect) => terms.map((term) => ({ term, effect })))
  const columns = replicate(
    cross,
    effects.length,
    (factor) => {
      const [a1, a3] = nestedCoefficients(cross, factor, at + 3, at + 3, 2) as unknown as [number, number]
      const [c1, c3, b1, b3] = nestedCoefficients(cross, factor, at + 5, at + 5, 4) as unknown as [number, number, number, number]
      const indirect = (m: number): number => (a1 + a3 * (m - centre)) * (b1 + b3 * (m - centre))
      return [
        ...values.map(({ value }) => indirect(value)),
        ...pairs.map(([later, earlier]) => indirect(later.value) - indirect(earlier.value)),
        ...values.map(({ value }) => c1 + c3 * (value - centre)),
        ...pairs.map(([later, earlier]) => c3 * (later.value - earlier.value))
      ]
    },
    seed,
    from,
    count
  )
  return { columns: named(effects, columns), warnings }
}
