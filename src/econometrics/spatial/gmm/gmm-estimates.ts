import type { SparseMatrix } from "../../../linalg/sparse-matrix.ts"
import { Fault, type Warning } from "../../fault.ts"
import { PERFECT } from "../../linear/least-squares.ts"
import { clusterFactor } from "../../variance/cluster-meat.ts"
import type { RhoInterval } from "../determinant/rho-interval.ts"
import { errorEquation } from "./error-equation.ts"
import type { ErrorMomentKind } from "./error-moments.ts"
import { type Dependence, estimateCovariance } from "./estimate-covariance.ts"
import type { FirstStep } from "./first-step.ts"
import type { GmmFrame } from "./gmm-frame.ts"
import type { SpatialGmmOptions } from "./gmm-options.ts"
import { type EquationColumns, influenceOfResiduals, influences, projectedEquation, transformed } from "./projected-equation.ts"
import { randomEquation } from "./random-equation.ts"
import type { RandomWeighting } from "./random-moments.ts"

/** What was done, in words. */
export interface UsedByGmm {
  readonly estimator: string
  readonly variance: string
  /** What the variance was multiplied by, or where its s2 is from. */
  readonly smallSample: string
  /** Which moments gave lambda and the variances. */
  readonly moments: string | undefined
}

/** Estimates of an equation: coefficients in the order of its columns, then lambda, variances. */
export interface GmmEstimates {
  readonly coefficients: Float64Array
  readonly parameters: ReadonlyArray<{ readonly name: string; readonly estimate: number }>
  readonly covariance: Float64Array
  readonly sigma2: number
  readonly residuals: Float64Array
  /** The equation whose errors are independent, where it is not the one given. */
  readonly filtered: { readonly columns: EquationColumns; readonly residuals: Float64Array } | undefined
  readonly used: UsedByGmm
  readonly warnings: ReadonlyArray<Warning>
}

const EFFECTS = {
  pooled: "a constant",
  individual: "entity effects taken off after lagging",
  time: "time effects taken off after lagging",
  "two-way": "entity and time effects taken off after lagging",
  random: "random entity effects"
} as const

const MOMENTS: Readonly<Record<ErrorMomentKind, string>> = {
  "kp-1999": "the three moments of Kelejian and Prucha (1999), unweighted",
  homoskedastic: "two moments for errors of one variance, weighted (Drukker, Egger and Prucha 2013)",
  heteroskedastic: "two moments for errors of any variances, weighted (Kelejian and Prucha 2010)"
}

const WEIGHTING: Readonly<Record<RandomWeighting, string>> = {
  initial: "the three within moments, unweighted (initial estimator",
  weighted: "six moments, weighted by the variances (partially weighted estimator",
  full: "six moments, weighted by their covariance (fully weighted estimator"
}

const square = (x: Float64Array): number => x.reduce((sum, value) => sum + value * value, 0)

/** n/(n - K) of HC1; G/(G - 1) (n - 1)/(n - K) of clusters, entity effects not counted in K but for a constant. */
const smallSample = (variance: "iid" | "HC0" | "HC1" | "cluster", k: number, { absorbed, effects, entities, periods }: GmmFrame): number => {
  const n = entities * periods
  if (variance === "HC1") return n / (n - k - absorbed)
  if (variance !== "cluster") return 1
  const nested = effects === "individual" || effects === "two-way"
  return clusterFactor(entities, n, k + (nested ? absorbed - entities + 1 : absorbed))
}

const VARIANCES = {
  iid: "iid",
  HC0: "HC0, robust to heteroskedasticity",
  HC1: "HC1, robust to heteroskedasticity",
  cluster: "clustered by entity"
} as const

const FACTORS = { HC0: "none", HC1: "n/(n-K)", cluster: "G/(G-1) (n-1)/(n-K)" } as const

const scaled = (x: Float64Array, factor: number): Float64Array => x.map((value) => value * factor)

/** The estimates of the equation that a first step kept. `m` holds the weights of the errors, where they are spatial. */
export const estimatesOf = (first: FirstStep, frame: GmmFrame, m: SparseMatrix | undefined, bounds: RhoInterval, options: SpatialGmmOptions): GmmEstimates => {
  const { variance = "iid" } = options
  const raw = first.columns
  const projected = raw.endogenous.length > 0
  const plain = projectedEquation(transformed(raw, frame.demean, frame.demean))
  if (!(square(plain.residuals) > PERFECT * square(raw.y)))
    throw new Fault("perfect-fit", "the regressors and effects explain the dependent variable without a rest: there are no errors whose moments could be taken")
  if (frame.effects === "random") return randomEstimates(raw, frame, m, bounds, options)
  if (m !== undefined && typeof variance === "string") {
    const kind = options.moments ?? (variance === "iid" ? "kp-1999" : "heteroskedastic")
    const steps = options.steps ?? "one-step"
    const dependence = variance === "iid" ? "iid" : variance === "cluster" ? "entities" : "rows"
    const { columns, covariance, equation, lambda, residuals, sigma2 } = errorEquation(frame, raw, plain, m, { kind, steps, dependence, bounds })
    return {
      coefficients: equation.coefficients,
      parameters: [
        { name: "lambda", estimate: lambda },
        { name: "sigma2", estimate: sigma2 }
      ],
      covariance: scaled(covariance, smallSample(variance, equation.design.length, frame)),
      sigma2,
      residuals,
      filtered: { columns, residuals: equation.residuals },
      used: {
        estimator: `${projected ? "generalised spatial two-stage least squares" : "GMM and least squares of the filtered equation"}, ${EFFECTS[frame.effects]}`,
        variance: VARIANCES[variance],
        smallSample:
          variance !== "iid"
            ? FACTORS[variance]
            : kind !== "kp-1999"
              ? "s2 = e'e/n"
              : frame.absorbed > 0
                ? "s2 of the moments"
                : projected
                  ? "s2 = e'e/(n-k)"
                  : "s2 = e'e/n",
        moments: `${MOMENTS[kind]}${kind === "kp-1999" ? "" : `, ${steps}`}`
      },
      warnings: []
    }
  }
  const equation = plain
  const k = equation.design.length
  const sigma2 = square(equation.residuals) / (frame.observations - k)
  const shared = {
    coefficients: equation.coefficients,
    sigma2,
    residuals: equation.residuals,
    filtered: undefined,
    warnings: []
  }
  const estimator = `${projected ? "two-stage least squares" : "least squares"}, ${EFFECTS[frame.effects]}`
  if (typeof variance === "object") {
    const { matrix, name } = first.fit!.covariance
    return { ...shared, parameters: [], covariance: matrix, used: { estimator, variance: name, smallSample: "none", moments: undefined } }
  }
  const influence = influences(equation)
  const ofErrors = influenceOfResiduals(influence, equation.regressors, scaled(equation.residuals, 2))
  const dependence: Dependence = variance === "iid" ? { kind: "iid", sigma2 } : { kind: variance === "cluster" ? "entities" : "rows" }
  const statistics = { errors: equation.residuals, moments: undefined, linear: [ofErrors, ...influence] }
  return {
    ...shared,
    parameters: [{ name: "sigma2", estimate: sigma2 }],
    covariance: scaled(estimateCovariance(statistics, dependence, frame, undefined), smallSample(variance, k, frame)),
    used: { estimator, variance: VARIANCES[variance], smallSample: variance === "iid" ? "s2 = e'e/(n-k)" : FACTORS[variance], moments: undefined }
  }
}

const randomEstimates = (
  raw: EquationColumns,
  frame: GmmFrame,
  m: SparseMatrix | undefined,
  bounds: RhoInterval,
  { randomInstruments = "ec2sls", weighting = "full" }: SpatialGmmOptions
): GmmEstimates => {
  const { columns, covariance, equation, lambda, residuals, sigma2, sigma2Between, theta } = randomEquation(frame, raw, m, {
    weighting,
    instruments: randomInstruments,
    bounds
  })
  return {
    coefficients: equation.coefficients,
    parameters: [
      ...(m === undefined ? [] : [{ name: "lambda", estimate: lambda }]),
      { name: "sigma2", estimate: sigma2 },
      { name: "sigma2_between", estimate: sigma2Between }
    ],
    covariance,
    sigma2,
    residuals,
    filtered: { columns, residuals: equation.residuals },
    used: {
      estimator: `${raw.endogenous.length === 0 ? "feasible generalised least squares" : `${randomInstruments === "ec2sls" ? "error component" : "generalised"} two-stage least squares (${randomInstruments.toUpperCase()})`}, ${EFFECTS.random} (theta ${theta.toPrecision(4)})`,
      variance: "iid, normal moments of the errors",
      smallSample: m === undefined && raw.endogenous.length > 0 ? "s2 = e'e/(NT-k)" : "s2 of the moments",
      moments:
        m === undefined
          ? `variances from ${raw.endogenous.length === 0 ? "within and between moments of the pooled residuals" : "the within and the between equation"}`
          : `${WEIGHTING[weighting]} of Kapoor, Kelejian and Prucha 2007)`
    },
    warnings:
      sigma2Between >= sigma2
        ? []
        : [
            {
              code: "no-entity-variance",
              message: `the entities' variance is estimated below zero (s1 ${sigma2Between.toPrecision(4)}, s2 ${sigma2.toPrecision(4)}): it was taken as zero, so that the estimates are those without random effects`
            }
          ]
  }
}
