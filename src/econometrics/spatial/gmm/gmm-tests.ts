import type { Warning } from "../../fault.ts"
import { instrumentTests } from "../../instruments/instrument-tests.ts"
import { instrumented } from "../../instruments/instrumented.ts"
import { overIdentification } from "../../instruments/moment-tests.ts"
import type { TwoStageFit } from "../../instruments/two-stage.ts"
import type { Test } from "../../linear/inference.ts"
import type { EquationColumns } from "./projected-equation.ts"

/** Tests that say how strong instruments are: of no matter to them is what the equation's errors are. */
const STRENGTH = /^(first_stage_f|sanderson_windmeijer_f|angrist_pischke_f|kp_rk_lm|kp_rk_wald_f|cragg_donald_f|stock_yogo|effective_f)$/

/** A rule of thumb where no critical value is tabulated (Staiger and Stock 1997). */
const WEAK = 10

/**
 * The tests of an equation's instruments. Of one whose errors are spatial or random those of their strength are of the unfiltered equation, and the test of
 * overidentification of the `filtered` one, whose errors are independent.
 */
export const gmmTests = (
  fit: TwoStageFit,
  filtered: { readonly columns: EquationColumns; readonly residuals: Float64Array } | undefined
): ReadonlyArray<Test> => {
  const all = instrumentTests(fit)
  if (filtered === undefined) return all
  const { endogenous: x, exogenous, instruments, y } = filtered.columns
  const test = overIdentification(instrumented({ ...fit, columns: { y, x, exogenous, instruments }, residuals: filtered.residuals }))
  return [
    ...all.filter((one) => STRENGTH.test(one.test)).map((one) => ({ ...one, note: `${one.note}; of the unfiltered equation` })),
    { ...test, note: `${test.note}; of the filtered equation` }
  ]
}

/** Warns where the Kleibergen-Paap F lets the bias of 2SLS be more than a tenth of that of least squares. */
export const weakWarnings = (tests: ReadonlyArray<Test>): ReadonlyArray<Warning> => {
  const f = tests.find(({ test }) => test === "kp_rk_wald_f")
  if (f?.statistic === undefined) return []
  const tabulated = tests.find(({ test, variant }) => test === "stock_yogo" && variant === "10% maximal IV relative bias")?.critical
  const critical = tabulated ?? WEAK
  return f.statistic >= critical
    ? []
    : [
        {
          code: "weak-instruments",
          message: `the instruments are weak: their Kleibergen-Paap F is ${f.statistic.toPrecision(4)}, below ${critical}${tabulated === undefined ? " (a rule of thumb)" : " (Stock and Yogo: 10% maximal relative bias)"}; estimates lean towards least squares and intervals are too short`
        }
      ]
}
