import type { Absorption } from "../effects/absorb.ts"
import { Fault, type Warning } from "../fault.ts"
import { collinearWarnings, effectsNamed, variation } from "../linear/collinear.ts"
import { factorise } from "../linear/least-squares.ts"
import type { Variable } from "../sample/variable.ts"

/** Columns of an instrumented equation by their role, the effects taken off. */
export interface InstrumentColumns {
  readonly y: Float64Array
  readonly x: ReadonlyArray<Float64Array>
  readonly exogenous: ReadonlyArray<Float64Array>
  readonly instruments: ReadonlyArray<Float64Array>
}

interface Roles<A> {
  readonly endogenous: ReadonlyArray<A>
  readonly exogenous: ReadonlyArray<A>
  readonly instruments: ReadonlyArray<A>
}

/** An equation whose columns are independent and enough. */
export interface Identified extends Omit<InstrumentColumns, "y"> {
  readonly exogenousVariables: ReadonlyArray<Variable>
  readonly instrumentVariables: ReadonlyArray<Variable>
  /** A Fault where the first stages' fits are not independent of one another beside the exogenous regressors (the rank condition). */
  readonly requireRank: (fitted: ReadonlyArray<Float64Array>) => void
  readonly warnings: ReadonlyArray<Warning>
}

const names = (variables: ReadonlyArray<Variable>): string => variables.map(({ name }) => name).join(", ")

/**
 * Takes the effects off and drops, with a warning, each exogenous regressor and then each instrument that the effects and the columns before it explain. A Fault
 * where an endogenous regressor is so explained by effects, exogenous and endogenous regressors, or where fewer instruments are left than there are endogenous
 * regressors (the order condition).
 */
export const identified = (
  given: Roles<Variable>,
  effects: Absorption,
  { tolerance, weights }: { readonly weights: Float64Array | undefined; readonly tolerance: number }
): Identified => {
  const { endogenous } = given
  if (endogenous.length === 0)
    throw new Fault("no-endogenous", "the equation has no endogenous regressor, so that there is nothing to instrument: take fixed effects")
  if (given.instruments.length === 0)
    throw new Fault("under-identified", `${names(endogenous)}: no instrument was given; two-stage least squares needs one for each`)
  const off = (variables: ReadonlyArray<Variable>) => variables.map((variable) => ({ variable, column: effects.residualize(variable.values) }))
  const [x, exogenous, instruments] = [off(endogenous), off(given.exogenous), off(given.instruments)]
  const norms = (columns: ReadonlyArray<{ readonly variable: Variable }>) => columns.map(({ variable }) => variation(variable.values, weights))
  const judge = (columns: ReturnType<typeof off>) =>
    factorise(
      columns.map(({ column }) => column),
      { weights, tolerance, norms: norms(columns) }
    )

  const own = [...exogenous, ...instruments]
  const { dropped, kept } = judge(own)
  const keptExogenous = kept.filter((c) => c < exogenous.length).map((c) => own[c]!)
  const keptInstruments = kept.filter((c) => c >= exogenous.length).map((c) => own[c]!)
  const explained = `${effects.factors.length === 0 ? "the constant" : effectsNamed(effects.factors)} and exogenous regressors`
  const lost = dropped.filter((c) => c >= exogenous.length).map((c) => own[c]!.variable)
  if (keptInstruments.length === 0)
    throw new Fault("under-identified", `${names(lost)}: ${explained} explain every instrument, so that ${names(endogenous)} has none; give another instrument`)
  if (keptInstruments.length < x.length)
    throw new Fault(
      "under-identified",
      `${names(endogenous)}: ${x.length} endogenous regressors need as many instruments at least, and there ${keptInstruments.length === 1 ? "is one" : `are ${keptInstruments.length}`} (${names(
        keptInstruments.map(({ variable }) => variable)
      )})${lost.length === 0 ? "" : ` beside ${names(lost)}, which ${explained} or the instruments before explain`}; give more`
    )
  // The endogenous regressors come after the exogenous ones: each must have variation of its own.
  const regressors = [...keptExogenous, ...x]
  const warnings = collinearWarnings(
    judge(regressors).dropped.map((c) => regressors[c]!.variable.name),
    regressors.length + 1,
    endogenous.map(({ name }) => name),
    effects.factors
  )
  return {
    x: x.map(({ column }) => column),
    exogenous: keptExogenous.map(({ column }) => column),
    instruments: keptInstruments.map(({ column }) => column),
    exogenousVariables: keptExogenous.map(({ variable }) => variable),
    instrumentVariables: keptInstruments.map(({ variable }) => variable),
    requireRank: (fitted) => {
      const columns = [...keptExogenous.map(({ column }) => column), ...fitted]
      const none = factorise(columns, {
        weights,
        tolerance,
        norms: [...keptExogenous, ...x].map(({ column }) => variation(column, weights))
      }).dropped.map((c) => endogenous[c - keptExogenous.length]!)
      if (none.length > 0)
        throw new Fault(
          "under-identified",
          `${names(none)}: the instruments (${names(keptInstruments.map(({ variable }) => variable))}) move ${
            x.length === 1 ? "it" : "it apart from the other endogenous regressors"
          } not at all, so that its coefficient is not identified; give other instruments`
        )
    },
    warnings: [
      ...warnings,
      ...collinearWarnings(
        dropped.map((c) => own[c]!.variable.name),
        own.length + 1,
        [],
        effects.factors
      )
    ]
  }
}
