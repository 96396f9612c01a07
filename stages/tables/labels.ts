import { Effect, Schema } from "effect"

const Label = Schema.Union([Schema.String, Schema.Struct({ label: Schema.String, unit: Schema.NonEmptyString })])
export type Labels = Readonly<Record<string, typeof Label.Type>>

export const labelsParam = {
  /** Names of variables, terms, equations and tests with what is printed for them: `{ coagglo: "Co-agglomeration", gdp: { label: "GDP", unit: "bn USD" } }`. */
  labels: Schema.Record(Schema.String, Label).pipe(Schema.withDecodingDefaultKey(Effect.succeed({})))
}

const own = (labels: Labels, name: string): string | undefined => {
  if (!Object.hasOwn(labels, name)) return undefined
  const label = labels[name]!
  return typeof label === "string" ? label : `${label.label} (${label.unit})`
}

/**
 * What is printed for a name: its label, with its unit where it has one; else of a product `a*b` and a spatial lag `W*x` the labels of its factors, and of
 * a lag `L.x`, `L2.x` its variable's; the name itself where none has a label.
 */
export const labelOf = (labels: Labels, name: string): string => {
  const found = own(labels, name)
  if (found !== undefined) return found
  const factors = name.split("*")
  if (factors.length > 1) {
    const named = factors.map((factor) => labelOf(labels, factor))
    return named.some((text, i) => text !== factors[i]) ? named.join(" × ") : name
  }
  const [, lag, variable] = /^L(\d*)\.(.+)$/.exec(name) ?? []
  if (variable === undefined) return name
  const lagged = labelOf(labels, variable)
  return lagged === variable ? name : `${lagged}, lag ${lag || 1}`
}
