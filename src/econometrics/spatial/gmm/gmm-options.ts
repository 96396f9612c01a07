import type { Conley } from "../../variance/conley-variance.ts"
import type { Variance } from "../../variance/variance.ts"
import { choiceFaults, specificationFaults } from "../models/option-faults.ts"
import type { SpatialSample } from "../models/spatial-sample.ts"
import { SPECIFICATIONS, type SpatialSpecification } from "../models/specification.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import type { ErrorMomentKind } from "./error-moments.ts"
import type { SpatialGmmModel } from "./gmm-equation.ts"
import type { GmmEffects } from "./gmm-frame.ts"
import type { RandomInstruments } from "./random-equation.ts"
import type { RandomWeighting } from "./random-moments.ts"

/** Pairs of places up to a distance in km (Kelejian and Prucha 2007, spatial HAC), in a panel within a period. */
export type SpatialHac = Pick<Conley, "kind" | "cutoff" | "kernel">

export interface SpatialGmmOptions {
  readonly specification: SpatialSpecification
  /** By default two-way in a panel, pooled (a constant) in a cross-section. */
  readonly effects?: GmmEffects | undefined
  /** iid (the default): s2 = e'e/(n - effects - k). HC0, HC1; cluster: by entity; conley: sar, sdm and equations without spatial parts. */
  readonly variance?: "iid" | "HC0" | "HC1" | "cluster" | SpatialHac | undefined
  /** Of lambda, in sem, sdem, sac and gns: kp-1999 under iid, heteroskedastic under HC0, HC1 and cluster by default. */
  readonly moments?: ErrorMomentKind | undefined
  /** one-step by default; two-step weights the moments before the equation is filtered too. */
  readonly steps?: "one-step" | "two-step" | undefined
  /** With random effects: full by default. */
  readonly weighting?: RandomWeighting | undefined
  /** With random effects and an endogenous regressor (W y is one): ec2sls by default. */
  readonly randomInstruments?: RandomInstruments | undefined
  /** Powers of W whose products with the exogenous regressors are instruments of W y; 2 by default. */
  readonly powers?: number | undefined
  /** Powers of W whose products with the given instruments are instruments as well; none by default. */
  readonly instrumentLags?: number | undefined
  /** Regressors that have a spatial lag in sdm, sdem, slx and gns; by default all exogenous ones. */
  readonly lagged?: ReadonlyArray<string> | undefined
  /** M, of the errors; by default the model's weights. */
  readonly errorWeights?: WeightsMatrix | undefined
  /** A column is collinear where those before it leave at most this share of its variation. */
  readonly tolerance?: number | undefined
  /** Coverage of the confidence intervals. */
  readonly level?: number | undefined
}

const VALUES = {
  effects: ["two-way", "individual", "time", "pooled", "random"],
  moments: ["kp-1999", "homoskedastic", "heteroskedastic"],
  steps: ["one-step", "two-step"],
  weighting: ["initial", "weighted", "full"],
  randomInstruments: ["ec2sls", "g2sls"]
} as const

const VARIANCES = ["iid", "HC0", "HC1", "cluster"]

const isWhole = (value: number, least: number): boolean => Number.isInteger(value) && value >= least

/** What a combination of options lacks sense for. */
const combinationFaults = (
  model: SpatialGmmModel,
  options: SpatialGmmOptions,
  parts: { readonly error: boolean; readonly durbin: boolean; readonly lag: boolean }
): ReadonlyArray<string> => {
  const { effects, moments, randomInstruments, steps, variance = "iid", weighting } = options
  const isRandom = effects === "random"
  const isRobust = variance !== "iid"
  return [
    ...(isRandom && isRobust ? ["random effects have the variance iid: their equation is weighted by its variances"] : []),
    ...(isRandom && (moments ?? steps) !== undefined ? ["moments and steps are those of models without random effects; with them say `weighting`"] : []),
    ...(!isRandom && weighting !== undefined ? ["weighting is that of random effects; without them say `moments`"] : []),
    ...(!isRandom && randomInstruments !== undefined ? ["randomInstruments are those of random effects: take effects random, or leave them out"] : []),
    ...(typeof variance === "object" && parts.error
      ? ["a variance over distances leaves the errors' dependence open, and this specification models it: take sar or sdm, or HC1"]
      : []),
    ...(typeof variance === "object" && model.coordinates === undefined ? ["a variance over distances needs `coordinates` of the rows"] : []),
    ...(parts.error && !isRandom && typeof variance === "string" && moments !== undefined && (moments === "heteroskedastic") !== isRobust
      ? [`the moments ${moments} do not go with the variance ${variance}: kp-1999 and homoskedastic go with iid, heteroskedastic with HC0, HC1 and cluster`]
      : []),
    ...(!parts.error && (moments ?? steps ?? weighting) !== undefined && !(isRandom && weighting !== undefined)
      ? ["moments and steps are of the errors' spatial part, which sem, sdem, sac and gns have"]
      : []),
    ...(parts.lag && model.regressors.length === 0 && (model.instruments ?? []).length === 0
      ? ["the spatial lag has its instruments from the exogenous regressors, and there is none: name one at least, or take maximum likelihood"]
      : [])
  ]
}

/** All that is wrong with options and the model's instruments, a clause each. */
export const gmmFaults = (model: SpatialGmmModel, options: SpatialGmmOptions): ReadonlyArray<string> => {
  const { instrumentLags = 0, lagged = [], powers = 2, specification, variance = "iid" } = options
  const { endogenous = [], instruments = [], weights } = model
  const parts = Object.hasOwn(SPECIFICATIONS, specification) ? SPECIFICATIONS[specification] : undefined
  const exogenous = model.regressors.map(({ name }) => name)
  const known = [...exogenous, ...endogenous.map(({ name }) => name)]
  const lagsOf = new Set(endogenous.map(({ name }) => name))
  const needed = endogenous.length + lagged.filter((name) => lagsOf.has(name)).length
  return [
    ...choiceFaults(options, VALUES),
    ...specificationFaults(known, weights, options, exogenous),
    ...((typeof variance === "object" ? variance.kind === "conley" : VARIANCES.includes(variance))
      ? []
      : [`variance is one of ${VARIANCES.join(", ")}, or { kind: "conley", cutoff, kernel }, not ${JSON.stringify(variance)}`]),
    ...(isWhole(powers, 1) ? [] : [`powers of W are counted from 1, not ${powers}`]),
    ...(isWhole(instrumentLags, 0) ? [] : [`lags of instruments are counted from 0, not ${instrumentLags}`]),
    ...(instruments.length > 0 && endogenous.length === 0
      ? ["instruments are given and nothing that they are for: name the endogenous regressors; W y has its instruments from the regressors"]
      : []),
    ...(instruments.length * (instrumentLags + 1) < needed && isWhole(instrumentLags, 0)
      ? [
          `${needed === 1 ? "1 endogenous regressor needs an instrument of its own" : `${needed} endogenous regressors${needed === endogenous.length ? "" : " (their spatial lags among them)"} need as many instruments of their own`}; there are ${instruments.length * (instrumentLags + 1)}`
        ]
      : []),
    ...(parts === undefined ? [] : combinationFaults(model, options, parts))
  ]
}

/** The variance as two-stage least squares names it. */
export const varianceOfEquation = (
  variance: NonNullable<SpatialGmmOptions["variance"]>,
  { periods }: SpatialSample
): { readonly variance: Variance; readonly smallSample: "areg" | "none" | "xtreg" } => {
  if (typeof variance === "object") return { variance: { ...variance, ...(periods > 1 ? { time: "year" } : { pooled: true as const }) }, smallSample: "none" }
  switch (variance) {
    case "iid":
      return { variance: { kind: "iid" }, smallSample: "areg" }
    case "HC0":
      return { variance: { kind: "HC1" }, smallSample: "none" }
    case "HC1":
      return { variance: { kind: "HC1" }, smallSample: "areg" }
    case "cluster":
      return { variance: { kind: "cluster", by: ["entity"] }, smallSample: "xtreg" }
  }
}
