import type { Schema } from "effect"
import type { Coordinates, RowWeights } from "../../src/econometrics/linear/linear-fit.ts"
import { type Factor, factor } from "../../src/econometrics/sample/factor.ts"
import type { VarianceChoice } from "../../src/econometrics/variance/variance.ts"
import type { Design } from "./design.ts"
import type { VarianceParam } from "./model-params.ts"

type Chosen = Schema.Schema.Type<typeof VarianceParam>

/** Which rows' groups the panel itself tells. */
const KEYS = new Set(["entity", "year"])

const factorsOf = (variance: Chosen): ReadonlyArray<string> => {
  if (typeof variance === "string") return []
  switch (variance.kind) {
    case "cluster":
      return variance.by
    case "CR2":
      return [variance.by]
    case "driscoll-kraay":
      return [variance.time]
    case "conley":
      return []
  }
}

/** The variables whose values are the groups that a variance needs. */
export const groupTerms = (variance: Chosen): ReadonlyArray<string> => factorsOf(variance).filter((name) => !KEYS.has(name))

/** All variables that a variance and weights need of the panel. */
export const varianceTerms = (variance: Chosen, weights?: { readonly variable: string }): ReadonlyArray<string> => [
  ...groupTerms(variance),
  ...(typeof variance !== "string" && variance.kind === "conley" ? [variance.latitude, variance.longitude] : []),
  ...(weights === undefined ? [] : [weights.variable])
]

/** The columns that a variance and weights rest on, as a model has them. */
export const varianceColumns = (design: Design, variance: Chosen, weights?: { readonly kind: RowWeights["kind"]; readonly variable: string }) => ({
  groups: groupsOf(design, groupTerms(variance)),
  coordinates: coordinatesOf(design, variance),
  ...(weights === undefined ? {} : { weights: { kind: weights.kind, values: design.variable(weights.variable).values } })
})

/** Variables as factors: each value a group. */
export const groupsOf = (design: Design, names: ReadonlyArray<string>): ReadonlyArray<Factor> => names.map((name) => factor(name, design.variable(name).values))

/** A variance as estimators name it. */
export const varianceNamed = (variance: Chosen): VarianceChoice => {
  if (typeof variance === "string" || variance.kind !== "conley") return variance
  const { cutoff, kernel, lag } = variance
  return { kind: "conley", cutoff, kernel, time: "year", ...(lag === undefined ? {} : { lag, entity: "entity" }) }
}

const coordinatesOf = (design: Design, variance: Chosen): Coordinates | undefined =>
  typeof variance === "string" || variance.kind !== "conley"
    ? undefined
    : { latitude: design.variable(variance.latitude).values, longitude: design.variable(variance.longitude).values }
