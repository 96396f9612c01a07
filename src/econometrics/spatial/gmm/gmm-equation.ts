import type { Coordinates } from "../../linear/linear-fit.ts"
import type { Variable } from "../../sample/variable.ts"
import { type SpatialModel, type SpatialSample, spatialSample } from "../models/spatial-sample.ts"
import { SPECIFICATIONS, type SpatialSpecification } from "../models/specification.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import { isRowStandardized, type WeightsMatrix } from "../weights/weights-matrix.ts"

/** A spatial model that may have endogenous regressors beside the spatial lag of its dependent variable. */
export interface SpatialGmmModel extends SpatialModel {
  readonly endogenous?: ReadonlyArray<Variable> | undefined
  /** Instruments that the equation excludes, for `endogenous`; those of the spatial lag are made from the regressors. */
  readonly instruments?: ReadonlyArray<Variable> | undefined
  /** Of each row, for a variance over distances. */
  readonly coordinates?: Coordinates | undefined
}

/** The columns of an equation by their role, in the order of the weights, effects and all. */
export interface GmmEquation {
  readonly sample: SpatialSample
  readonly dependent: Variable
  /** What the equation has on its right, in the order of the fit's terms: regressors, endogenous regressors, their spatial lags, W y (which is the term rho). */
  readonly right: ReadonlyArray<Variable>
  readonly endogenous: ReadonlyArray<Variable>
  readonly exogenous: ReadonlyArray<Variable>
  /** Excluded instruments: those given, their lags, and powers of W times the exogenous regressors. */
  readonly instruments: ReadonlyArray<Variable>
  readonly lagOfDependent: string
  readonly coordinates: Coordinates | undefined
}

export interface EquationOptions {
  readonly specification: SpatialSpecification
  /** Regressors that have a spatial lag in sdm, sdem, slx and gns; by default all exogenous ones. */
  readonly lagged?: ReadonlyArray<string> | undefined
  /** Up to which power of W the exogenous regressors (spatial lags of regressors among them) are instruments of W y. */
  readonly powers: number
  /** Up to which power of W the given instruments are instruments too. */
  readonly instrumentLags: number
  readonly tolerance?: number | undefined
  readonly level?: number | undefined
}

const lagName = (name: string, power: number): string => (power === 0 ? name : power === 1 ? `W*${name}` : `W^${power}*${name}`)

/** x, W x, …, W^highest x. */
const powersOf = (weights: WeightsMatrix, { name, values }: Variable, highest: number): ReadonlyArray<Variable> => {
  const found: Array<Variable> = [{ name, values }]
  for (let p = 1; p <= highest; p++) found.push({ name: lagName(name, p), values: spatialLag(weights, found[p - 1]!.values) })
  return found
}

/**
 * The equation y = X b + Y c + W X theta + rho W y + u of a model, Y being its endogenous regressors. Instruments of W y are W X, W^2 X (Kelejian and Prucha 1998), of
 * an equation that has W X itself W^2 X, W^3 X; where a constant has a lag of its own, W 1 and W^2 1. A lag of an endogenous regressor is endogenous.
 */
export const gmmEquation = (model: SpatialGmmModel, options: EquationOptions, constant: boolean, others: ReadonlyArray<string>): GmmEquation => {
  const { instrumentLags, lagged, powers, specification } = options
  const parts = SPECIFICATIONS[specification]
  const { coordinates, endogenous: given = [], instruments: excluded = [], weights } = model
  const sample = spatialSample({ ...model, regressors: [...model.regressors, ...given, ...excluded] }, options, others)
  const [k, q] = [model.regressors.length, given.length]
  const [x, y, z] = [sample.regressors.slice(0, k), sample.regressors.slice(k, k + q), sample.regressors.slice(k + q)]
  const hasLag = ({ name }: Variable) => parts.durbin && (lagged === undefined ? x.some((one) => one.name === name) : lagged.includes(name))
  // Each regressor's powers of W, as far as something needs them.
  const highest = (parts.durbin ? 1 : 0) + (parts.lag ? powers : 0)
  const ladder = x.map((variable) => powersOf(weights, variable, highest))
  const ofY = y.filter(hasLag).map((variable) => powersOf(weights, variable, 1)[1]!)
  const lagsOfX = ladder.filter((rungs) => hasLag(rungs[0]!)).map((rungs) => rungs[1]!)
  const wy = powersOf(weights, sample.dependent, 1)[1]!
  const instruments = [
    ...z.flatMap((variable) => powersOf(weights, variable, instrumentLags)),
    // By power: one of a low power stays where one of a higher power is collinear with it.
    ...(parts.lag ? Array.from({ length: powers }, (_, p) => ladder.map((rungs) => rungs[(hasLag(rungs[0]!) ? 2 : 1) + p]!)).flat() : []),
    ...(parts.lag && constant && !isRowStandardized(weights)
      ? powersOf(weights, { name: "(constant)", values: new Float64Array(sample.rows.length).fill(1) }, powers).slice(1)
      : [])
  ]
  const place = (values: Float64Array) => Float64Array.from(sample.rows, (row) => values[row]!)
  return {
    sample,
    dependent: sample.dependent,
    right: [...x, ...y, ...lagsOfX, ...ofY, ...(parts.lag ? [wy] : [])],
    endogenous: [...y, ...ofY, ...(parts.lag ? [wy] : [])],
    exogenous: [...x, ...lagsOfX],
    instruments,
    lagOfDependent: wy.name,
    coordinates: coordinates === undefined ? undefined : { latitude: place(coordinates.latitude), longitude: place(coordinates.longitude) }
  }
}
