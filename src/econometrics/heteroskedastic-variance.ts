import { Fault } from "./fault.ts"
import type { LinearFit } from "./linear-fit.ts"

/** From here on a row's leverage is 1 but for rounding: the model fits it whatever its value. */
const WHOLE = 1 - 1e-9

/** Each row's leverage in the full model, absorbed effects included: w_i (d_i'(D'WD)^- d_i + x_i'(X'WX)^-1 x_i); frequency weights count once. */
const leverages = ({ bread, design, effects, residuals, slopes, terms, weights }: LinearFit): Float64Array => {
  const k = terms.length
  const h = new Float64Array(residuals.length)
  if (effects.factors.length > 0) h.set(effects.leverage())
  for (let a = 0; a < slopes; a++)
    for (let b = 0; b < slopes; b++) {
      const [x, y, scale] = [design[a]!, design[b]!, bread[a * k + b]!]
      if (weights === undefined) for (let i = 0; i < h.length; i++) h[i] = h[i]! + scale * x[i]! * y[i]!
      else for (let i = 0; i < h.length; i++) h[i] = h[i]! + weights.values[i]! * scale * x[i]! * y[i]!
    }
  return weights?.kind === "fweight" ? h.map((value, i) => value / weights.values[i]!) : h
}

/**
 * The meat of a variance under independence, sum_i f_i x_i x_i' u_i, k x k, row-major: for `iid` u_i = 1 (so that bread meat bread is the bread); HC1 u_i =
 * e_i^2; HC2 e_i^2/(1 - h_i); HC3 e_i^2/(1 - h_i)^2. Analytic weights enter scores squared, frequency weights once (MacKinnon and White 1985).
 */
export const heteroskedasticMeat = (fit: LinearFit, kind: "iid" | "HC1" | "HC2" | "HC3"): Float64Array => {
  const { design, residuals, weights } = fit
  const k = design.length
  const u = kind === "iid" ? new Float64Array(residuals.length).fill(1) : residuals.map((e) => e * e)
  if (kind === "HC2" || kind === "HC3") {
    const h = leverages(fit)
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
      const [x, y] = [design[a]!, design[b]!]
      let sum = 0
      for (let i = 0; i < u.length; i++) sum += x[i]! * y[i]! * u[i]!
      meat[a * k + b] = sum
      meat[b * k + a] = sum
    }
  return meat
}
