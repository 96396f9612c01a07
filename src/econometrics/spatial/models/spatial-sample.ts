import { Fault } from "../../fault.ts"
import { requireColumns } from "../../linear/given-columns.ts"
import type { PanelIndex } from "../../sample/panel-index.ts"
import type { Variable } from "../../sample/variable.ts"
import { several } from "../weights/several.ts"
import { weightsFaults } from "../weights/weights-faults.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"

/**
 * What a spatial model is about: a cross-section (one row an entity) or a balanced panel. Without an `index` rows stand entity by entity in the order of
 * `weights.entities`, all periods of an entity together, in the order of time; with one they may stand in any order.
 */
export interface SpatialModel {
  readonly weights: WeightsMatrix
  readonly dependent: Variable
  readonly regressors: ReadonlyArray<Variable>
  readonly index?: PanelIndex | undefined
}

/** The model's columns as every spatial estimator takes them: the value of entity i in period t at i T + t, entities in the order of the weights. */
export interface SpatialSample {
  readonly weights: WeightsMatrix
  /** N. */
  readonly entities: number
  /** T. */
  readonly periods: number
  readonly dependent: Variable
  readonly regressors: ReadonlyArray<Variable>
  /** Which row of the model's columns each place holds. */
  readonly rows: Int32Array
}

/** The rows in the order of entities and periods, or what is wrong with the index. */
const rowsOf = ({ entities }: WeightsMatrix, index: PanelIndex): Int32Array | ReadonlyArray<string> => {
  const place = new Map(entities.map((entity, i) => [entity, i]))
  const beyond = index.entities.filter((entity) => !place.has(entity))
  const present = new Set(index.entities)
  const lacking = entities.filter((entity) => !present.has(entity))
  if (beyond.length > 0 || lacking.length > 0)
    return [
      ...(beyond.length === 0 ? [] : [`the weights lack these entities of the sample: ${several(beyond)}`]),
      ...(lacking.length === 0
        ? []
        : [`the sample has no row of these entities of the weights: ${several(lacking)}; make the weights over the entities of the sample`])
    ]
  const periods = index.years.length
  const rows = new Int32Array(entities.length * periods).fill(-1)
  const twice = new Set<string>()
  for (let row = 0; row < index.rows; row++) {
    const at = place.get(index.entities[index.entity[row]!]!)! * periods + index.year[row]!
    if (rows[at] !== -1) twice.add(`${index.entities[index.entity[row]!]} in ${index.years[index.year[row]!]}`)
    rows[at] = row
  }
  const gaps = Array.from(rows.keys()).filter((at) => rows[at] === -1)
  const named = gaps.map((at) => `${entities[Math.floor(at / periods)]} in ${index.years[at % periods]}`)
  if (twice.size === 0 && gaps.length === 0) return rows
  return [
    ...(twice.size === 0 ? [] : [`the panel has more than one row of ${several([...twice])}`]),
    ...(gaps.length === 0
      ? []
      : [`spatial lags need a balanced panel; it has no row of ${several(named)}: fill these in, or leave those entities or years out`])
  ]
}

/** Terms of the models themselves, which a regressor of the same name would hide. */
const isTerm = (name: string): boolean => ["(constant)", "rho", "lambda"].includes(name) || name.startsWith("sigma2")

const nameFaults = (regressors: ReadonlyArray<Variable>): ReadonlyArray<string> => {
  const taken = regressors.map(({ name }) => name).filter(isTerm)
  return taken.length === 0 ? [] : [`spatial models call terms of their own (constant), rho, lambda and sigma2; rename these regressors: ${several(taken)}`]
}

/** Puts a model's rows in the order of its weights. One Fault with all that is wrong with columns, weights and index; `others` are faults of the caller's options. */
export const spatialSample = (
  model: SpatialModel,
  options: { readonly level?: number | undefined; readonly tolerance?: number | undefined } = {},
  others: ReadonlyArray<string> = []
): SpatialSample => {
  const { weights, dependent, regressors, index } = model
  const size = weights.entities.length
  const length = dependent.values.length
  const order = index === undefined ? undefined : rowsOf(weights, index)
  const wrong = [
    ...weightsFaults(weights),
    ...nameFaults(regressors),
    ...(order === undefined && (size === 0 || length === 0 || length % size !== 0)
      ? [`${dependent.name} has ${length} rows, which is no multiple of the ${size} entities of the weights: give every entity one row a period, or an index`]
      : []),
    ...(order === undefined || order instanceof Int32Array ? [] : order)
  ]
  requireColumns({ variables: [dependent, ...regressors], rows: index?.rows, level: options.level, tolerance: options.tolerance }, [...wrong, ...others])
  if (order !== undefined && !(order instanceof Int32Array)) throw new Fault("input", order.join("; "))
  const rows = order ?? Int32Array.from({ length }, (_, at) => at)
  const placed = ({ name, values }: Variable): Variable => ({ name, values: Float64Array.from(rows, (row) => values[row]!) })
  return { weights, entities: size, periods: length / size, dependent: placed(dependent), regressors: regressors.map(placed), rows }
}
