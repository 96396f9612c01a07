/** Mechanism variables (section 4.2.4): manufacturing intelligence, international capacity cooperation, urban innovation capacity. */
import { stream } from "../../src/stats/random.ts"
import { constrain } from "./constrain.ts"
import { CONTROLS } from "./controls.ts"
import { clusteredError, interactionPartial, interactionSlope, linear, meanAndDeviation, partial, regression, sumOfSquares } from "./moments.ts"
import { autoregression, build, cellOf, demeanByProvince, dot, every, interaction, projection, YEARS } from "./panel.ts"
import { profiles } from "./profile.ts"
import { coefficient, moments, printed } from "./published.ts"
import { type Gaps, gapsOf } from "./yearbook.ts"

const JIANGSU = 9
const GUANGDONG = 18
const LAST = YEARS - 1

// Table 9's slopes of some 1 per unit of mi, and Table 3's standard deviation of mi of 182.18, cannot be in one unit. In this project's they are per standard
// deviation: the models' mi is Table 3's over 182.18.
export const MI_UNIT = moments("mi").sd
// Table 9, columns 2 and 3, need the slope of coagglo*mi on mi to be (0.127 - 0.965)/0.279 = -3.0, and no series that looks like imports of robots has that
// beside coagglo's minimum of 1.02: -2.75 is the nearest that keeps the paths plausible.
const INTERACTION_ON_MI = -2.75
// From .266 in Table 7 to .232 in Table 9 takes a slope of mi on coagglo of .268; with more than .075 mi grows little over the years.
const MI_ON_COAGGLO = 0.075
const MI_SUM_OF_SQUARES = 109

/** Imports of industrial robots in MI_UNIT: Table 3's moments, and with coagglo the slopes that let Table 9's columns agree with Tables 4 and 7. */
export const makeIntelligence = (seed: number, coagglo: Float64Array, controls: ReadonlyArray<Float64Array>, outliers: Gaps): Float64Array => {
  const { max, mean, min } = moments("mi")
  const noise = autoregression(stream(seed, 0), 0.6)
  const start = build((p, t, i) => Math.max(min, 100 * profiles[p]!.robots * (0.12 + (0.88 * t) / LAST) * Math.exp(0.12 * noise[i]!)) / MI_UNIT)
  const scale = start.map((value) => 0.02 + value)
  const lower = start.map((value) => Math.max(min / MI_UNIT, 0.05 * value))
  start[cellOf(JIANGSU, LAST)] = max / MI_UNIT
  scale[cellOf(JIANGSU, LAST)] = 0
  const rest = projection(controls)
  const given = rest(coagglo)
  const onFixed = (coefficient(9, 2, "coagglo") - coefficient(9, 3, "coagglo")) / coefficient(9, 3, "coagglo*mi")
  const slope = { rest, other: coagglo, fixed: coagglo, onFixed, onSelf: INTERACTION_ON_MI }
  const onControls = CONTROLS.flatMap((control, k) => {
    const others = [coagglo, ...controls.filter((_, j) => j !== k)]
    // What a control's coefficient loses when a term comes in is that term's slope on the control times the term's coefficient.
    const alone = (coefficient(7, 3, control) - coefficient(9, 2, control)) / coefficient(9, 2, "mi")
    const both = coefficient(7, 3, control) - coefficient(9, 3, control)
    const product = (both - coefficient(9, 3, "mi") * alone) / coefficient(9, 3, "coagglo*mi")
    return [partial(`mi on ${control}`, controls[k]!, others, alone), interactionPartial(`coagglo*mi on ${control}`, coagglo, controls[k]!, others, product)]
  })
  return constrain(
    start,
    [
      ...meanAndDeviation({ mean: mean / MI_UNIT, sd: 1 }),
      ...onControls,
      linear("mi on coagglo", given, MI_ON_COAGGLO * dot(given, given)),
      interactionSlope("coagglo*mi on coagglo", { ...slope, row: coagglo }),
      interactionSlope("coagglo*mi on mi", { ...slope, row: undefined }),
      sumOfSquares("mi given controls", rest, MI_SUM_OF_SQUARES)
    ],
    { lower, upper: every(max / MI_UNIT), scale, smoothness: 0.9, gaps: outliers }
  )
}

// The slopes of Table 10 are near .01 and Table 3's standard deviation of icc is .76: the models' icc is in percent.
export const PERCENT = 100
/** Trade, foreign direct investment and contracted projects of manufacturing over GDP, %. One province makes Table 3's skewness: its mean is .13, its maximum 10.63. */
export const makeCooperation = (seed: number): Float64Array => {
  const noise = autoregression(stream(seed, 0), 0.7)
  const { max, mean, sd } = moments("icc")
  const start = build((p, t, i) =>
    p === GUANGDONG ? Math.max(20, PERCENT * max * (t / LAST) ** 3) : 0.25 * profiles[p]!.coagglo ** 1.8 * Math.exp(0.25 * noise[i]!)
  )
  const scale = Float64Array.from(start)
  scale[cellOf(GUANGDONG, LAST)] = 0
  const limits = { lower: every(0.2), upper: every(PERCENT * max), scale, smoothness: 0.9 }
  return constrain(start, meanAndDeviation({ mean: PERCENT * mean, sd: PERCENT * sd }), limits)
}

// Table 9, column 3: between the printed .965 (.089) and what the printed .127 (.039) of column 2 asks for beside INTERACTION_ON_MI.
const INNOVATION_ON_MI = 0.93
// Given effects and controls: cov(coagglo, uic) over it is the slope of coagglo on uic, which takes 1.379 to 1.563 in Table 7.
const UIC_SUM_OF_SQUARES = 178
// The same beside coagglo.
const RESIDUAL_SUM_OF_SQUARES = 156.4
// Slopes of uic*mi on uic and mi that take column 4 of Table 9 near its column 5.
const UIC_MI_ON_UIC = 0.42
const UIC_MI_ON_MI = 1.65
const LOWEST = 0.1

export interface Regressors {
  readonly coagglo: Float64Array
  readonly mi: Float64Array
  readonly icc: Float64Array
  readonly controls: ReadonlyArray<Float64Array>
}
/** Patents for inventions granted, 10,000, and the gaps of their column: Tables 7 and 9, and with mi the slopes that the columns of Table 9 on ami need. */
export const makeInnovation = (seed: number, { coagglo, controls, icc, mi }: Regressors): { readonly uic: Float64Array; readonly gaps: Gaps } => {
  const target = moments("uic")
  const noise = autoregression(stream(seed, 0), 0.4)
  const gaps = gapsOf(stream(seed, 1), 0.015)
  const start = build((p, t, i) => profiles[p]!.patents * (0.03 + 0.97 * (t / LAST) ** 2) * Math.exp(0.15 * noise[i]!))
  const scale = start.map((value) => 0.02 + value)
  start[cellOf(GUANGDONG, LAST)] = target.max
  scale[cellOf(GUANGDONG, LAST)] = 0
  const rest = projection(controls)
  const product = interaction(coagglo, mi)
  const slope = { rest, other: mi, fixed: mi, onFixed: UIC_MI_ON_MI, onSelf: UIC_MI_ON_UIC }
  const uic = constrain(
    start,
    [
      ...meanAndDeviation(target),
      ...regression(
        "Table 7 (3)",
        [coagglo, ...controls],
        ["coagglo", ...CONTROLS].map((term) => coefficient(7, 3, term))
      ),
      partial("Table 9 (3) mi", mi, [coagglo, product, ...controls], INNOVATION_ON_MI),
      partial("Table 9 (3) coagglo*mi", product, [coagglo, mi, ...controls], coefficient(9, 3, "coagglo*mi")),
      partial("Table 10 (3) icc", icc, [coagglo, interaction(coagglo, icc), ...controls], coefficient(10, 3, "icc")),
      partial("Table 10 (3) coagglo*icc", interaction(coagglo, icc), [coagglo, icc, ...controls], coefficient(10, 3, "coagglo*icc")),
      interactionSlope("uic*mi on uic", { ...slope, row: undefined }),
      interactionSlope("uic*mi on mi", { ...slope, row: mi }),
      clusteredError("error of coagglo", coagglo, controls, printed(7, 3, "coagglo", "std_error")),
      clusteredError("error of mi", mi, [coagglo, product, ...controls], printed(9, 3, "mi", "std_error")),
      clusteredError("error of coagglo*mi", product, [coagglo, mi, ...controls], printed(9, 3, "coagglo*mi", "std_error")),
      sumOfSquares("R2 of Table 7 (3)", demeanByProvince, RESIDUAL_SUM_OF_SQUARES / (1 - printed(7, 3, "r2", "r2"))),
      sumOfSquares("uic given controls", rest, UIC_SUM_OF_SQUARES)
    ],
    { lower: start.map((value) => LOWEST * value), upper: every(target.max), scale, smoothness: 0.8, gaps }
  )
  return { uic, gaps }
}
