import { dirichletVariate } from "../../stats/dirichlet-variate.ts"
import { type Stream, stream } from "../../stats/random.ts"
import { Fault } from "../fault.ts"
import { NORMALISATIONS, type Normalisation, type Normalised } from "./index-normalisations.ts"
import { ranksOf } from "./rank-correlation.ts"
import { averageRankShift, type RankInterval, rankInterval } from "./rank-stability.ts"
import { type SobolIndices, type SobolOptions, sobolIndices, type UncertainInput } from "./sobol-indices.ts"

/** How weights are shaken: drawn around themselves by a Dirichlet distribution, or each by up to so large a share of itself and then made to sum to one. */
export type Perturbation = { readonly kind: "dirichlet"; readonly concentration: number } | { readonly kind: "relative"; readonly share: number }

/** An index whose making is uncertain. The first of each list, and weights as they are, make the reference. */
export interface UncertainIndex {
  /** By normalisation, the indicators over the entities. */
  readonly normalisations: ReadonlyArray<{ readonly name: Normalisation; readonly indicators: ReadonlyArray<Normalised> }>
  /** Weights of the indicators, each list summing to one. */
  readonly weightings: ReadonlyArray<{ readonly name: string; readonly weights: Float64Array }>
  readonly aggregations: ReadonlyArray<"linear" | "geometric">
  readonly perturbation?: Perturbation
  /** Whether one indicator, or none, is left out, each as likely. */
  readonly leaveOneOut: boolean
}

export interface IndexUncertainty {
  readonly reference: Float64Array
  readonly entities: ReadonlyArray<RankInterval>
  /** Of the average shift in rank from the reference. */
  readonly sensitivity: SobolIndices
}

/** A value of an input: the position of what is chosen, or what is done to the weights. */
type Drawn = number | ((weights: Float64Array) => Float64Array)

/** Scores that agree to 2^-32 are equal. */
const ROUNDING = 2 ** 32

/** Scores of the entities; an indicator left out has its weight shared by the others. */
const scoresOf = (indicators: ReadonlyArray<Normalised>, weights: Float64Array, aggregation: "linear" | "geometric", leftOut: number): Float64Array => {
  const n = indicators[0]!.linear.length
  const scores = new Float64Array(n)
  const sum = weights.reduce((total, weight, m) => total + (m === leftOut ? 0 : weight), 0)
  for (const [m, { linear, positive }] of indicators.entries()) {
    const weight = weights[m]! / sum
    if (m === leftOut || weight === 0) continue
    if (aggregation === "linear") for (let i = 0; i < n; i++) scores[i] = scores[i]! + weight * linear[i]!
    else for (let i = 0; i < n; i++) scores[i] = scores[i]! + weight * Math.log(positive[i]!)
  }
  // Sums of ranks are often equal, and should not be told apart by their rounding.
  for (let i = 0; i < n; i++) scores[i] = Math.round(scores[i]! * ROUNDING) / ROUNDING
  return scores
}

const perturbed = (perturbation: Perturbation, random: Stream, size: number): Drawn => {
  if (perturbation.kind === "relative") {
    const factors = Float64Array.from({ length: size }, () => 1 + perturbation.share * (2 * random.uniform() - 1))
    return (weights) => {
      const shaken = weights.map((weight, m) => weight * factors[m]!)
      const sum = shaken.reduce((total, weight) => total + weight, 0)
      return shaken.map((weight) => weight / sum)
    }
  }
  // The variates are those of a seed drawn here, whatever weights they are around: so the weighting and the shaking of it are two inputs.
  const seed = random.word() + (random.word() >>> 11) * 2 ** 32
  return (weights) => dirichletVariate(stream(seed, 0), weights, perturbation.concentration)
}

/**
 * Uncertainty and sensitivity analysis of a composite index (OECD/JRC Handbook 2008, step 7; Saisana, Saltelli and Tarantola 2005, Journal of the Royal Statistical Society A 168:
 * 307-323): by Monte Carlo over its normalisation, weighting, the weights themselves, aggregation and the indicators that it has, each option as likely, the ranks of every
 * entity, and how much of the variance of the average shift in rank each input makes. Inputs that have one option are none. A Fault where lists are empty or of other lengths.
 */
export const indexUncertainty = (index: UncertainIndex, options: SobolOptions & { readonly rankLevel?: number }): IndexUncertainty => {
  const { aggregations, leaveOneOut, normalisations, perturbation, weightings } = index
  const size = weightings[0]?.weights.length ?? 0
  const wrong = [...normalisations.map(({ indicators }) => indicators.length), ...weightings.map(({ weights }) => weights.length)].some((m) => m !== size)
  if (wrong || size === 0 || normalisations.length === 0 || aggregations.length === 0)
    throw new Fault("index", `an index needs normalised indicators (${NORMALISATIONS.join(", ")}), a weight for each of them, and an aggregation`)
  const inputs: ReadonlyArray<UncertainInput<Drawn>> = [
    { name: "normalisation", options: normalisations.length },
    { name: "weighting", options: weightings.length },
    { name: "aggregation", options: aggregations.length },
    { name: "indicator-left-out", options: leaveOneOut && size > 1 ? size + 1 : 1 }
  ]
    .flatMap(({ name, options: count }): ReadonlyArray<UncertainInput<Drawn>> => (count > 1 ? [{ name, draw: (random) => random.integer(count) }] : []))
    .concat(perturbation === undefined ? [] : [{ name: "weights", draw: (random) => perturbed(perturbation, random, size) }])
  const at = new Map(inputs.map(({ name }, i) => [name, i]))
  const ranksAt = (values: ReadonlyArray<Drawn>): Float64Array => {
    const chosen = (name: string): number => {
      const i = at.get(name)
      return i === undefined ? 0 : (values[i] as number)
    }
    const shaken = at.has("weights") ? (values[at.get("weights")!] as Exclude<Drawn, number> | undefined) : undefined
    const { weights } = weightings[chosen("weighting")]!
    return ranksOf(
      scoresOf(
        normalisations[chosen("normalisation")]!.indicators,
        shaken === undefined ? weights : shaken(weights),
        aggregations[chosen("aggregation")]!,
        // 0: none.
        chosen("indicator-left-out") - 1
      )
    )
  }
  const reference = ranksAt(inputs.map(({ name }) => (name === "weights" ? (weights: Float64Array) => weights : 0)))
  const n = reference.length
  const ranks = Array.from({ length: n }, () => new Float64Array(2 * options.samples))
  let rows = 0
  const sensitivity = sobolIndices(
    inputs,
    (values, isSample) => {
      const own = ranksAt(values)
      if (isSample) {
        for (let i = 0; i < n; i++) ranks[i]![rows] = own[i]!
        rows++
      }
      return averageRankShift(own, reference)
    },
    options
  )
  return { reference, entities: ranks.map((own, i) => rankInterval(own, reference[i]!, options.rankLevel ?? 0.9)), sensitivity }
}
