/** The nodes of a comparison: every indicator set, weighting and aggregation, every specification in every sample, and what they come to. */
import type { Builder, Output } from "@sediment/sediment"
import { assemble } from "../assemble.ts"
import { indexNode, weightsNode } from "../index-nodes.ts"
import { IndicatorSet } from "../indicator-set.ts"
import { fe2sls } from "../models/fe-2sls.ts"
import { fixedEffects } from "../models/fixed-effects.ts"
import { randomEffects } from "../models/random-effects.ts"
import { within } from "../models/within.ts"
import { normalize } from "../normalize.ts"
import { subset } from "../subset.ts"
import type { Entities, Estimates, Glance, Panel } from "../table-types.ts"
import { blockOf, type Comparison, type SpecificationChoice } from "./comparison-file.ts"
import { comparisonResults } from "./comparison-results.ts"
import { curveInference } from "./curve-inference.ts"
import { indexUncertainty } from "./index-uncertainty.ts"
import { rankStability } from "./rank-stability.ts"
import { specificationCurve } from "./specification-curve.ts"
import { specificationReplicates } from "./specification-replicates.ts"

/** What a study has that a comparison is made of. */
export interface ComparedData {
  /** The complete columns of all indicator sets. */
  readonly indicators: Output<typeof Panel>
  /** Panels that have the regressors; none of them the index. */
  readonly panels: ReadonlyArray<Output<typeof Panel>>
  readonly entities: Output<typeof Entities>
}

interface Model {
  readonly coefficients: Output<typeof Estimates>
  readonly glance: Output<typeof Glance>
}

/** The terms of a specification. */
const termsOf = ({ controls, treatment }: Comparison, specification: SpecificationChoice) => ({
  treatment: specification.treatment ?? treatment,
  controls: [...controls.filter((term) => !specification.without.includes(term)), ...specification.with]
})

const modelNode = (
  dag: Builder,
  panel: Output<typeof Panel>,
  dependent: string,
  comparison: Comparison,
  specification: SpecificationChoice,
  rows: { readonly years?: { readonly from: number; readonly to: number }; readonly sample: string }
): Model => {
  const { controls, treatment } = termsOf(comparison, specification)
  const { effects, estimator, instrument } = specification
  const name = "compared-model"
  if (estimator === "fe-2sls")
    return dag.node(
      name,
      fe2sls,
      { panel },
      { dependent, endogenous: treatment, controls, ...(instrument === undefined ? {} : { instruments: [instrument] as const }), ...rows }
    )
  const both = new Set(effects).size === 2
  const model = { dependent, regressors: [treatment] as const, controls, ...rows }
  if (estimator === "random-effects") return dag.node(name, randomEffects, { panel }, { ...model, yearDummies: both })
  if (both) return dag.node(name, within, { panel }, model)
  return dag.node(name, fixedEffects, { panel }, { ...model, effects: [...new Set(effects)], variance: { kind: "cluster", by: ["entity"] } })
}

/** Whether anything of an index's making is left to chance. */
const isUncertain = ({ aggregations, leaveOneOut, normalisations, weights }: Exclude<Comparison["uncertainty"], "none">, weightings: number): boolean =>
  leaveOneOut || weights !== "fixed" || [normalisations.length, aggregations.length, weightings].some((count) => count > 1)

/**
 * Places the nodes of a comparison, a map over indicator sets, weightings, aggregations, samples and specifications, called `compared-…[set weighting aggregation sample specification]`, and what they
 * come to, called `comparison-…`: ranks and their stability, the specification curve with its joint inference, the uncertainty of each set's index, tables and a figure. What it gives is
 * what `sediment compare` brings up to date; a study that does not return it does not run it by `sediment run`.
 */
export const compareNodes = (dag: Builder, comparison: Comparison, { entities, indicators, panels }: ComparedData) => {
  const { aggregations, ranks, replicates, samples, significance, specifications, uncertainty, units, weightings } = comparison
  const block = blockOf(comparison)
  const blocks = Array.from({ length: replicates === 0 ? 0 : replicates / block }, (_, i) => i * block)
  const sets = dag.map(comparison.indicators, (path, one, setName) => {
    const set = dag.data(`comparison-${setName}`, path, IndicatorSet)
    const normalized = one.node("compared-normalized", normalize, { panel: indicators }, { indicators: set.indicators })
    const byWeighting = one.map(weightings, (weighting, two) => {
      const { weighting: _, ...unweighted } = set
      const weighted: IndicatorSet = weighting === "own" ? set : { ...unweighted, weighting }
      const weights = weightsNode(two, "compared-weights", normalized, weighted)
      const byAggregation = two.map(aggregations, (aggregation, three) => {
        const { aggregation: __, ...rest } = weighted
        const index = indexNode(three, "compared-index", { normalized, weights }, aggregation === "own" ? weighted : { ...rest, aggregation })
        const panel = three.node("compared-panel", assemble, { panels: [index, ...panels] })
        const drawn = three.map(samples, ({ where }, four) =>
          where === undefined ? panel : four.node("compared-sample", subset, { panel, entities }, { where })
        )
        const models = three.map(samples, ({ years }, four, sample) =>
          four.map(specifications, (specification, five) =>
            modelNode(five, drawn[sample]!, set.index, comparison, specification, { sample, ...(years === undefined ? {} : { years }) })
          )
        )
        return { index, drawn, models }
      })
      return { weights, byAggregation }
    })
    const indices = Object.entries(byWeighting).flatMap(([weighting, { byAggregation }]) =>
      Object.entries(byAggregation).map(([aggregation, own]) => ({ key: [setName, weighting, aggregation] as const, outcome: set.index, ...own }))
    )
    return { set, normalized, weights: Object.entries(byWeighting).map(([name, { weights }]) => ({ name, weights })), indices }
  })
  const indices = Object.values(sets).flatMap((own) => own.indices)
  const indexChoices = ([set, weighting, aggregation]: readonly [string, string, string]) =>
    [
      ["indicators", set],
      ["weighting", weighting],
      ["aggregation", aggregation]
    ] as const

  const stability = dag.node(
    "comparison-ranks",
    rankStability,
    { indices: indices.map(({ index }) => index) },
    {
      indices: indices.map(({ key, outcome }) => ({ name: key.join(" "), variable: outcome, choices: indexChoices(key) })),
      ...ranks
    }
  )
  const estimated = indices.flatMap(({ drawn, key, models, outcome }) =>
    Object.entries(models).flatMap(([sample, bySpecification]) =>
      Object.entries(bySpecification).map(([name, model]) => ({
        name: [...key, sample, name].join(" "),
        equation: outcome,
        term: termsOf(comparison, specifications[name]!).treatment,
        choices: [...indexChoices(key), ["sample", sample] as const, ["model", name] as const],
        model,
        panel: drawn[sample]!
      }))
    )
  )
  const curve = dag.node(
    "comparison-curve",
    specificationCurve,
    {
      coefficients: estimated.map(({ model }) => model.coefficients),
      glances: estimated.map(({ model }) => model.glance),
      samples: units === "sd" ? estimated.map(({ panel }) => panel) : []
    },
    { specifications: estimated.map(({ choices, equation, name, term }) => ({ choices, equation, name, term })), units, significance }
  )
  // What is linear in the outcome can be estimated anew without being refitted.
  const resampled = Object.fromEntries(Object.entries(specifications).filter(([, { estimator }]) => estimator !== "random-effects"))
  const drawn = dag.map(sets, (own, one) =>
    one.map(samples, ({ years }, two, sample) =>
      two.map(resampled, (specification, three, name) => {
        const { controls, treatment } = termsOf(comparison, specification)
        const { effects, estimator, instrument } = specification
        return three.map(blocks, (from, four) =>
          four.node(
            "compared-replicates",
            specificationReplicates,
            { panels: own.indices.map((index) => index.drawn[sample]!), entities },
            {
              outcomes: own.indices.map(({ key, outcome }) => ({ name: [...key, sample, name].join(" "), variable: outcome })),
              treatment,
              controls,
              effects: [...new Set(effects)],
              ...(estimator === "fe-2sls" ? { instrument: instrument ?? `L.${treatment}` } : {}),
              ...(years === undefined ? {} : { years }),
              from,
              count: block
            }
          )
        )
      })
    )
  )
  const inference =
    blocks.length === 0 || Object.keys(resampled).length === 0
      ? undefined
      : dag.node(
          "comparison-inference",
          curveInference,
          {
            estimates: curve.estimates,
            replicates: Object.values(drawn).flatMap((bySample) =>
              Object.values(bySample).flatMap((bySpecification) => Object.values(bySpecification).flatMap((own) => [...own]))
            )
          },
          { significance }
        )
  const uncertain =
    uncertainty === "none" || !isUncertain(uncertainty, Object.keys(weightings).length)
      ? {}
      : dag.map(sets, ({ normalized, weights }, one) =>
          one.node(
            "comparison-uncertainty",
            indexUncertainty,
            { normalized, weights: weights.map(({ weights: table }) => table) },
            { ...uncertainty, weightings: weights.map(({ name }) => name), ...ranks }
          )
        )
  return comparisonResults(dag, comparison, { specifications: estimated.length, stability, curve, inference, uncertain })
}
