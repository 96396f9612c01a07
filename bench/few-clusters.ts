/**
 * How often two-sided tests of a slope that is zero reject at a nominal 5% where clusters are few or unequal: clustered by entity with t(G - 1), CR2 with
 * Satterthwaite's degrees of freedom, Driscoll and Kraay, and the wild cluster bootstrap with Rademacher's and Webb's weights. Two-way fixed effects, 19 years, errors
 * autocorrelated; the regressor is an AR(1) of one variance, or of three times the sd in two entities, or a treatment of two entities from the middle year on.
 * Run: npm run bench -- few-clusters [replications]
 */

import { wildClusterBootstrap } from "../src/econometrics/bootstrap/wild-cluster-bootstrap.ts"
import type { WildWeights } from "../src/econometrics/bootstrap/wild-weights.ts"
import { infer } from "../src/econometrics/linear/inference.ts"
import { type FixedEffectsFit, fixedEffects } from "../src/econometrics/regression/fixed-effects.ts"
import { factor } from "../src/econometrics/sample/factor.ts"
import { covariance, type Variance } from "../src/econometrics/variance/variance.ts"
import { stream } from "../src/stats/random.ts"

const replications = Number(process.argv[2] ?? 500)
const DRAWS = 399
const T = 19
const REGRESSORS = ["of one spread", "two spread wide", "two treated"] as const

const draw = (N: number, regressor: (typeof REGRESSORS)[number], replicate: number): FixedEffectsFit => {
  const random = stream(20_242, replicate)
  const cells = Array.from({ length: N * T }, (_, at) => ({ i: Math.floor(at / T), t: at % T }))
  const series = (rho: number): Float64Array => {
    const values = new Float64Array(N * T)
    for (const [at, { t }] of cells.entries()) values[at] = t === 0 ? random.normal() : rho * values[at - 1]! + Math.sqrt(1 - rho * rho) * random.normal()
    return values
  }
  const e = series(0.6)
  const smooth = series(0.8)
  const x = Float64Array.from(cells, ({ i, t }, at) =>
    regressor === "two treated" ? (i < 2 && 2 * t >= T ? 1 : 0) : smooth[at]! * (regressor === "two spread wide" && i < 2 ? 3 : 1)
  )
  const group = (name: string, of: (cell: { readonly i: number; readonly t: number }) => number) => factor(name, cells.map(of))
  return fixedEffects({
    dependent: { name: "y", values: e },
    regressors: [{ name: "x", values: x }],
    effects: [group("entity", ({ i }) => i), group("year", ({ t }) => t)]
  })
}

const byT = (fit: FixedEffectsFit, variance: Variance): number => {
  const { df, matrix } = covariance(fit, variance)
  return infer(fit.terms, fit.coefficients, matrix, df).pValue[0]!
}
const wild = (fit: FixedEffectsFit, weights: WildWeights, seed: number): number =>
  wildClusterBootstrap(fit, { term: "x", wildWeights: weights, replicates: DRAWS, seed, confidenceSet: false }).pValue

const TESTS: Readonly<Record<string, (fit: FixedEffectsFit, seed: number) => number>> = {
  clustered: (fit) => byT(fit, { kind: "cluster", by: ["entity"] }),
  CR2: (fit) => byT(fit, { kind: "CR2", by: "entity" }),
  "Driscoll-Kraay": (fit) => byT(fit, { kind: "driscoll-kraay", time: "year" }),
  rademacher: (fit, seed) => wild(fit, "rademacher", seed),
  webb: (fit, seed) => wild(fit, "webb", seed)
}

console.log(`rejections at a nominal 5%, ${replications} replications, ${DRAWS} draws or all that differ, ties counted`)
for (const N of [3, 6, 10, 31])
  for (const regressor of REGRESSORS) {
    const rejected = new Map(Object.keys(TESTS).map((test) => [test, 0]))
    for (let r = 0; r < replications; r++) {
      const fit = draw(N, regressor, r)
      for (const [test, pValue] of Object.entries(TESTS)) if (pValue(fit, r) <= 0.05) rejected.set(test, rejected.get(test)! + 1)
    }
    const rates = [...rejected].map(([test, count]) => `${test} ${((100 * count) / replications).toFixed(1)}%`)
    console.log(`  ${String(N).padStart(2)} entities, regressor ${regressor}:  ${rates.join("  ")}`)
  }
