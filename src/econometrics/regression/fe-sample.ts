import { absorbPanel, type PanelAbsorption, panelFactors } from "../effects/panel-absorption.ts"
import { Fault, type Warning } from "../fault.ts"
import { COLLINEAR, collinearWarnings, variation } from "../linear/collinear.ts"
import { factorise } from "../linear/least-squares.ts"
import { type PanelIndex, pickRows } from "../sample/panel-index.ts"
import { singletonsWarning, withoutSingletons } from "../sample/singletons.ts"
import type { Variable } from "../sample/variable.ts"
import { FEW_CLUSTERS, fewClusters } from "../variance/few-clusters.ts"

/** A sample ready for estimation with entity and year effects: without singletons, effects found. */
export interface FeSample {
  readonly absorption: PanelAbsorption
  /** The rows of the given sample that are left. */
  readonly rows: Int32Array
  readonly pick: (variable: Variable) => Variable
  readonly warnings: ReadonlyArray<Warning>
}

/** Drops singletons and finds the effects, weighted where there are weights (of the given rows). A Fault where fewer than two entities or two years are left. */
export const feSample = (given: PanelIndex, weights?: Float64Array): FeSample => {
  const { entity, year } = panelFactors(given)
  const { rows, dropped } = withoutSingletons([entity, year])
  const index = dropped.length === 0 ? given : pickRows(given, rows)
  const clusters = index.entities.length
  if (clusters < 2) {
    if (given.rows === 0) throw new Fault("no-rows", "the sample has no row")
    const lone = given.entities.length === 1 ? given.entities[0] : given.years.length === 1 ? given.years[0] : undefined
    const found = lone === undefined ? "every row is alone in its entity or its year" : `the sample is of ${lone} alone`
    throw new Fault("too-few-clusters", `${found}: effects and clustered variances need two entities and two years at least; widen the sample`)
  }
  if (index.years.length < 2)
    throw new Fault("too-few-years", `only the year ${index.years[0]} is left in the sample: entity effects need two years at least; widen the sample`)
  const pickValues = (values: Float64Array): Float64Array => (dropped.length === 0 ? values : Float64Array.from(rows, (row) => values[row]!))
  return {
    absorption: absorbPanel(index, weights === undefined ? undefined : pickValues(weights)),
    rows,
    pick: ({ name, values }) => ({ name, values: pickValues(values) }),
    warnings: [...singletonsWarning([entity, year], dropped), ...(clusters < FEW_CLUSTERS ? [fewClusters(clusters, "entity")] : [])]
  }
}

/** Regressors that effects and one another leave something of. */
export interface Independent {
  readonly variables: ReadonlyArray<Variable>
  /** The same, with entity and year effects taken off. */
  readonly within: ReadonlyArray<Float64Array>
  readonly warnings: ReadonlyArray<Warning>
}

/**
 * Takes off the effects and drops, with the warning `collinear`, each variable that the effects and the variables before it explain.
 * A Fault where nothing is left, or where one of the `essential` variables is dropped.
 */
export const independent = (sample: FeSample, variables: ReadonlyArray<Variable>, essential: ReadonlyArray<string>, tolerance = COLLINEAR): Independent => {
  const within = variables.map(({ values }) => sample.absorption.within(values))
  const { dropped, kept } = factorise(within, { tolerance, norms: variables.map(({ values }) => variation(values)) })
  return {
    variables: kept.map((c) => variables[c]!),
    within: kept.map((c) => within[c]!),
    warnings: collinearWarnings(
      dropped.map((c) => variables[c]!.name),
      variables.length,
      essential,
      [{ name: "entity" }, { name: "year" }]
    )
  }
}
