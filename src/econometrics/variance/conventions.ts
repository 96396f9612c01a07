import { type Fault, resultOrFault } from "../fault.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import { biasReducedOperations } from "./bias-reduced-variance.ts"
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

/** The absorbed effects as Stata has them written: dummies of all but the first. */
const dummiesOf = (effects: ReadonlyArray<string>): string =>
  effects
    .slice(1)
    .map((name) => ` i.${name}`)
    .join("")

/**
 * The conventions in use for a model with these absorbed effects (at least one), clustered by the first of them, and over `time`, another factor of the model, if there
 * is one: the same regression has all of these standard errors in print. plm's are among them where the effects are the first factor's alone, or its and
 * time's: plm has no others. Sources: the manuals of Stata 18 (xtreg, areg) and of the packages named; fixest's vignette on standard errors lists most of them
 * side by side.
 */
export const conventionsOf = (effects: ReadonlyArray<string>, time: string | undefined): ReadonlyArray<Convention> => {
  const [first] = effects
  if (first === undefined) return []
  const dummies = dummiesOf(effects)
  const xtreg = `Stata: xtreg y x${dummies}, fe`
  const areg = `Stata: areg y x${dummies}, absorb(${first})`
  const reghdfe = `Stata: reghdfe y x, absorb(${effects.join(" ")})`
  const clustered: Variance = { kind: "cluster", by: [first] }
  const inPlm = effects.every((name, i) => i === 0 || name === time)
  const plm = (variance: Variance, smallSample: SmallSample, software: string): ReadonlyArray<Convention> =>
    inPlm ? [{ variance, smallSample, software: `R: plm with ${software}` }] : []
  const one: ReadonlyArray<Convention> = [
    { variance: clustered, smallSample: "xtreg", software: `${xtreg} vce(cluster ${first})` },
    { variance: clustered, smallSample: "reghdfe", software: `${reghdfe} vce(cluster ${first}); R: fixest's feols(cluster = ~${first})` },
    {
      variance: clustered,
      smallSample: "areg",
      software: `${areg} vce(cluster ${first}); R: lm with dummies and sandwich's vcovCL; statsmodels: OLS with dummies, cov_type="cluster"`
    },
    ...plm(clustered, "plm", 'vcovHC(method = "arellano", type = "sss")'),
    ...plm(clustered, "none", 'vcovHC(method = "arellano"), its default'),
    {
      variance: { kind: "CR2", by: first },
      smallSample: "none",
      software: `R: clubSandwich's vcovCR(type = "CR2") with coef_test's Satterthwaite degrees of freedom`
    },
    { variance: { kind: "iid" }, smallSample: "xtreg", software: `${xtreg}; R: ${inPlm ? "plm, and " : ""}fixest from 0.13 on by default` },
    { variance: { kind: "HC1" }, smallSample: "reghdfe", software: `${reghdfe} vce(robust), and areg; R: fixest's vcov = "hetero"` },
    {
      variance: { kind: "HC2" },
      smallSample: "none",
      software: `R: lm with dummies and sandwich's vcovHC(type = "HC2"); Stata: regress with dummies, vce(hc2)`
    },
    { variance: { kind: "HC3" }, smallSample: "none", software: `R: lm with dummies and sandwich's vcovHC, its default; Stata: regress with dummies, vce(hc3)` }
  ]
  if (time === undefined) return one
  const overTime: Variance = { kind: "driscoll-kraay", time }
  const both = (groups: "min" | "each"): Variance => ({ kind: "cluster", by: [first, time], groups })
  return [
    ...one,
    {
      variance: { kind: "cluster", by: [time] },
      smallSample: "reghdfe",
      software: `${reghdfe} vce(cluster ${time}); R: fixest's cluster = ~${time}`
    },
    {
      variance: both("min"),
      smallSample: "reghdfe",
      software: `${reghdfe} vce(cluster ${first} ${time}); R: fixest's cluster = ~${first} + ${time}`
    },
    { variance: both("each"), smallSample: "areg", software: `R: lm with dummies and sandwich's vcovCL(cluster = ~${first} + ${time})` },
    { variance: overTime, smallSample: "xtreg", software: `Stata: xtscc y x${dummies}, fe` },
    { variance: overTime, smallSample: "reghdfe", software: `R: fixest's vcov = DK ~ ${time}` },
    ...plm(overTime, "plm", 'vcovSCC(type = "sss")')
  ]
}

/**
 * The conventions in use for two-stage least squares with these absorbed effects, x being instrumented by z, clustered and over time as in `conventionsOf`: those of
 * Stata's xtivreg2 (Schaffer 2010), which counts no constant and without `small` has no factor, of ivreghdfe, and of R's `ivreg` with dummies.
 */
export const instrumentedConventionsOf = (effects: ReadonlyArray<string>, time: string | undefined): ReadonlyArray<Convention> => {
  const [first] = effects
  if (first === undefined) return []
  const dummies = dummiesOf(effects)
  const xtivreg2 = `Stata: xtivreg2 y (x = z)${dummies}, fe${dummies === "" ? "" : ` partial(${dummies.trim()})`}`
  const ivreghdfe = `Stata: ivreghdfe y (x = z), absorb(${effects.join(" ")})`
  const inR = "R: AER's ivreg with dummies"
  const clustered: Variance = { kind: "cluster", by: [first] }
  const one: ReadonlyArray<Convention> = [
    { variance: clustered, smallSample: "xtivreg2", software: `${xtivreg2} small cluster(${first})` },
    { variance: clustered, smallSample: "none", software: `${xtivreg2} cluster(${first}), with the normal distribution` },
    { variance: clustered, smallSample: "reghdfe", software: `${ivreghdfe} cluster(${first})` },
    { variance: clustered, smallSample: "areg", software: `${inR} and sandwich's vcovCL` },
    { variance: { kind: "iid" }, smallSample: "xtivreg2", software: `${xtivreg2} small; ${inR}` },
    { variance: { kind: "HC1" }, smallSample: "xtivreg2", software: `${xtivreg2} small robust; ${inR} and sandwich's vcovHC(type = "HC1")` }
  ]
  if (time === undefined) return one
  return [
    ...one,
    { variance: { kind: "cluster", by: [first, time], groups: "min" }, smallSample: "reghdfe", software: `${ivreghdfe} cluster(${first} ${time})` }
  ]
}

/** Beyond so many operations CR2 is left out unless a model asks for it. */
const CR2_OPERATIONS = 2e9

const isAffordable = (fit: LinearFit, { variance }: Convention): boolean => {
  if (variance.kind !== "CR2") return true
  const clusters = fit.groups.find(({ name }) => name === variance.by)
  return clusters === undefined || biasReducedOperations(fit, clusters) <= CR2_OPERATIONS
}

/** The variance of a fit under each convention; a Fault where one is not defined for it. CR2 is left out where it would take billions of operations. */
export const underConventions = (fit: LinearFit, conventions: ReadonlyArray<Convention>): ReadonlyArray<UnderConvention> =>
  conventions
    .filter((convention) => isAffordable(fit, convention))
    .map((convention) => ({ ...convention, covariance: resultOrFault(() => covariance(fit, convention.variance, convention.smallSample)) }))
