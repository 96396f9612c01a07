import { type Factor, factor } from "../../src/econometrics/factor.ts"
import type { Weights } from "../../src/econometrics/linear-fit.ts"
import type { VarianceChoice } from "../../src/econometrics/variance.ts"
import type { Design } from "./design.ts"

/** Which rows' groups the panel itself tells. */
const KEYS = new Set(["entity", "year"])

const factorsOf = (variance: VarianceChoice): ReadonlyArray<string> => {
  if (typeof variance === "string") return []
  switch (variance.kind) {
    case "cluster":
      return variance.by
    case "CR2":
      return [variance.by]
    case "driscoll-kraay":
      return [variance.time]
    default:
      return []
  }
}

/** What a model's variance and weights need of the panel beside its regressors: the variables to read, and the groups that they make. */
export const varianceTerms = (variance: VarianceChoice): ReadonlyArray<string> => factorsOf(variance).filter((name) => !KEYS.has(name))

/** Variables as factors: each value a group. */
export const groupsOf = (design: Design, names: ReadonlyArray<string>): ReadonlyArray<Factor> => names.map((name) => factor(name, design.variable(name).values))

export const weightsOf = (design: Design, weights: { readonly kind: Weights["kind"]; readonly variable: string } | undefined): Weights | undefined =>
  weights === undefined ? undefined : { kind: weights.kind, values: design.variable(weights.variable).values }
