import { streams } from "../../../stats/random.ts"
import { type Block, type ReplicateColumns, requireBlock } from "../../bootstrap/bootstrap.ts"
import { drawWeights, type WildWeights } from "../../bootstrap/wild-weights.ts"
import { Fault } from "../../fault.ts"
import { spatialSolver } from "../determinant/spatial-solver.ts"
import type { SpatialEffectsOfPanel } from "../models/spatial-frame.ts"
import type { SpatialFit } from "../models/spatial-ml.ts"
import { type SpatialRefit, spatialRefit } from "../models/spatial-refit.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import { effectNames, type MediationEquationOptions, type MediationEquations, mediationEquations, type SpatialMediationModel } from "./mediation-equations.ts"

/**
 * How residuals are drawn. wild-clusters: an entity's residuals of both equations times one random weight; the mediator stays as observed in the outcome's
 * equation, as in the mediation without space. recursive-wild-clusters: a weight of its own in each equation, and the mediator that was made anew acts on the new
 * outcome. periods: whole cross-sections of both equations' residuals, drawn with replacement, mediator made anew: dependence between entities stays.
 */
export type SpatialResampling = "wild-clusters" | "recursive-wild-clusters" | "periods"

export interface SpatialReplicatesOptions extends MediationEquationOptions {
  /** wild-clusters by default. */
  readonly resampling?: SpatialResampling | undefined
  /** rademacher by default; webb where entities are few. */
  readonly wildWeights?: WildWeights | undefined
}

const RESAMPLINGS: ReadonlyArray<string> = ["wild-clusters", "recursive-wild-clusters", "periods"] satisfies ReadonlyArray<SpatialResampling>

const requireResampling = (resampling: SpatialResampling, { frame, periods }: SpatialFit): void => {
  if (!RESAMPLINGS.includes(resampling)) throw new Fault("bootstrap", `resampling is ${RESAMPLINGS.join(", ")}, not ${resampling}`)
  if (resampling !== "periods") return
  if (periods < 5)
    throw new Fault("bootstrap", `the sample has ${periods} ${periods === 1 ? "period" : "periods"} to draw from: draw entities' signs instead (wild-clusters)`)
  if (frame.effects !== "individual" && frame.effects !== "two-way")
    throw new Fault(
      "bootstrap",
      "periods are drawn where there are entity effects: without them an entity's mean error would stay in every replicate; take wild-clusters"
    )
}

/** What a change of an equation's errors, and of what stands beside its regressors, does to its dependent variable: S [shift + (I - lambda M)^-1 change]. */
const responseOf = ({ errorWeights, estimates, parameters, periods, terms, weights }: SpatialFit) => {
  const at = (name: "rho" | "lambda") => (parameters.some((one) => one.name === name) ? estimates[terms.indexOf(name)]! : undefined)
  const [rho, lambda] = [at("rho"), at("lambda")]
  const lag = rho === undefined ? undefined : spatialSolver(weights.matrix, rho)
  const error = lambda === undefined ? undefined : spatialSolver(errorWeights!.matrix, lambda)
  return (change: Float64Array, shift?: Float64Array): Float64Array => {
    const own = error === undefined ? change : error.solve(change, periods)
    const moved = shift === undefined ? own : own.map((value, i) => value + shift[i]!)
    return lag === undefined ? moved : lag.solve(moved, periods)
  }
}

const plus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value + b[i]!)

/**
 * Makes the changes e* - e of one equation's residuals, entity by entity, from entities' weights or from periods drawn. Demeaning takes 1/N of the variance of
 * errors drawn independently over N entities (year effects or a constant), 1/T of that of periods; residuals are without it already, and are drawn longer by as much.
 */
const changes = {
  weighted: (e: Float64Array, weights: Float64Array, effects: SpatialEffectsOfPanel): Float64Array => {
    const entities = weights.length
    const periods = e.length / entities
    const longer = effects === "individual" ? 1 : Math.sqrt(entities / (entities - 1))
    return e.map((value, at) => (longer * weights[Math.floor(at / periods)]! - 1) * value)
  },
  drawn: (e: Float64Array, periods: Int32Array): Float64Array => {
    const count = periods.length
    const longer = Math.sqrt(count / (count - 1))
    return e.map((value, at) => longer * e[at - (at % count) + periods[at % count]!]! - value)
  }
}

/** Refits both equations with new errors: gives the effects, or undefined where a likelihood has no maximum inside. */
type Replicate = (ofMediator: Float64Array, ofOutcome: Float64Array) => Float64Array | undefined

const replicateOf = ({ columns, mediator, outcome, values }: MediationEquations, isRecursive: boolean): Replicate => {
  const [toMediator, toOutcome] = [responseOf(mediator), responseOf(outcome)]
  const refitMediator = spatialRefit(mediator, columns.ofMediator)
  const refitOutcome: SpatialRefit = spatialRefit(outcome, columns.ofOutcome, isRecursive ? columns.mediator.name : undefined)
  const slope = (term: string) => outcome.estimates[outcome.terms.indexOf(term)] ?? 0
  const [b, beta] = [slope(columns.mediator.name), slope(`W*${columns.mediator.name}`)]
  return (ofMediator, ofOutcome) => {
    const moved = toMediator(ofMediator)
    const newMediator = plus(columns.mediator.values, moved)
    const first = refitMediator(newMediator)
    if (first === undefined) return undefined
    const lagged = isRecursive && beta !== 0 ? spatialLag(outcome.weights, moved) : undefined
    const shift = isRecursive ? moved.map((value, i) => b * value + (lagged === undefined ? 0 : beta * lagged[i]!)) : undefined
    const newOutcome = plus(columns.outcome.values, toOutcome(ofOutcome, shift))
    const second = isRecursive ? refitOutcome(newOutcome, newMediator) : refitOutcome(newOutcome)
    return second === undefined ? undefined : values(first, second)
  }
}

/**
 * Replicates of a spatial mediation's effects by residuals, W being kept: y* = (I - rho W)^-1 (m + e*), m what regressors and effects make of (I - rho W) y, so
 * that y* - y = (I - rho W)^-1 (e* - e); errors with a spatial part pass through (I - lambda M)^-1 first. Both equations are estimated again, without their variance.
 * Replicate i of a seed draws from stream (seed, i), so that more replicates extend the same sequence. NaN: a likelihood has no maximum inside, or rho lies beyond W's bounds.
 *
 * One weight of an entity in both equations keeps what is correlated between them; were the mediator made anew with it, it would leave its slope in the outcome's
 * equation no variation, since that rests on products of both errors and w^2 = 1. So the mediator is either observed, or drawn apart.
 */
export const spatialMediationReplicates = (model: SpatialMediationModel, block: Block, options: SpatialReplicatesOptions = {}): ReplicateColumns => {
  const { resampling = "wild-clusters", wildWeights = "rademacher", ...likelihood } = options
  requireBlock(block, { wildWeights })
  const equations = mediationEquations(model, likelihood)
  const { mediator, outcome } = equations
  const { effects } = mediator.frame
  requireResampling(resampling, mediator)
  const names = effectNames(equations)
  const columns = names.map(() => new Float64Array(block.count).fill(Number.NaN))
  const replicate = replicateOf(equations, resampling !== "wild-clusters")
  const random = streams(block.seed)
  const [first, second] = [new Float64Array(mediator.entities), new Float64Array(mediator.entities)]
  for (let r = 0; r < block.count; r++) {
    random.start(block.from + r)
    let found: Float64Array | undefined
    if (resampling === "periods") {
      const periods = Int32Array.from({ length: mediator.periods }, () => random.integer(mediator.periods))
      found = replicate(changes.drawn(mediator.residuals, periods), changes.drawn(outcome.residuals, periods))
    } else {
      drawWeights(wildWeights, random, first)
      if (resampling === "wild-clusters") second.set(first)
      else drawWeights(wildWeights, random, second)
      found = replicate(changes.weighted(mediator.residuals, first, effects), changes.weighted(outcome.residuals, second, effects))
    }
    found?.forEach((value, e) => {
      columns[e]![r] = value
    })
  }
  return { columns: new Map(columns.map((column, e) => [names[e]!, column])), studentised: new Map() }
}
