/** Advanced manufacturing as the models shall find it: the path that the composite index of the indicators has to take. */
import { stream } from "../../src/stats/random.ts"
import { constrain } from "./constrain.ts"
import { CONTROLS } from "./controls.ts"
import type { Regressors } from "./mechanism.ts"
import { clusteredError, correlation, instrumentedError, linear, type Moment, meanAndDeviation, partial, regression, sumOfSquares } from "./moments.ts"
import { autoregression, build, cellOf, demeanByProvince, dot, every, interaction, lagged, PROVINCES, projection, wholeSample, YEARS } from "./panel.ts"
import { profiles } from "./profile.ts"
import { coefficient, moments, printed } from "./published.ts"
import { spatialLags } from "./space.ts"

// Table 3 prints 32.96 beside sub-indices whose means give 35.9 under Table 2's weights. In between, all of them are within a tenth.
const MEAN = 33.9
// Residual sum of squares of Table 4, column 1: what its R^2 of .527 and Table 11's sigma2 of 4.419 together imply.
const RESIDUAL_SUM_OF_SQUARES = 2746
// Table 9, column 1, prints 2.817 (0.394); beside mechanism.ts's slopes, 2.75 keeps the columns without the interaction nearer the printed ones.
const DEVELOPMENT_ON_MI = 2.75
// Figure 3 prints no number, but its cloud rises. Fixed effects take levels out, so that the printed coefficients leave this free. Much more than .14, and
// levels would say the same as changes: the paper's Hausman test rejects that.
const POOLED_CORRELATION = 0.14
// The path may come so near to Table 3's maximum, which stands in the last year alone.
const HEADROOM = 1.5
const TIBET = 25

export interface DevelopmentInputs extends Regressors {
  readonly uic: Float64Array
  readonly eg: Float64Array
  /** Provinces of each sub-sample of Table 6, by its column. */
  readonly subsamples: ReadonlyArray<ReadonlyArray<number>>
}

/** ami by province and year: Tables 4, 6, 7 and 9, Table 3's moments, the last year in the paper's order. */
export const makeDevelopment = (seed: number, { coagglo, controls, eg, icc, mi, subsamples, uic }: DevelopmentInputs): Float64Array => {
  const target = moments("ami")
  const noise = autoregression(stream(seed, 0), 0.1)
  const headroom = stream(seed, 1)
  const start = build((p, t, i) => profiles[p]!.advanced - 7.5 * (1 - t / (YEARS - 1)) + 2.1 * noise[i]!)
  const scale = every(1)
  const pin = (cell: number, value: number): void => {
    start[cell] = value
    scale[cell] = 0
  }
  for (let p = 0; p < PROVINCES; p++) pin(cellOf(p, YEARS - 1), profiles[p]!.advanced)
  pin(cellOf(TIBET, 0), target.min)

  const instrument = projection(controls, { ...wholeSample, from: 1 })(lagged(coagglo))
  const subsample = (column: number, provinces: ReadonlyArray<number>): Moment => {
    const row = projection(controls, { provinces, from: 0 })(coagglo)
    return linear(`Table 6 (${column})`, row, coefficient(6, column, "coagglo") * dot(row, coagglo))
  }
  const lag = spatialLags(controls[CONTROLS.indexOf("pdgp")]!)
  const coaggloMi = interaction(coagglo, mi)
  const coaggloIcc = interaction(coagglo, icc)
  return constrain(
    start,
    [
      ...meanAndDeviation({ mean: MEAN, sd: target.sd }),
      correlation("Figure 3", coagglo, POOLED_CORRELATION, target.sd),
      ...regression(
        "Table 4 (1)",
        [coagglo, ...controls],
        ["coagglo", ...CONTROLS].map((term) => coefficient(4, 1, term))
      ),
      linear("Table 4 (3)", instrument, coefficient(4, 3, "coagglo") * dot(instrument, coagglo)),
      partial("Table 4 (4)", eg, controls, coefficient(4, 4, "eg")),
      partial("Table 7 (4)", uic, [coagglo, ...controls], coefficient(7, 4, "uic")),
      partial("Table 9 (1) mi", mi, [coagglo, coaggloMi, ...controls], DEVELOPMENT_ON_MI),
      partial("Table 9 (1) coagglo*mi", coaggloMi, [coagglo, mi, ...controls], coefficient(9, 1, "coagglo*mi")),
      partial("Table 9 (5)", interaction(uic, mi), [uic, mi, ...controls], coefficient(9, 5, "uic*mi")),
      partial("Table 10 (1) icc", icc, [coagglo, coaggloIcc, ...controls], coefficient(10, 1, "icc")),
      partial("Table 10 (1) coagglo*icc", coaggloIcc, [coagglo, icc, ...controls], coefficient(10, 1, "coagglo*icc")),
      partial("Table 10 (5)", interaction(uic, icc), [uic, icc, ...controls], coefficient(10, 5, "uic*icc")),
      partial("Table 11 (2)", lag(coagglo), [coagglo, ...controls, ...controls.map(lag)], coefficient(11, 2, "W*coagglo")),
      ...subsamples.map((provinces, k) => subsample(k + 1, provinces)),
      ...controls.map((control, k) =>
        clusteredError(
          `error of ${CONTROLS[k]}`,
          control,
          [coagglo, ...controls.filter((other) => other !== control)],
          printed(4, 1, CONTROLS[k]!, "std_error")
        )
      ),
      instrumentedError("error of coagglo, instrumented", coagglo, controls, coefficient(4, 3, "coagglo"), printed(4, 3, "coagglo", "std_error")),
      clusteredError("error of coagglo", coagglo, controls, printed(4, 1, "coagglo", "std_error")),
      clusteredError("error of coagglo beside uic", coagglo, [uic, ...controls], printed(7, 4, "coagglo", "std_error")),
      clusteredError("error of uic", uic, [coagglo, ...controls], printed(7, 4, "uic", "std_error")),
      clusteredError("error of uic alone", uic, controls, printed(7, 2, "uic", "std_error")),
      clusteredError("error of mi", mi, [coagglo, coaggloMi, ...controls], printed(9, 1, "mi", "std_error")),
      clusteredError("error of coagglo*mi", coaggloMi, [coagglo, mi, ...controls], printed(9, 1, "coagglo*mi", "std_error")),
      clusteredError("error of eg", eg, controls, printed(4, 4, "eg", "std_error")),
      sumOfSquares("R2 of Table 4 (1)", demeanByProvince, RESIDUAL_SUM_OF_SQUARES / (1 - printed(4, 1, "r2", "r2"))),
      sumOfSquares("residuals of Table 4 (1)", projection([coagglo, ...controls]), RESIDUAL_SUM_OF_SQUARES)
    ],
    { lower: every(target.min), upper: build(() => target.max - HEADROOM * headroom.uniform()), scale }
  )
}
