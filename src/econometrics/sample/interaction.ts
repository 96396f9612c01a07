import { Fault } from "../fault.ts"
import type { Variable } from "./variable.ts"

/** What an interaction multiplies: the variables as they are, less their means, or less their means in units of their standard deviations. */
export type InteractionForm = "raw" | "centred" | "standardised"

/** What is wrong with a form, if anything. */
export const formFaults = (form: string): ReadonlyArray<string> =>
  form === "raw" || form === "centred" || form === "standardised" ? [] : [`an interaction is of raw, centred or standardised variables, not ${form}`]

/** The mean and the standard deviation (n - 1) of a variable over the sample. */
const moments = (x: Float64Array): { readonly mean: number; readonly deviation: number } => {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length
  return { mean, deviation: Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (x.length - 1)) }
}

/** How a variable enters an interaction: (x - centre) / scale. */
export const interactionScale = (form: InteractionForm, x: Float64Array): { readonly centre: number; readonly scale: number } => {
  if (form === "raw") return { centre: 0, scale: 1 }
  const { deviation, mean } = moments(x)
  return { centre: mean, scale: form === "centred" ? 1 : deviation }
}

/**
 * The product term `a*b`; its constituents enter the model as they are. Means and deviations are those of the sample given. A Fault where the columns differ in length, or
 * a variable that is to be standardised has no variation.
 */
export const interaction = (a: Variable, b: Variable, form: InteractionForm): Variable => {
  const p = interactionScale(form, a.values)
  const q = interactionScale(form, b.values)
  const constant = [a, b].filter((_, i) => !([p, q][i]!.scale > 0)).map(({ name }) => name)
  const wrong = [
    ...formFaults(form),
    ...(a.values.length === b.values.length ? [] : [`${a.name} has ${a.values.length} rows and ${b.name} ${b.values.length}: give both a value for every row`]),
    ...(constant.length === 0 ? [] : [`${constant.join(" and ")} cannot be standardised: every row has one value; take the form centred or raw`])
  ]
  if (wrong.length > 0) throw new Fault("interaction", `${a.name}*${b.name}: ${wrong.join("; ")}`)
  return {
    name: `${a.name}*${b.name}`,
    values: a.values.map((value, i) => ((value - p.centre) / p.scale) * ((b.values[i]! - q.centre) / q.scale))
  }
}
