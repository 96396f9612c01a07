/** Industrial synergy agglomeration as the models shall find it. */
import { stream } from "../../src/stats/random.ts"
import { constrain } from "./constrain.ts"
import { CONTROLS } from "./controls.ts"
import { linear, type Moment, meanAndDeviation, regression, sumOfSquares } from "./moments.ts"
import { autoregression, build, cellOf, dot, every, lagged, projection, wholeSample, YEARS } from "./panel.ts"
import { profiles } from "./profile.ts"
import { coefficient, moments } from "./published.ts"

/**
 * The first stage (Table 4, column 2) as moments, on the years with a lag: (L c)'M(c - b L c) = 0 with M what effects and controls leave, and
 * X'M(c - b L c - X g) = 0 for the controls' coefficients g with M what effects leave.
 */
const firstStage = (controls: ReadonlyArray<Float64Array>, slope: number, slopes: ReadonlyArray<number>): ReadonlyArray<Moment> => {
  const sample = { ...wholeSample, from: 1 }
  const rest = projection(controls, sample)
  const lead = (x: Float64Array): Float64Array => build((_p, t, cell) => (t === YEARS - 1 ? 0 : x[cell + 1]!))
  const left = controls.map(projection([], sample))
  const onControls = left.map((row, k) => {
    const next = lead(row)
    return linear(
      `first stage, control ${k}`,
      row.map((value, i) => value - slope * next[i]!),
      slopes.reduce((sum, one, j) => sum + one * dot(row, left[j]!), 0)
    )
  })
  const onLag: Moment = {
    name: "first stage",
    of: (x) => {
      const before = rest(lagged(x))
      const now = rest(x)
      const pull = lead(now.map((value, i) => value - 2 * slope * before[i]!))
      return { value: dot(before, now) - slope * dot(before, before), gradient: before.map((value, i) => value + pull[i]!) }
    },
    target: 0
  }
  return [...onControls, onLag]
}
// Tables 4 and 7 agree when coagglo's own slope on a control is this: the control's coefficient beside uic, and uic's on the control, say what coagglo takes.
export const coaggloOn = (control: string): number => {
  const uic = coefficient(7, 2, "uic")
  const beside = coefficient(7, 2, control) + uic * coefficient(7, 3, control) - coefficient(4, 1, control)
  return beside / (coefficient(4, 1, "coagglo") - uic * coefficient(7, 3, "coagglo"))
}

// Location quotients have weighted means of 1, so 1 - |r| + (M + S) has one below 3: the employment weights must pull down Table 3's unweighted 3.99.
const WEIGHTED_MEAN = 2.75
// What effects and controls leave of coagglo: (residual standard deviation of Table 4, column 1, over the printed standard error .130)^2.
const SUM_OF_SQUARES = 305
const CAPITAL = 0
const TIBET = 25
// The maximum of 19.51 stands before 2016, or the sample of Table 4, column 5, would rest on it alone.
const MAXIMUM_YEAR = 7
const MINIMUM_YEAR = 1
// Other cells come so near to the minimum.
const FLOOR = 0.4

/** coagglo by province and year: Table 3's moments, Table 4's first stage, and a weighted mean that location quotients can have. */
export const makeCoagglo = (seed: number, controls: ReadonlyArray<Float64Array>): Float64Array => {
  const target = moments("coagglo")
  const noise = autoregression(stream(seed, 0), 0.75)
  const floor = stream(seed, 1)
  const start = build((p, t, i) => {
    const peak = p === CAPITAL ? 6 * Math.exp(-(((t - MAXIMUM_YEAR) / 2.2) ** 2)) : 0
    return profiles[p]!.coagglo * (1 + (p === CAPITAL ? 0.06 : 0.15) * noise[i]!) + peak
  })
  const scale = build((p) => Math.sqrt(profiles[p]!.coagglo))
  const pin = (cell: number, value: number): void => {
    start[cell] = value
    scale[cell] = 0
  }
  pin(cellOf(CAPITAL, MAXIMUM_YEAR), target.max)
  pin(cellOf(TIBET, MINIMUM_YEAR), target.min)
  const employment = profiles.reduce((sum, profile) => sum + profile.employment, 0)
  const weightedMeans = Array.from({ length: YEARS }, (_, year) =>
    linear(
      `weighted mean of year ${year}`,
      build((p, t) => (t === year ? profiles[p]!.employment / employment : 0)),
      WEIGHTED_MEAN
    )
  )
  return constrain(
    start,
    [
      ...meanAndDeviation(target),
      ...weightedMeans,
      sumOfSquares("coagglo given controls", projection(controls), SUM_OF_SQUARES),
      ...regression("Table 7 (2)", controls, CONTROLS.map(coaggloOn)),
      ...firstStage(
        controls,
        coefficient(4, 2, "L.coagglo"),
        CONTROLS.map((control) => coefficient(4, 2, control))
      )
    ],
    { lower: build(() => target.min + FLOOR * floor.uniform()), upper: every(target.max), scale, smoothness: 0.5 }
  )
}
