import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { determinant } from "../../../../src/econometrics/spatial/determinant/determinant.ts"
import { spatialSolver } from "../../../../src/econometrics/spatial/determinant/spatial-solver.ts"
import { spatialEffects } from "../../../../src/econometrics/spatial/effects/spatial-effects.ts"
import type { SpatialFit, SpatialMlOptions } from "../../../../src/econometrics/spatial/models/spatial-ml.ts"
import type { SpatialSpecification } from "../../../../src/econometrics/spatial/models/specification.ts"
import { likelihoodRatio, waldError, waldLag } from "../../../../src/econometrics/spatial/tests/nested-models.ts"
import { inverseDistance } from "../../../../src/econometrics/spatial/weights/inverse-distance.ts"
import { fromPairs, mapWeights, rowStandardize, type WeightsMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { stream } from "../../../../src/stats/random.ts"
import { type Columns, fitOf } from "../fit-of.ts"
import { boston, cigar, columbus, lattice, produc } from "../spatial-data.ts"

interface Reference {
  readonly names: ReadonlyArray<string>
  readonly estimate: ReadonlyArray<number>
  readonly se: ReadonlyArray<number>
  readonly observed_se?: ReadonlyArray<number>
  readonly cluster_se?: ReadonlyArray<number>
  readonly logLik: number
  readonly aic?: number
  readonly covariance?: ReadonlyArray<ReadonlyArray<number>>
  readonly effects?: Readonly<Record<"direct" | "indirect" | "total" | "direct_se" | "indirect_se" | "total_se", ReadonlyArray<number>>>
}
interface Estimator {
  readonly models: Readonly<Record<string, Reference>>
  readonly tests: Readonly<Record<string, unknown>>
}
const json = (name: string) => JSON.parse(readFileSync(new URL(`../../../oracle/${name}.json`, import.meta.url), "utf8"))
const sections: Readonly<Record<string, Estimator>> = json("spatial-models")
const panels: Readonly<Record<string, Readonly<Record<string, Estimator>>>> = json("spatial-panels")

const termOf = (name: string) =>
  name
    .replace("(Intercept)", "(constant)")
    .replace(/^lag\./, "W*")
    .replace(/^s2$/, "sigma2")
/** In standard errors of the reference: what an estimate is off by. */
const offBy = (found: ArrayLike<number>, reference: ReadonlyArray<number>, unit: ReadonlyArray<number>) =>
  reference.reduce((most, value, i) => Math.max(most, Math.abs(found[i]! - value) / unit[i]!), 0)
const relative = (found: ArrayLike<number>, reference: ReadonlyArray<number>) =>
  reference.reduce((most, value, i) => Math.max(most, Math.abs(found[i]! / value - 1)), 0)

/** Estimates, standard errors, covariance, likelihood and effects of one model. */
const expectModel = (fit: SpatialFit, reference: Reference) => {
  expect(fit.terms).toEqual(reference.names.map(termOf))
  const isLeastSquares = fit.parameters.length === 0
  // Least squares divide e'e by the degrees of freedom, as R's lm; the reference's likelihood by n.
  const count = fit.nobs - fit.frame.absorbed - (fit.terms.length - 1)
  const unit = isLeastSquares ? Math.sqrt(fit.frame.observations / count) : 1
  const slopes = isLeastSquares ? fit.terms.length - 1 : fit.terms.length
  expect(offBy(fit.estimates, reference.estimate.slice(0, slopes), reference.se)).toBeLessThan(1e-7)
  expect(
    relative(
      fit.inference.stdError.map((error) => error / unit),
      reference.se.slice(0, slopes)
    )
  ).toBeLessThan(1e-6)
  expect(Math.abs(fit.logLikelihood - reference.logLik)).toBeLessThan(1e-8 * Math.max(1, Math.abs(reference.logLik)))
  if (reference.aic !== undefined) expect(fit.aic).toBeCloseTo(reference.aic, 6)
  if (!isLeastSquares)
    for (const [i, row] of (reference.covariance ?? []).entries())
      for (const [j, value] of row.entries())
        expect(Math.abs(fit.covariance[i * row.length + j]! - value)).toBeLessThan(1e-6 * reference.se[i]! * reference.se[j]!)
}
const expectEffects = (fit: SpatialFit, { effects }: Reference) => {
  if (effects === undefined || fit.parameters.length === 0) return
  const { effects: found, warnings } = spatialEffects(fit, { method: "delta" })
  if (warnings.length > 0) return
  for (const name of ["direct", "indirect", "total"] as const) {
    const own = found.filter(({ effect }) => effect === name)
    expect(
      offBy(
        own.map(({ estimate }) => estimate),
        effects[name],
        effects[`${name}_se`]
      )
    ).toBeLessThan(1e-6)
    expect(
      relative(
        own.map(({ stdError }) => stdError),
        effects[`${name}_se`]
      )
    ).toBeLessThan(2e-6)
  }
}
const expectTests = (fits: ReadonlyMap<string, SpatialFit>, tests: Estimator["tests"]) => {
  const [sdm, sar, sem] = ["sdm", "sar", "sem"].map((name) => fits.get(name)!) as [SpatialFit, SpatialFit, SpatialFit]
  const found = { wald_sar: waldLag(sdm), wald_sem: waldError(sdm), lr_sar: likelihoodRatio(sdm, sar), lr_sem: likelihoodRatio(sdm, sem) }
  for (const [name, { df, statistic }] of Object.entries(found)) {
    const [value, freedom] = tests[name] as [number, number]
    expect(df).toBe(freedom)
    expect(Math.abs(statistic - value)).toBeLessThan(1e-6 * Math.max(1, value))
  }
}

/** All models of one estimator, which its fits are returned of. */
const expectEstimator = (
  weights: WeightsMatrix,
  columns: Columns,
  { models, tests }: Estimator,
  options: Omit<SpatialMlOptions, "specification">
): ReadonlyMap<string, SpatialFit> => {
  const fits = new Map(
    Object.entries(models).map(([name, reference]) => {
      const fit = fitOf(weights, columns, name as SpatialSpecification, options)
      expectModel(fit, reference)
      expectEffects(fit, reference)
      if (reference.observed_se !== undefined && fit.parameters.length > 0) {
        const { inference, terms } = fitOf(weights, columns, name as SpatialSpecification, { ...options, variance: "observed" })
        const spatial = fit.parameters.map((parameter) => inference.stdError[terms.indexOf(parameter.name)]!)
        expect(relative(spatial, reference.observed_se)).toBeLessThan(1e-5)
      }
      if (reference.cluster_se !== undefined && fit.parameters.length > 0) {
        const { inference } = fitOf(weights, columns, name as SpatialSpecification, { ...options, variance: "cluster-scores" })
        expect(relative(inference.stdError, reference.cluster_se)).toBeLessThan(1e-6)
      }
      return [name, fit]
    })
  )
  if (fits.has("sdm")) expectTests(fits, ("durbin" in tests ? tests["durbin"] : tests) as Estimator["tests"])
  return fits
}

describe("spatial cross-sections by maximum likelihood, against spatialreg's polished", () => {
  const { binary, columns, x, y } = columbus()
  const distance = (i: number, j: number) => Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!)
  const entities = binary.entities
  it("columbus, row-standardised neighbours", () => {
    expectEstimator(rowStandardize(binary), columns, sections["columbus"]!, {})
  })
  it("columbus, four nearest neighbours: weights with complex eigenvalues", () => {
    const near = entities
      .map((_, i) => [...entities.keys()].filter((j) => j !== i).sort((a, b) => distance(i, a) - distance(i, b)))
      .map((order) => order.slice(0, 4))
    const weights = rowStandardize(fromPairs(entities, (i, j) => (near[i]!.includes(j) ? 1 : 0)))
    expectEstimator(weights, columns, sections["columbus_knn4"]!, {})
  })
  it("columbus, 1/d between all pairs", () => {
    expectEstimator(rowStandardize(fromPairs(entities, (i, j) => 1 / distance(i, j))), columns, sections["columbus_inverse"]!, {})
  })
  it("columbus, weights that are not row-standardised", () => {
    expectEstimator(binary, columns, sections["columbus_B"]!, {})
  })
  it("boston's 506 tracts", () => {
    const { columns: tracts, weights } = boston()
    expectEstimator(weights, tracts, sections["boston"]!, {})
  })
  it("a lattice of 2,500 places", () => {
    const { columns: places, weights } = lattice()
    expectEstimator(weights, places, sections["lattice"]!, {})
  })
  it("whichever way ln|I - rho W| is computed", () => {
    const weights = rowStandardize(binary)
    for (const determinant of ["eigenvalues", "hessenberg", "sparse"] as const) expectEstimator(weights, columns, sections["columbus"]!, { determinant })
  })
})

describe("spatial panels by maximum likelihood, against likelihoods written out in R", () => {
  const ESTIMATORS: Readonly<Record<string, Omit<SpatialMlOptions, "specification">>> = {
    none_pooled: { effects: "pooled", correction: "none" },
    none_individual: { effects: "individual", correction: "none" },
    none_time: { effects: "time", correction: "none" },
    none_twoways: { effects: "two-way", correction: "none" },
    none_time_demeaned: { effects: "time", correction: "none", order: "demean-then-lag" },
    none_twoways_demeaned: { effects: "two-way", correction: "none", order: "demean-then-lag" },
    lee_yu_individual: { effects: "individual" },
    lee_yu_time: { effects: "time" },
    lee_yu_twoways: { effects: "two-way" }
  }
  const states = produc()
  const largest = 1 / determinant(states.binary.matrix).upper
  const cases: Readonly<Record<string, { readonly columns: Columns; readonly weights: WeightsMatrix }>> = {
    cigar: { columns: cigar().columns, weights: rowStandardize(cigar().binary) },
    produc: { columns: states.columns, weights: rowStandardize(states.binary) },
    produc_inverse: { columns: states.columns, weights: rowStandardize(inverseDistance(states.binary.entities, states.latitude, states.longitude)) },
    produc_spectral: { columns: states.columns, weights: mapWeights(states.binary, (_i, _j, w) => w / largest) }
  }
  for (const [name, estimators] of Object.entries(panels))
    if (name in cases)
      for (const [estimator, reference] of Object.entries(estimators))
        it(`${name}, ${estimator}`, () => {
          const { columns, weights } = cases[name]!
          const options = ESTIMATORS[estimator]
          expect(options).toBeDefined()
          expectEstimator(weights, columns, reference, options!)
        })
  it("errors that are all but a random walk over places have an estimate beside a constant, of which the filter leaves next to nothing", () => {
    const { columns, weights } = lattice()
    const random = stream(3, 0)
    const errors = spatialSolver(weights.matrix, 0.985).solve(Float64Array.from(columns.dependent, () => random.normal()))
    const dependent = errors.map((e, i) => 10 + columns.regressors[0]![i]! + e)
    const fit = fitOf(weights, { ...columns, dependent }, "sem")
    expect(Math.abs(fit.estimates[fit.terms.indexOf("lambda")]! - 0.985)).toBeLessThan(0.02)
    expect(Math.abs(fit.estimates[fit.terms.indexOf("x1")]! - 1)).toBeLessThan(0.1)
  })
  it("cigarette demand as Elhorst (2014, table 3.4) prints it, to what his approximation of the determinant leaves", () => {
    const fit = fitOf(cases["cigar"]!.weights, cases["cigar"]!.columns, "sdm", { correction: "none", order: "demean-then-lag" })
    const [price, income, wPrice, wIncome, rho] = fit.estimates
    expect(Math.abs(rho! - 0.219)).toBeLessThan(0.02)
    expect(Math.abs(price! + 1.003)).toBeLessThan(0.005)
    expect(Math.abs(income! - 0.601)).toBeLessThan(0.005)
    expect(Math.abs(wPrice! - 0.045)).toBeLessThan(0.02)
    expect(Math.abs(wIncome! + 0.292)).toBeLessThan(0.01)
  })
})
