import { symmetricEigen } from "../../linalg/symmetric-eigen.ts"
import { Fault } from "../fault.ts"
import { indicatorCorrelation } from "./indicator-correlation.ts"
import { varimax } from "./varimax.ts"

/** Eigenvalues nearer to each other, or to 1, than this are equal but for rounding. */
const tolerance = 1e-10

/** Eigenvalues, descending, and unit eigenvectors of the indicators' correlations. */
const components = (columns: ReadonlyArray<Float64Array>) => {
  const { values, vectors } = symmetricEigen(indicatorCorrelation(columns), columns.length)
  return { values: values.toReversed(), vectors: vectors.toReversed() }
}

/**
 * Weights by the first principal component of the indicators' correlations: its squared loadings, scaled to sum to one (the squares of the unit eigenvector).
 * Columns of the same length n >= 2. A Fault: a constant column (`constant-indicator`), or two first components of the same variance, between which nothing
 * chooses (`no-first-component`).
 */
export const firstComponentWeights = (columns: ReadonlyArray<Float64Array>): ReadonlyArray<number> => {
  const { values, vectors } = components(columns)
  if (values.length > 1 && values[0]! - values[1]! <= tolerance * values[0]!)
    throw new Fault("no-first-component", "the two first principal components explain equally much: there is no first one; take another weighting")
  return Array.from(vectors[0]!, (v) => v * v)
}

/**
 * Weights by the principal components of the indicators' correlations with an eigenvalue above 1, after varimax, as in the OECD/JRC Handbook on Constructing
 * Composite Indicators (2008, section 6.1, after Nicoletti, Scarpetta and Boylaud 2000): an indicator belongs to the component on which its loading is
 * largest; its weight is its squared loading over the variance that the component explains, times that component's share of the variance explained, scaled to
 * sum to one. One indicator weighs 1. A Fault: a constant column (`constant-indicator`), or no eigenvalue above 1 (`no-component`).
 */
export const rotatedComponentWeights = (columns: ReadonlyArray<Float64Array>): ReadonlyArray<number> => {
  const { values, vectors } = components(columns)
  if (columns.length === 1) return [1]
  const kept = vectors.flatMap((vector, c) => (values[c]! > 1 + tolerance ? [vector.map((v) => v * Math.sqrt(values[c]!))] : []))
  if (kept.length === 0) throw new Fault("no-component", "no principal component has an eigenvalue above 1 (no correlations): take another weighting")
  const rotated = varimax(kept)
  // Over the variance explained and times it: what is left is the squared loading on the indicator's own component.
  const squared = columns.map((_, j) => Math.max(...rotated.map((loading) => loading[j]! ** 2)))
  const sum = squared.reduce((total, s) => total + s, 0)
  return squared.map((s) => s / sum)
}
