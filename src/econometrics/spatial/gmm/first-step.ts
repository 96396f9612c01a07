import { Fault, type Warning } from "../../fault.ts"
import { type TwoStageFit, twoStage } from "../../instruments/two-stage.ts"
import { COLLINEAR, collinearWarnings, variation } from "../../linear/collinear.ts"
import { factorise } from "../../linear/least-squares.ts"
import { CONSTANT } from "../../regression/regression-sample.ts"
import type { Variable } from "../../sample/variable.ts"
import type { GmmEquation } from "./gmm-equation.ts"
import type { GmmFrame } from "./gmm-frame.ts"
import { type SpatialGmmOptions, varianceOfEquation } from "./gmm-options.ts"
import type { EquationColumns } from "./projected-equation.ts"

/** The columns that an equation keeps. */
export interface FirstStep {
  /** Two-stage least squares of the equation as it is; undefined where nothing is endogenous. */
  readonly fit: TwoStageFit | undefined
  /** Names of the right side's columns, endogenous regressors first, and of the excluded instruments. */
  readonly names: ReadonlyArray<string>
  readonly instruments: ReadonlyArray<string>
  /** Effects and all. */
  readonly columns: EquationColumns
  readonly warnings: ReadonlyArray<Warning>
}

/** Finds which columns are independent once the effects are taken off, the constant being one of them where there are none; what is dropped is told by name. */
export const firstStep = (equation: GmmEquation, frame: GmmFrame, { level, tolerance = COLLINEAR, variance = "iid" }: SpatialGmmOptions): FirstStep => {
  const { dependent, endogenous, exogenous, instruments, sample } = equation
  const constant: ReadonlyArray<Variable> =
    frame.absorbedFactors.length === 0 ? [{ name: CONSTANT, values: new Float64Array(dependent.values.length).fill(1) }] : []
  const all = new Map([...constant, ...exogenous, ...endogenous, ...instruments].map((variable) => [variable.name, variable.values]))
  const columnsOf = (names: ReadonlyArray<string>) => names.map((name) => all.get(name)!)
  const rows = dependent.values.length
  if (endogenous.length === 0) {
    const given = [...constant, ...exogenous]
    const { dropped, kept } = factorise(
      given.map(({ values }) => frame.demean(values)),
      { tolerance, norms: given.map(({ name, values }) => (name === CONSTANT ? Math.sqrt(rows) : variation(values))) }
    )
    const warnings = collinearWarnings(
      dropped.map((c) => given[c]!.name),
      given.length,
      [],
      frame.absorbedFactors
    )
    const names = kept.map((c) => given[c]!.name)
    requireFreedom(rows, names.length, frame)
    return { fit: undefined, names, instruments: [], warnings, columns: { y: dependent.values, endogenous: [], exogenous: columnsOf(names), instruments: [] } }
  }
  const factors = [frame.factors.entity, frame.factors.year]
  const fit = twoStage(
    {
      dependent,
      endogenous,
      exogenous,
      instruments,
      effects: frame.absorbedFactors,
      groups: factors.filter((factor) => !frame.absorbedFactors.includes(factor)),
      coordinates: equation.coordinates
    },
    { ...varianceOfEquation(variance, sample), tolerance, level }
  )
  requireFreedom(rows, fit.terms.length, frame)
  return {
    fit,
    names: fit.terms,
    instruments: fit.instruments,
    warnings: fit.warnings,
    columns: {
      y: dependent.values,
      endogenous: columnsOf(fit.endogenous),
      exogenous: columnsOf(fit.exogenous),
      instruments: columnsOf(fit.instruments)
    }
  }
}

const requireFreedom = (rows: number, slopes: number, { absorbed, observations }: GmmFrame): void => {
  if (observations <= slopes || rows <= slopes + absorbed)
    throw new Fault(
      "no-degrees-of-freedom",
      `${rows} rows cannot carry ${slopes} coefficients and ${absorbed} effects; widen the sample or take fewer regressors`
    )
}
