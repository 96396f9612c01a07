/** A specification's regressors as cross-products by entity, so that it can be estimated anew in any resample of entities, for many outcomes at once. */
import { qr, residuals } from "../../linalg/qr.ts"
import { panelFactors } from "../effects/panel-absorption.ts"
import { Fault } from "../fault.ts"
import { type PanelIndex, panelIndex, pickRows } from "../sample/panel-index.ts"
import { withoutSingletons } from "../sample/singletons.ts"
import type { Variable } from "../sample/variable.ts"

/** Which effects a specification absorbs. */
export interface CurveEffects {
  readonly entity: boolean
  readonly year: boolean
}

/** Specifications that differ in their outcome alone: the same rows, regressors and effects. */
export interface CurveModel {
  /** Of the complete rows. */
  readonly index: PanelIndex
  /** The regressor whose coefficient is the effect of interest. */
  readonly treatment: Variable
  /** Stands in its place among the instruments: two-stage least squares, just identified. */
  readonly instrument?: Variable
  readonly controls: ReadonlyArray<Variable>
  readonly effects: CurveEffects
  readonly outcomes: ReadonlyArray<Variable>
}

/** Cross-products of the columns [nuisance | treatment, controls | instrument, if any | outcomes] by entity, and where each begins. */
export interface CurveDesign {
  /** The entities that have rows, in the order of the blocks. */
  readonly entities: ReadonlyArray<string>
  /** Rows of each entity. */
  readonly rows: Int32Array
  /** By entity, the lower triangle of its cross-products, row by row. */
  readonly blocks: ReadonlyArray<Float64Array>
  /** Year dummies and the constant: what a resample has effects of its own for. */
  readonly nuisance: number
  /** Regressors kept, the treatment first. */
  readonly regressors: number
  readonly instrumented: boolean
  readonly outcomes: number
  /** What the treatment's coefficient on its scaled columns is multiplied by, by outcome. */
  readonly scale: Float64Array
  /** What K counts beside slopes and the nuisance columns that count: 1 for the constant of entity effects. */
  readonly constant: 0 | 1
}

const norm = (x: Float64Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0))

/** Columns less their means by entity, as rows sorted by entity have them. */
const demeaner =
  (entity: Int32Array, entities: number) =>
  (x: Float64Array): Float64Array => {
    const [sums, counts] = [new Float64Array(entities), new Int32Array(entities)]
    for (let i = 0; i < x.length; i++) {
      sums[entity[i]!] = sums[entity[i]!]! + x[i]!
      counts[entity[i]!] = counts[entity[i]!]! + 1
    }
    return x.map((value, i) => value - sums[entity[i]!]! / counts[entity[i]!]!)
  }

/**
 * The design of a model. Rows that are alone in an effect are dropped, and controls that effects and the regressors before them explain, as `within` does both. Columns are taken
 * less what the effects explain in the whole sample, and to unit length: no resample is less general for it (it has its own effects), and its equations are well conditioned. A Fault `collinear-treatment` where the
 * treatment, or its instrument, is explained by the effects.
 */
export const curveDesign = (model: CurveModel): CurveDesign => {
  const { effects } = model
  const keys = panelFactors(model.index)
  const absorbed = [...(effects.entity ? [keys.entity] : []), ...(effects.year ? [keys.year] : [])]
  const { rows } = absorbed.length === 0 ? { rows: Int32Array.from({ length: model.index.rows }, (_, i) => i) } : withoutSingletons(absorbed)
  const index = rows.length === model.index.rows ? model.index : rows.length === 0 ? panelIndex([], []) : pickRows(model.index, rows)
  if (index.entities.length < 2)
    throw new Fault(
      "one-cluster",
      `the sample has ${index.entities.length === 0 ? "no entity" : "one entity"} that the effects leave something of: effects and clustered variances need two at least; widen the sample`
    )
  const pick = ({ values }: Variable): Float64Array => Float64Array.from(rows, (row) => values[row]!)
  const within = effects.entity ? demeaner(index.entity, index.entities.length) : (x: Float64Array) => x
  const dummies = effects.year
    ? index.years.slice(effects.entity ? 1 : 0).map((_, t) => within(Float64Array.from(index.year, (year) => (year === t + (effects.entity ? 1 : 0) ? 1 : 0))))
    : effects.entity
      ? []
      : [new Float64Array(index.rows).fill(1)]
  const nuisanceFit = qr(dummies)
  const swept = (variable: Variable): { readonly column: Float64Array; readonly before: number } => {
    const values = pick(variable)
    const column = within(values)
    return { column: dummies.length === 0 ? column : residuals(nuisanceFit, column), before: norm(values) }
  }
  const given = [model.treatment, ...model.controls].map(swept)
  const kept = qr(
    given.map(({ column }) => column),
    { norms: given.map(({ before }) => before) }
  ).kept
  const instrument = model.instrument === undefined ? undefined : swept(model.instrument)
  const explained = !kept.includes(0)
    ? model.treatment
    : instrument !== undefined && norm(instrument.column) <= 1e-7 * instrument.before
      ? model.instrument!
      : undefined
  if (explained !== undefined)
    throw new Fault(
      "collinear-treatment",
      `${explained.name} is explained by the effects in this sample: its coefficient cannot be estimated; choose other effects or another sample`
    )
  const regressors = kept.map((j) => given[j]!.column)
  const outcomes = model.outcomes.map((outcome) => swept(outcome).column)
  const unit = (x: Float64Array): Float64Array => {
    const length = norm(x)
    return length === 0 ? x : x.map((value) => value / length)
  }
  const columns = [...dummies, ...regressors, ...(instrument === undefined ? [] : [instrument.column]), ...outcomes].map((x, i) =>
    i < dummies.length ? x : unit(x)
  )
  const treatmentNorm = norm(regressors[0]!)
  const blocks = index.entities.map(() => new Float64Array((columns.length * (columns.length + 1)) / 2))
  const counts = new Int32Array(index.entities.length)
  for (let i = 0; i < index.rows; i++) {
    const entity = index.entity[i]!
    const block = blocks[entity]!
    counts[entity] = counts[entity]! + 1
    for (let r = 0, at = 0; r < columns.length; r++) {
      const value = columns[r]![i]!
      for (let c = 0; c <= r; c++, at++) block[at] = block[at]! + value * columns[c]![i]!
    }
  }
  return {
    entities: index.entities,
    rows: counts,
    blocks,
    nuisance: dummies.length,
    regressors: regressors.length,
    instrumented: instrument !== undefined,
    outcomes: outcomes.length,
    scale: Float64Array.from(outcomes, (x) => (norm(x) === 0 ? 0 : norm(x) / treatmentNorm)),
    constant: effects.entity ? 1 : 0
  }
}
