import { readFileSync } from "node:fs"
import { expect } from "vitest"
import type { SpatialGmmModel } from "../../../../src/econometrics/spatial/gmm/gmm-equation.ts"
import type { SpatialGmmOptions } from "../../../../src/econometrics/spatial/gmm/gmm-options.ts"
import type { SpatialGmmFit } from "../../../../src/econometrics/spatial/gmm/spatial-gmm.ts"
import { spatialGmm } from "../../../../src/econometrics/spatial/gmm/spatial-gmm.ts"
import type { WeightsMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { type Columns, modelOf } from "../fit-of.ts"

export const oracleOf = (name: string) => JSON.parse(readFileSync(new URL(`../../../oracle/${name}.json`, import.meta.url), "utf8"))

export const gmmOf = (weights: WeightsMatrix, columns: Columns, options: SpatialGmmOptions, more: Partial<SpatialGmmModel> = {}): SpatialGmmFit =>
  spatialGmm({ ...modelOf(weights, columns), ...more }, options)

/** A term by the oracle's names: those of R's formulas. */
const ours = (name: string): string => (name === "(Intercept)" ? "(constant)" : name.replace(/^lag\./, "W*"))

export interface Reference {
  readonly names: ReadonlyArray<string>
  readonly estimate: ReadonlyArray<number>
}

/** Within a share of the value, or of `scale` where that is larger. */
export const close = (found: number, reference: number, tolerance: number, what: string, scale = 0): void =>
  expect(Math.abs(found - reference) / Math.max(Math.abs(reference), scale), `${what}: ${found} against ${reference}`).toBeLessThanOrEqual(tolerance)

/** The fit's estimates, and its standard errors times `factor`, against those of a reference, term by term. */
export const expectTerms = (
  fit: SpatialGmmFit,
  { estimate, names }: Reference,
  se: ReadonlyArray<number> | undefined,
  tolerance: number,
  factor = 1,
  ofErrors = tolerance
): void => {
  expect(fit.terms.filter((term) => !/^(lambda|sigma2)/.test(term)).sort()).toEqual(
    names
      .map(ours)
      .filter((term) => !/^(lambda|sigma2)/.test(term))
      .sort()
  )
  names.forEach((name, j) => {
    const i = fit.terms.indexOf(ours(name))
    close(fit.estimates[i]!, estimate[j]!, tolerance, name, fit.inference.stdError[i]! / 10)
    if (se !== undefined) close(fit.inference.stdError[i]! * factor, se[j]!, ofErrors, `se of ${name}`)
  })
}

/** The fit against a reference with a covariance: each entry within a share of its two standard errors. */
export const expectCovariance = (
  fit: SpatialGmmFit,
  reference: Reference & { readonly covariance: ReadonlyArray<ReadonlyArray<number>> },
  tolerance: number
): void => {
  expectTerms(
    fit,
    reference,
    reference.names.map((_, j) => Math.sqrt(reference.covariance[j]![j]!)),
    tolerance
  )
  const size = fit.terms.length
  const at = reference.names.map((name) => fit.terms.indexOf(ours(name)))
  reference.covariance.forEach((row, i) => {
    row.forEach((value, j) => {
      const scale = Math.sqrt(reference.covariance[i]![i]! * reference.covariance[j]![j]!)
      close(fit.covariance[at[i]! * size + at[j]!]! / scale, value / scale, tolerance, `covariance of ${reference.names[i]} and ${reference.names[j]}`, 1)
    })
  })
}
