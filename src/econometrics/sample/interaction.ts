import type { Variable } from "./variable.ts"

/** What an interaction multiplies: the variables as they are, less their means, or less their means in units of their standard deviations. */
export type InteractionForm = "raw" | "centred" | "standardised"

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

/** The product term `a*b`; its constituents enter the model as they are. Means and deviations are those of the sample given. */
export const interaction = (a: Variable, b: Variable, form: InteractionForm): Variable => {
  const p = interactionScale(form, a.values)
  const q = interactionScale(form, b.values)
  return {
    name: `${a.name}*${b.name}`,
    values: a.values.map((value, i) => ((value - p.centre) / p.scale) * ((b.values[i]! - q.centre) / q.scale))
  }
}
