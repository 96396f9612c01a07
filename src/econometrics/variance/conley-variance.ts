import { sandwich } from "../../linalg/cross-product.ts"
import { Fault, type Warning } from "../fault.ts"
import type { Coordinates, LinearFit } from "../linear/linear-fit.ts"
import { scoreDesign } from "../linear/score-design.ts"
import { type Factor, factor, intersection } from "../sample/factor.ts"
import { clusterScores } from "./cluster-meat.ts"
import { nearbyPlaces } from "./nearby-places.ts"
import { repairedVariance, requireVariance, residualDf, type VarianceEstimate, weightedResiduals } from "./variance-estimate.ts"

/** Robust to dependence between rows that are near one another in space, and between rows of one entity that are near in time. */
export interface Conley {
  readonly kind: "conley"
  /** In km: rows farther apart are independent. */
  readonly cutoff: number
  /** The weight of a pair at distance d up to the cutoff: 1, or 1 - d/cutoff. */
  readonly kernel: "uniform" | "bartlett"
  /** The factor that is time: only pairs within a period count, but for `lag`. */
  readonly time?: string
  /** In the place of `time`: all pairs count, of whichever periods. */
  readonly pooled?: true
  /** Rows of one entity up to this far apart in time, in the units of its labels, depend on one another with the weights 1 - l/(lag + 1); 0 where it is not given. */
  readonly lag?: number
  /** The factor that is the entity, for `lag`. */
  readonly entity?: string
}

/** Every pair of places in a period, s_i K_ij s_j', with each place's own; `pairs` counts those of two places. */
const spatialMeat = (
  scores: Float64Array,
  k: number,
  periods: ReadonlyArray<ReadonlyArray<number>>,
  at: Coordinates,
  { cutoff, kernel }: Conley
): { readonly meat: Float64Array; readonly pairs: number } => {
  const meat = new Float64Array(k * k)
  let pairs = 0
  for (const cells of periods) {
    // Half of its own score and the weighted scores of the neighbours met after it: twice its symmetric product with the own one is the cell's part.
    const beside = new Float64Array(cells.length * k)
    for (const [i, cell] of cells.entries()) for (let a = 0; a < k; a++) beside[i * k + a] = scores[cell * k + a]! / 2
    nearbyPlaces(at, cells, cutoff, (i, j, distance) => {
      const weight = kernel === "uniform" ? 1 : 1 - distance / cutoff
      const other = cells[j]! * k
      for (let a = 0; a < k; a++) beside[i * k + a] = beside[i * k + a]! + weight * scores[other + a]!
      pairs++
    })
    for (const [i, cell] of cells.entries()) addSymmetric(meat, scores, cell * k, beside, i * k, k)
  }
  return { meat, pairs }
}

/** meat + x y' + y x', x and y being parts of longer arrays. */
const addSymmetric = (meat: Float64Array, x: Float64Array, ofX: number, y: Float64Array, ofY: number, k: number): void => {
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) meat[a * k + b] = meat[a * k + b]! + x[ofX + a]! * y[ofY + b]! + y[ofY + a]! * x[ofX + b]!
}

/** Pairs of different periods of an entity, (1 - |s - t|/(lag + 1)) s_is s_it'. */
const serialMeat = (fit: LinearFit, weighted: Float64Array, entity: Factor, time: Factor, lag: number): Float64Array => {
  const k = fit.terms.length
  const cells = intersection(entity, time)
  const scores = clusterScores(fit.design, weighted, cells.codes, cells.levels)
  const meat = new Float64Array(k * k)
  // A cell's label is its entity's code times the number of periods, and its period's code.
  const place = cells.labels.map((label) => ({ entity: Math.floor(Number(label) / time.levels), time: Number(time.labels[Number(label) % time.levels]) }))
  const beside = new Float64Array(k)
  for (let c = 0; c < cells.levels; c++) {
    beside.fill(0)
    for (let d = c + 1; d < cells.levels && place[d]!.entity === place[c]!.entity; d++) {
      const gap = place[d]!.time - place[c]!.time
      if (gap > lag) break
      for (let a = 0; a < k; a++) beside[a] = beside[a]! + (1 - gap / (lag + 1)) * scores[d * k + a]!
    }
    addSymmetric(meat, scores, c * k, beside, 0, k)
  }
  return meat
}

interface Checked {
  readonly coordinates: Coordinates
  readonly time: Factor | undefined
  readonly entity: Factor | undefined
}

/** What the options name; a Fault with all that is wrong in them. */
const check = (fit: LinearFit, { cutoff, entity, kernel, lag = 0, pooled, time }: Conley): Checked => {
  const wrong: Array<string> = []
  const named = (name: string | undefined, use: string): Factor | undefined => {
    const found = fit.groups.find((group) => group.name === name)
    if (name !== undefined && found === undefined)
      wrong.push(`the model has no factor ${name} to take as ${use}; it has ${fit.groups.map((group) => group.name).join(", ") || "none"}`)
    return found
  }
  const periods = named(time, "time")
  const entities = named(entity, "entity")
  if (!(cutoff > 0 && Number.isFinite(cutoff))) wrong.push(`a cutoff of ${cutoff}: it is a distance in km, more than 0`)
  if (kernel !== "uniform" && kernel !== "bartlett") wrong.push(`the kernel is uniform or bartlett, not ${kernel}`)
  if (time === undefined && pooled !== true)
    wrong.push("which rows can depend on one another is not said: name the factor that is `time`, for pairs within its periods, or say `pooled: true`")
  if (time !== undefined && pooled === true) wrong.push("`time` means pairs within a period, and `pooled` pairs of all periods: leave one out")
  if (!(Number.isInteger(lag) && lag >= 0)) wrong.push(`a lag of ${lag}: it is a whole number, from 0`)
  else if (lag > 0) {
    if (entity === undefined) wrong.push(`a lag of ${lag} is within an entity: name the factor that is \`entity\``)
    if (time === undefined) wrong.push(`a lag of ${lag} is between periods: name the factor that is \`time\``)
    else if (periods?.labels.some((label) => typeof label !== "number") === true)
      wrong.push(`a lag counts time in numbers, and ${time} has texts (${periods.labels[0]})`)
  }
  if (fit.coordinates === undefined) wrong.push("the model has no coordinates: give it each row's latitude and longitude")
  else {
    const { latitude, longitude } = fit.coordinates
    const out: Array<number> = []
    for (let i = 0; i < latitude.length; i++) if (!(Math.abs(latitude[i]!) <= 90 && Math.abs(longitude[i]!) <= 360)) out.push(i)
    if (out.length > 0)
      wrong.push(
        `${out.length} row${out.length === 1 ? " has" : "s have"} no place: row ${out[0]! + 1} of the sample has latitude ${latitude[out[0]!]} and longitude ${longitude[out[0]!]}; give degrees north from -90 to 90 and degrees east, or leave the rows out`
      )
  }
  if (wrong.length > 0) throw new Fault("conley", `Conley's variance: ${wrong.join("; ")}`)
  return { coordinates: fit.coordinates!, time: periods, entity: entities }
}

/** The meat of Conley's variance, the number of pairs of places in it, and its name. A Fault with all that is wrong in the options. */
export const conleyMeat = (fit: LinearFit, variance: Conley): { readonly meat: Float64Array; readonly pairs: number; readonly name: string } => {
  const { coordinates, entity, time } = check(fit, variance)
  const { cutoff, kernel, lag = 0 } = variance
  const k = fit.terms.length
  const weighted = weightedResiduals(fit)

  const places = intersection(factor("latitude", coordinates.latitude), factor("longitude", coordinates.longitude))
  const cells = time === undefined ? places : intersection(places, time)
  const [latitude, longitude] = [new Float64Array(cells.levels), new Float64Array(cells.levels)]
  for (let i = 0; i < cells.codes.length; i++) {
    latitude[cells.codes[i]!] = coordinates.latitude[i]!
    longitude[cells.codes[i]!] = coordinates.longitude[i]!
  }
  const periods = Array.from({ length: time?.levels ?? 1 }, (): Array<number> => [])
  for (const [cell, label] of cells.labels.entries()) periods[time === undefined ? 0 : Number(label) % time.levels]!.push(cell)
  const scores = clusterScores(fit.design, weighted, cells.codes, cells.levels)
  const { meat, pairs } = spatialMeat(scores, k, periods, { latitude, longitude }, variance)
  if (lag > 0) for (const [i, value] of serialMeat(fit, weighted, entity!, time!, lag).entries()) meat[i] = meat[i]! + value

  const name = `Conley, ${kernel} kernel up to ${cutoff} km${time === undefined ? ", all periods pooled" : ` within a ${time.name}`}${lag > 0 ? `, up to ${lag} lags within a ${entity!.name}` : ""}`
  return { meat, pairs, name }
}

/**
 * Conley's variance: (X'WX)^-1 [sum over pairs of rows of K(d_ij) s_i s_j'] (X'WX)^-1, s_i = w_i x_i e_i, over pairs of one period (or `pooled`, of all); d is
 * the great-circle distance in km (R = 6371.0088). With `lag`, plus the pairs of different periods of one entity with Bartlett's weights, a gap in time counting
 * (Hsiang 2010). No small-sample factor; t with n less slopes and effects. A negative eigenvalue, which either kernel can give, is set to zero, and told.
 *
 * Rows of one place and period are added up first, and only pairs in a band of latitude are looked at.
 * R: fixest's `vcov_conley` (pooled, with its factor (n - 1)/(n - K) and a spherical distance); Stata: `acreg`, and Hsiang's `ols_spatial_HAC`.
 *
 * Sources: Conley (1999), Journal of Econometrics 92(1); Hsiang (2010), Proceedings of the National Academy of Sciences 107(35).
 */
export const conleyVariance = (fit: LinearFit, variance: Conley): VarianceEstimate => {
  const df = residualDf(fit)
  const { cutoff, kernel, lag = 0, time } = variance
  const k = fit.terms.length
  const { columns, root } = scoreDesign(fit)
  const { meat, name, pairs } = conleyMeat({ ...fit, design: columns }, variance)
  const found = sandwich(root, meat, k)
  const repaired = repairedVariance(fit, found)
  const matrix = repaired ?? found
  requireVariance(fit, matrix, name, `the variance came out negative or nothing; take ${kernel === "uniform" ? "the Bartlett kernel" : "another cutoff"}`)
  const warnings: Array<Warning> = []
  if (repaired !== undefined)
    warnings.push({
      code: "variance-not-definite",
      message: `${name}: the variance had a negative eigenvalue, which was set to zero: a kernel over distances on the sphere need not give a positive semi-definite one${kernel === "uniform" ? "; Bartlett's seldom fails so" : ""}`
    })
  if (pairs === 0)
    warnings.push({
      code: "no-neighbours",
      message: `no two places are within ${cutoff} km of one another${time === undefined ? "" : ` in the same ${time}`}: nothing of space is in these standard errors`
    })
  return {
    name,
    matrix,
    df: new Float64Array(k).fill(df),
    smallSample: {
      convention: "none",
      formula: `1; K(d) = ${kernel === "uniform" ? "1" : "1 - d/D"} for d <= D km${lag > 0 ? ", 1 - l/(L+1) for lags l <= L" : ""}`,
      numbers: { n: fit.nobs, D: cutoff, ...(lag > 0 ? { L: lag } : {}), pairs },
      value: 1
    },
    warnings
  }
}
