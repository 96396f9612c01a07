import { groupWeights } from "../effects/effect-system.ts"
import { Fault } from "../fault.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import type { SmallSample } from "./small-sample.ts"
import { type Covariance, covariance, type Variance } from "./variance.ts"

/** A variance under a small-sample convention, and which software gives it by which words. */
export interface Convention {
  readonly variance: Variance
  readonly smallSample: SmallSample
  readonly software: string
}

/** What a model's variance is under a convention, or why it has none. */
export interface UnderConvention extends Convention {
  readonly covariance: Covariance | Fault
}

/** The absorbed effects as Stata and R have them written. */
const inStata = (effects: ReadonlyArray<string>) => {
  const [first, ...others] = effects
  const dummies = others.map((name) => ` i.${name}`).join("")
  return {
    xtreg: `xtreg y x${dummies}, fe`,
    areg: `areg y x${dummies}, absorb(${first})`,
    reghdfe: `reghdfe y x, absorb(${effects.join(" ")})`
  }
}

/**
 * The conventions in use for a model with these absorbed effects (at least one), and a second factor to cluster by, if there is one: the same regression has all of these standard errors in print. Sources: the
 * manuals of Stata 18 (xtreg, areg) and of the packages named; fixest's vignette on standard errors lists most of them side by side.
 */
export const conventionsOf = (effects: ReadonlyArray<string>, entity: string, year: string | undefined): ReadonlyArray<Convention> => {
  const stata = inStata(effects)
  const byEntity: Variance = { kind: "cluster", by: [entity] }
  const one: ReadonlyArray<Convention> = [
    { variance: byEntity, smallSample: "xtreg", software: `Stata: ${stata.xtreg} vce(cluster ${entity}); R: fixest's feols(cluster = ~${entity})` },
    { variance: byEntity, smallSample: "reghdfe", software: `Stata: ${stata.reghdfe} vce(cluster ${entity})` },
    {
      variance: byEntity,
      smallSample: "areg",
      software: `Stata: ${stata.areg} vce(cluster ${entity}); R: lm with dummies and sandwich's vcovCL; statsmodels: OLS with dummies, cov_type="cluster"`
    },
    { variance: byEntity, smallSample: "plm", software: `R: plm with vcovHC(method = "arellano", type = "sss")` },
    { variance: byEntity, smallSample: "none", software: `R: plm with vcovHC(method = "arellano"), its default` },
    {
      variance: { kind: "CR2", by: entity },
      smallSample: "none",
      software: `R: clubSandwich's vcovCR(type = "CR2") with coef_test's Satterthwaite degrees of freedom`
    },
    { variance: { kind: "iid" }, smallSample: "xtreg", software: `Stata: ${stata.xtreg}; R: plm, and fixest from 0.13 on by default` },
    { variance: { kind: "HC1" }, smallSample: "reghdfe", software: `Stata: ${stata.reghdfe} vce(robust), and areg; R: fixest's vcov = "hetero"` },
    {
      variance: { kind: "HC2" },
      smallSample: "none",
      software: `R: lm with dummies and sandwich's vcovHC(type = "HC2"); Stata: regress with dummies, vce(hc2)`
    },
    { variance: { kind: "HC3" }, smallSample: "none", software: `R: lm with dummies and sandwich's vcovHC, its default; Stata: regress with dummies, vce(hc3)` }
  ]
  if (year === undefined) return one
  const overTime: Variance = { kind: "driscoll-kraay", time: year }
  const both = (groups: "min" | "each"): Variance => ({ kind: "cluster", by: [entity, year], groups })
  return [
    ...one,
    {
      variance: { kind: "cluster", by: [year] },
      smallSample: "reghdfe",
      software: `Stata: ${stata.reghdfe} vce(cluster ${year}); R: fixest's cluster = ~${year}`
    },
    {
      variance: both("min"),
      smallSample: "reghdfe",
      software: `Stata: ${stata.reghdfe} vce(cluster ${entity} ${year}); R: fixest's cluster = ~${entity} + ${year}`
    },
    { variance: both("each"), smallSample: "areg", software: `R: lm with dummies and sandwich's vcovCL(cluster = ~${entity} + ${year})` },
    { variance: overTime, smallSample: "xtreg", software: `Stata: xtscc y x i.${year}, fe` },
    { variance: overTime, smallSample: "reghdfe", software: `R: fixest's vcov = DK ~ ${year}` },
    { variance: overTime, smallSample: "plm", software: `R: plm with vcovSCC(type = "sss")` }
  ]
}

/** Beyond so many operations CR2 is left out unless a model asks for it: it takes the eigenvalues of a matrix of each cluster's rows. */
const CR2_OPERATIONS = 2e9

const isAffordable = (fit: LinearFit, { variance }: Convention): boolean => {
  if (variance.kind !== "CR2") return true
  const clusters = fit.groups.find(({ name }) => name === variance.by)
  return clusters === undefined || groupWeights(clusters, undefined).reduce((sum, rows) => sum + rows ** 3, 0) <= CR2_OPERATIONS
}

/**
 * The conventions in use for two-stage least squares with these absorbed effects, x being instrumented by z: those of Stata's xtivreg2 (Schaffer 2010), which counts no
 * constant and without `small` has no factor, of ivreghdfe, and of R's `ivreg` with dummies.
 */
export const instrumentedConventionsOf = (effects: ReadonlyArray<string>, entity: string, year: string | undefined): ReadonlyArray<Convention> => {
  const dummies = effects
    .slice(1)
    .map((name) => ` i.${name}`)
    .join("")
  const xtivreg2 = `xtivreg2 y (x = z)${dummies}, fe${dummies === "" ? "" : ` partial(${dummies.trim()})`}`
  const ivreghdfe = `ivreghdfe y (x = z), absorb(${effects.join(" ")})`
  const inR = "R: AER's ivreg with dummies"
  const byEntity: Variance = { kind: "cluster", by: [entity] }
  const one: ReadonlyArray<Convention> = [
    { variance: byEntity, smallSample: "xtivreg2", software: `Stata: ${xtivreg2} small cluster(${entity})` },
    { variance: byEntity, smallSample: "none", software: `Stata: ${xtivreg2} cluster(${entity}), with the normal distribution` },
    { variance: byEntity, smallSample: "reghdfe", software: `Stata: ${ivreghdfe} cluster(${entity})` },
    { variance: byEntity, smallSample: "areg", software: `${inR} and sandwich's vcovCL` },
    { variance: { kind: "iid" }, smallSample: "xtivreg2", software: `Stata: ${xtivreg2} small; ${inR}` },
    { variance: { kind: "HC1" }, smallSample: "xtivreg2", software: `Stata: ${xtivreg2} small robust; ${inR} and sandwich's vcovHC(type = "HC1")` }
  ]
  if (year === undefined) return one
  return [
    ...one,
    { variance: { kind: "cluster", by: [entity, year], groups: "min" }, smallSample: "reghdfe", software: `Stata: ${ivreghdfe} cluster(${entity} ${year})` }
  ]
}

/** The variance of a fit under each convention; a Fault where one is not defined for it. CR2 is left out where clusters are large. */
export const underConventions = (fit: LinearFit, conventions: ReadonlyArray<Convention>): ReadonlyArray<UnderConvention> =>
  conventions
    .filter((convention) => isAffordable(fit, convention))
    .map((convention) => {
      try {
        return { ...convention, covariance: covariance(fit, convention.variance, convention.smallSample) }
      } catch (error) {
        if (error instanceof Fault) return { ...convention, covariance: error }
        throw error
      }
    })
