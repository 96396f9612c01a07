import { qr, residuals } from "../../../linalg/qr.ts"
import { absorb } from "../../effects/absorb.ts"
import { panelFactors } from "../../effects/panel-absorption.ts"
import { Fault, type Warning } from "../../fault.ts"
import { fixedEffects } from "../../regression/fixed-effects.ts"
import { regressionSample } from "../../regression/regression-sample.ts"
import { type PanelIndex, pickRows } from "../../sample/panel-index.ts"
import type { Variable } from "../../sample/variable.ts"
import { several } from "../weights/several.ts"

/** Of which regression: with the effects of entities, of periods, of both, with a constant alone (pooled), or one with a constant for each entity. */
export type ResidualsOf = "individual" | "time" | "two-way" | "pooled" | "by-entity"

export interface PanelResiduals {
  readonly values: Float64Array
  readonly index: PanelIndex
  readonly warnings: ReadonlyArray<Warning>
}

interface PanelRegression {
  readonly index: PanelIndex
  readonly dependent: Variable
  readonly regressors: ReadonlyArray<Variable>
}

/** A regression for each entity. A Fault where one has not one row more than coefficients. */
const byEntity = ({ dependent, index, regressors }: PanelRegression): Float64Array => {
  const rowsOf: ReadonlyArray<Array<number>> = index.entities.map(() => [])
  for (let row = 0; row < index.rows; row++) rowsOf[index.entity[row]!]!.push(row)
  const coefficients = regressors.length + 1
  const short = index.entities.filter((_, i) => rowsOf[i]!.length <= coefficients)
  if (short.length > 0)
    throw new Fault(
      "too-few-periods",
      `a regression of each entity has ${coefficients} coefficients and needs more rows than that; too few have ${several(short)}: use fewer regressors, or residuals of "individual" effects`
    )
  const left = new Float64Array(index.rows)
  for (const rows of rowsOf) {
    const pick = ({ values }: Variable) => Float64Array.from(rows, (row) => values[row]!)
    const e = residuals(qr([new Float64Array(rows.length).fill(1), ...regressors.map(pick)]), pick(dependent))
    for (const [at, row] of rows.entries()) left[row] = e[at]!
  }
  return left
}

const indexOf = (index: PanelIndex, rows: Int32Array): PanelIndex => (rows.length === index.rows ? index : pickRows(index, rows))

/** Least-squares residuals of a panel, balanced or not. Rows alone in a group of an effect have none, and are left out with a warning. Without regressors it is the variable less the effects; pooled, the variable itself. */
export const panelResiduals = (model: PanelRegression, of: ResidualsOf): PanelResiduals => {
  const { dependent, index, regressors } = model
  if (of === "by-entity") return { values: byEntity(model), index, warnings: [] }
  const { entity, year } = panelFactors(index)
  const effects = { individual: [entity], time: [year], "two-way": [entity, year], pooled: [] }[of]
  if (regressors.length === 0) {
    const sample = regressionSample({ dependent, effects }, [], {})
    return { values: absorb(sample.effects).residualize(sample.dependent.values), index: indexOf(index, sample.rows), warnings: sample.warnings }
  }
  const fit = fixedEffects({ dependent, regressors, effects }, { variance: { kind: "iid" } })
  return { values: fit.residuals, index: indexOf(index, fit.rows), warnings: fit.warnings }
}
