import { sandwich } from "../../linalg/cross-product.ts"
import { Fault } from "../fault.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import { type ScoreDesign, scoreDesign } from "../linear/score-design.ts"
import { allParameters, type SmallSample } from "./small-sample.ts"
import { residualDf, sumOfSquaredResiduals, type VarianceEstimate } from "./variance-estimate.ts"

/** From here on a row's leverage is 1 but for rounding: the model fits it whatever its value. */
const WHOLE = 1 - 1e-9

/** Each row's leverage in the full model, absorbed effects included: w_i (d_i'(D'WD)^- d_i + x_i'(X'WX)^-1 x_i); frequency weights count once. */
const leverages = ({ effects, residuals, slopes, weights }: LinearFit, { columns, inverse }: ScoreDesign): Float64Array => {
  const h = new Float64Array(residuals.length)
  if (effects.factors.length > 0) h.set(effects.leverage())
  for (let a = 0; a < slopes; a++)
    for (let b = 0; b < slopes; b++) {
      const [x, y, scale] = [columns[a]!, columns[b]!, inverse[a * slopes + b]!]
      if (weights === undefined) for (let i = 0; i < h.length; i++) h[i] = h[i]! + scale * x[i]! * y[i]!
      else for (let i = 0; i < h.length; i++) h[i] = h[i]! + weights.values[i]! * scale * x[i]! * y[i]!
    }
  return weights?.kind === "fweight" ? h.map((value, i) => value / weights.values[i]!) : h
}

/**
 * The meat of a variance under independence, sum_i f_i x_i x_i' u_i, k x k, row-major: for `iid` u_i = 1 (so that bread meat bread is the bread); HC1 u_i =
 * e_i^2; HC2 e_i^2/(1 - h_i); HC3 e_i^2/(1 - h_i)^2. Analytic weights enter scores squared, frequency weights once (MacKinnon and White 1985).
 */
const heteroskedasticMeat = (fit: LinearFit, kind: "iid" | "HC1" | "HC2" | "HC3", scores: ScoreDesign): Float64Array => {
  const { residuals, weights } = fit
  const { columns } = scores
  const k = columns.length
  const u = kind === "iid" ? new Float64Array(residuals.length).fill(1) : residuals.map((e) => e * e)
  if (kind === "HC2" || kind === "HC3") {
    const h = leverages(fit, scores)
    const whole = h.reduce((count, value) => count + (value > WHOLE ? 1 : 0), 0)
    if (whole > 0)
      throw new Fault(
        "leverage-one",
        `${whole} row${whole === 1 ? " has" : "s have"} a leverage of 1 (row ${h.findIndex((value) => value > WHOLE) + 1} of the sample first): regressors and effects fit ${whole === 1 ? "it" : "them"} exactly, so that ${kind} is not defined; take HC1, or leave them out`
      )
    for (let i = 0; i < u.length; i++) u[i] = u[i]! / (kind === "HC2" ? 1 - h[i]! : (1 - h[i]!) ** 2)
  }
  if (weights !== undefined)
    for (let i = 0; i < u.length; i++) u[i] = u[i]! * weights.values[i]! * (weights.kind === "aweight" && kind !== "iid" ? weights.values[i]! : 1)
  const meat = new Float64Array(k * k)
  for (let a = 0; a < k; a++)
    for (let b = 0; b <= a; b++) {
      const [x, y] = [columns[a]!, columns[b]!]
      let sum = 0
      for (let i = 0; i < u.length; i++) sum += x[i]! * y[i]! * u[i]!
      meat[a * k + b] = sum
      meat[b * k + a] = sum
    }
  return meat
}

/** s2 (X'WX)^-1, s2 = e'We/(n - K), K = slopes and all effects; without a small-sample convention e'We/n. */
export const iidVariance = (fit: LinearFit, convention: SmallSample): VarianceEstimate => {
  const k = fit.terms.length
  const n = fit.nobs
  const dfResidual = residualDf(fit)
  const divisor = convention === "none" ? n : dfResidual
  // The slopes' part is the bread itself, which no product of it with X'X gives to as many digits; a term that has an influence column in its place has its
  // sums of squares.
  const scores = scoreDesign(fit)
  const matrix = fit.slopes === k ? fit.bread.slice() : sandwich(scores.root, heteroskedasticMeat(fit, "iid", scores), k)
  for (let i = 0; i < fit.slopes; i++) for (let j = 0; j < fit.slopes; j++) matrix[i * k + j] = fit.bread[i * k + j]!
  const s2 = sumOfSquaredResiduals(fit) / divisor
  const scale = fit.weights?.kind === "aweight" ? fit.weights.values.reduce((sum, w) => sum + w, 0) / n : 1
  const numbers: Record<string, number> = convention === "none" ? { n } : { n, K: n - dfResidual }
  return {
    name: "iid",
    matrix: matrix.map((v) => v * s2 * scale),
    df: new Float64Array(k).fill(dfResidual),
    smallSample: { convention, formula: convention === "none" ? "s2 = e'e/n" : `s2 = e'e/(n-K), K = ${allParameters(fit)}`, numbers, value: n / divisor },
    warnings: []
  }
}

/** Robust to heteroskedasticity: HC1 (HC0 without a small-sample convention), HC2, HC3. */
export const heteroskedasticVariance = (fit: LinearFit, kind: "HC1" | "HC2" | "HC3", convention: SmallSample): VarianceEstimate => {
  const k = fit.terms.length
  const n = fit.nobs
  const dfResidual = residualDf(fit)
  const counted = convention === "plm" ? fit.slopes : n - dfResidual
  const scores = scoreDesign(fit)
  const value = kind !== "HC1" || convention === "none" ? 1 : n / (n - counted)
  return {
    name: `${kind}, robust to heteroskedasticity`,
    matrix: sandwich(scores.root, heteroskedasticMeat(fit, kind, scores), k).map((v) => v * value),
    df: new Float64Array(k).fill(dfResidual),
    smallSample: {
      convention,
      formula:
        kind === "HC1"
          ? convention === "none"
            ? "1; HC0"
            : `n/(n-K), K = ${convention === "plm" ? "slopes" : allParameters(fit)}`
          : `1; e_i^2/(1-h_i)${kind === "HC3" ? "^2" : ""} for e_i^2, h_i the leverage in the full model`,
      numbers: kind === "HC1" && convention !== "none" ? { n, K: counted } : { n },
      value
    },
    warnings: []
  }
}
