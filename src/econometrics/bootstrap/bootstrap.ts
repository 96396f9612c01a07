import { type Stream, streams } from "../../stats/random.ts"
import { Fault } from "../fault.ts"
import { type EquationsTogether, estimator, type PathModel, solvedInSample } from "./path-model.ts"
import type { Unit } from "./resampler.ts"
import { wildReplicates } from "./wild-replicates.ts"
import type { WildWeights } from "./wild-weights.ts"

/** Which replicates of which seed: numbers from, …, from + count - 1. Replicate i is the same whatever block it is computed in. */
export interface Block {
  readonly seed: number
  readonly from: number
  readonly count: number
}

/**
 * Pairs: rows are drawn with their own outcomes and regressors, by cluster (entity) or singly. Wild: regressors stay, and residuals change their signs
 * and sizes, by cluster or singly (`wildReplicates`).
 */
export type Resampling = "clusters" | "observations" | "wild-clusters" | "wild-observations"

export interface BootstrapOptions {
  readonly resampling?: Resampling
  readonly wildWeights?: WildWeights
  /** With it each replicate's standard errors are made too, equations taken together so. */
  readonly studentise?: EquationsTogether
}

export interface ReplicateColumns {
  /** By the name of the effect, each of `count` values; NaN where the resample's design is singular. */
  readonly columns: ReadonlyMap<string, Float64Array>
  /** estimate - se (replicate - estimate)/(replicate's se), where asked for: its quantiles are the limits of the studentised interval. */
  readonly studentised: ReadonlyMap<string, Float64Array>
}

const unitOf = (resampling: Resampling): Unit => (resampling === "clusters" || resampling === "wild-clusters" ? "cluster" : "observation")

const RESAMPLINGS: ReadonlyArray<string> = ["clusters", "observations", "wild-clusters", "wild-observations"] satisfies ReadonlyArray<Resampling>

/** A Fault with all that is wrong with a block and how it is drawn. */
export const requireBlock = ({ count, from, seed }: Block, { resampling = "clusters", studentise, wildWeights = "rademacher" }: BootstrapOptions): void => {
  const whole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
  const wrong = [
    ...(whole(count) ? [] : [`${count} replicates: a whole number, from 0`]),
    ...(whole(from) ? [] : [`replicates are numbered from 0, not from ${from}`]),
    ...(whole(seed) ? [] : [`the seed is a whole number from 0 to 2^53 - 1, not ${seed}`]),
    ...(RESAMPLINGS.includes(resampling) ? [] : [`resampling is ${RESAMPLINGS.join(", ")}, not ${resampling}`]),
    ...(wildWeights === "rademacher" || wildWeights === "webb" ? [] : [`wildWeights are rademacher or webb, not ${wildWeights}`]),
    ...(studentise === undefined || studentise === "independent" || studentise === "joint" ? [] : [`studentise is independent or joint, not ${studentise}`])
  ]
  if (wrong.length > 0) throw new Fault("bootstrap", wrong.join("; "))
}

/** How often each unit is in a resample: as many draws with replacement as there are units. */
export const drawCounts = (random: Pick<Stream, "integer">, counts: Float64Array): void => {
  const units = counts.length
  counts.fill(0)
  for (let k = 0; k < units; k++) {
    const g = random.integer(units)
    counts[g] = counts[g]! + 1
  }
}

/**
 * Replicates of a model's effects. The i-th resample is drawn from stream (seed, i), so that more replicates extend the same sequence and nobody's order
 * of work changes it. In a pairs bootstrap each draw of an entity is a new entity, and all equations are refitted with the resample's own entity
 * and year effects.
 */
export const replicates = (model: PathModel, block: Block, options: BootstrapOptions = {}): ReplicateColumns => {
  const { resampling = "clusters", studentise, wildWeights = "rademacher" } = options
  requireBlock(block, options)
  const { count, from, seed } = block
  const { names } = model
  const point = new Float64Array(names.length)
  const pointErrors = new Float64Array(names.length)
  const unit = unitOf(resampling)
  const whole = solvedInSample(model, unit)
  model.values(whole.equations.parameters, point)
  const ones = new Float64Array(whole.resampler.units).fill(1)
  if (studentise !== undefined) whole.stdErrors(ones, whole.equations.influence(), studentise, pointErrors)

  const columns = names.map(() => new Float64Array(count).fill(Number.NaN))
  const studentised = studentise === undefined ? [] : names.map(() => new Float64Array(count).fill(Number.NaN))
  const values = new Float64Array(names.length)
  const errors = new Float64Array(names.length)
  const record = (r: number): void => {
    for (let j = 0; j < names.length; j++) {
      columns[j]![r] = values[j]!
      if (studentise !== undefined) studentised[j]![r] = point[j]! - (pointErrors[j]! * (values[j]! - point[j]!)) / errors[j]!
    }
  }
  const random = streams(seed)
  if (resampling === "wild-clusters" || resampling === "wild-observations") {
    const next = wildReplicates(model, whole, wildWeights, studentise)
    for (let r = 0; r < count; r++) {
      random.start(from + r)
      next(random, values, errors)
      record(r)
    }
  } else {
    const { equations, resampler, stdErrors } = estimator(model, unit)
    const counts = new Float64Array(resampler.units)
    for (let r = 0; r < count; r++) {
      random.start(from + r)
      drawCounts(random, counts)
      resampler.take(counts)
      if (!equations.solve()) continue
      model.values(equations.parameters, values)
      if (studentise !== undefined) stdErrors(counts, equations.influence(), studentise, errors)
      record(r)
    }
  }
  const named = (of: ReadonlyArray<Float64Array>) => new Map(of.map((column, j) => [names[j]!, column]))
  return { columns: named(columns), studentised: named(studentised) }
}

/** The effects with each unit left out in turn, by name; NaN where the rest is singular. What BCa's acceleration is made of. */
export const jackknife = (model: PathModel, unit: Unit): ReadonlyMap<string, Float64Array> => {
  if (unit !== "cluster" && unit !== "observation") throw new Fault("bootstrap", `what is left out in turn is a cluster or an observation, not ${unit}`)
  const { equations, resampler } = estimator(model, unit)
  const { units } = resampler
  const columns = model.names.map(() => new Float64Array(units).fill(Number.NaN))
  const values = new Float64Array(columns.length)
  const counts = new Float64Array(units).fill(1)
  for (let g = 0; g < units; g++) {
    counts[g] = 0
    resampler.take(counts)
    counts[g] = 1
    if (!equations.solve()) continue
    model.values(equations.parameters, values)
    for (const [j, column] of columns.entries()) column[g] = values[j]!
  }
  return new Map(columns.map((column, j) => [model.names[j]!, column]))
}
