import { type Qr, qr } from "../linalg/qr.ts"
import { type Absorber, absorber } from "./absorb.ts"
import { Fault, type Warning } from "./fault.ts"
import { type PanelIndex, pickRows } from "./panel-index.ts"
import { withoutSingletons } from "./singletons.ts"

/** A named column of a sample. */
export interface Variable {
  readonly name: string
  readonly values: Float64Array
}

/** A sample ready for estimation with entity and year effects: without singletons, effects found. */
export interface FeSample {
  readonly absorber: Absorber
  /** The rows of the given sample that are left. */
  readonly rows: Int32Array
  readonly pick: (variable: Variable) => Variable
  readonly warnings: ReadonlyArray<Warning>
}

/** With fewer clusters than this, clustered standard errors are too small and their tests reject too often. */
export const FEW_CLUSTERS = 10

/** Drops singletons and finds the effects. A Fault where fewer than two entities or two years are left. */
export const feSample = (given: PanelIndex): FeSample => {
  const warnings: Array<Warning> = []
  const { rows, dropped } = withoutSingletons(given)
  if (dropped.length > 0) {
    const named = dropped.slice(0, 10).map((row) => `${given.entities[given.entity[row]!]} ${given.years[given.year[row]!]}`)
    warnings.push({
      code: "singletons",
      message: `${dropped.length} row${dropped.length === 1 ? " is" : "s are"} alone in an entity or a year and dropped: ${named.join(", ")}${dropped.length > 10 ? ", …" : ""}`
    })
  }
  const index = dropped.length === 0 ? given : pickRows(given, rows)
  const clusters = index.entities.length
  if (clusters < 2) {
    const lone = given.entities.length === 1 ? given.entities[0] : given.years.length === 1 ? given.years[0] : undefined
    const found = lone === undefined ? "every row is alone in its entity or its year" : `the sample is of ${lone} alone`
    throw new Fault("too-few-clusters", `${found}: effects and clustered variances need two entities and two years at least; widen the sample`)
  }
  if (index.years.length < 2)
    throw new Fault("too-few-years", `only the year ${index.years[0]} is left in the sample: entity effects need two years at least; widen the sample`)
  if (clusters < FEW_CLUSTERS)
    warnings.push({
      code: "few-clusters",
      message: `there are ${clusters} clusters (entities): with fewer than ${FEW_CLUSTERS}, clustered standard errors are too small and their tests reject too often`
    })
  const pick = ({ name, values }: Variable): Variable => ({ name, values: dropped.length === 0 ? values : Float64Array.from(rows, (row) => values[row]!) })
  return { absorber: absorber(index), rows, pick, warnings }
}

/** Regressors that effects and one another leave something of. */
export interface Independent {
  readonly variables: ReadonlyArray<Variable>
  /** The same, with entity and year effects taken off. */
  readonly within: ReadonlyArray<Float64Array>
  readonly qr: Qr
  readonly warnings: ReadonlyArray<Warning>
}

/** The norm that says whether demeaning annihilated a column: its variation, or where it has next to none, a share of its level that exceeds rounding. */
const scale = (x: Float64Array): number => {
  let mean = 0
  for (const value of x) mean += value / x.length
  let centred = 0
  let raw = 0
  for (const value of x) {
    centred += (value - mean) ** 2
    raw += value * value
  }
  return Math.max(Math.sqrt(centred), 1e-7 * Math.sqrt(raw))
}

/** Default tolerance of collinearity, a share of a column's norm. */
export const COLLINEAR = 1e-7

/**
 * Takes off the effects and drops, with the warning `collinear`, each variable that the effects and the variables before it explain.
 * A Fault where nothing is left, or where one of the `essential` variables is dropped.
 */
export const independent = (sample: FeSample, variables: ReadonlyArray<Variable>, essential: ReadonlyArray<string>, tolerance = COLLINEAR): Independent => {
  const within = variables.map(({ values }) => sample.absorber.within(values))
  const norms = variables.map(({ values }) => scale(values))
  const factor = qr(within, { tolerance, norms })
  const names = factor.dropped.map((c) => variables[c]!.name)
  const lost = names.filter((name) => essential.includes(name))
  if (lost.length > 0)
    throw new Fault(
      "collinear",
      `${lost.join(", ")}: entity effects, year effects and the regressors before it leave no variation of its own, so that the model has no estimate of it; drop it, or what it depends on`
    )
  if (factor.rank === 0) throw new Fault("collinear", `no regressor is left: entity and year effects explain ${names.join(", ") || "nothing was given"}`)
  const warnings: Array<Warning> =
    names.length === 0 ? [] : [{ code: "collinear", message: `dropped for collinearity with the effects or the regressors before: ${names.join(", ")}` }]
  return {
    variables: factor.kept.map((c) => variables[c]!),
    within: factor.kept.map((c) => within[c]!),
    qr: factor,
    warnings
  }
}
