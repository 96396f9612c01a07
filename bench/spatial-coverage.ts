/**
 * Do spatial panel models recover what made the data? 31 provinces, 19 years, entity and year effects: the mean estimates of rho (lambda in the SEM), of a slope and
 * of its direct and indirect effects, and how often 95% intervals cover the truth: by the information matrix and clustered, effects by simulation and by the delta
 * method; with independent errors, and with errors whose variance differs over entities and which are correlated within them. Run: npm run bench -- spatial-coverage [REPLICATIONS]
 */
import { spatialSolver } from "../src/econometrics/spatial/determinant/spatial-solver.ts"
import { effectsMatrix } from "../src/econometrics/spatial/effects/effects-matrix.ts"
import { spatialEffects } from "../src/econometrics/spatial/effects/spatial-effects.ts"
import { type SpatialFit, spatialMl } from "../src/econometrics/spatial/models/spatial-ml.ts"
import { spatialLag } from "../src/econometrics/spatial/weights/spatial-lag.ts"
import type { WeightsMatrix } from "../src/econometrics/spatial/weights/weights-matrix.ts"
import { stream } from "../src/stats/random.ts"
import { matrices, N, T } from "./spatial/provinces.ts"

const replications = Number(process.argv[2] ?? 500)
const MATRICES = { "4 nearest": matrices["4 nearest"]!, "1/d": matrices["1/d"]! }
const [B, THETA, SPATIAL] = [1, 0.5, 0.3]
const ERRORS: Readonly<Record<string, (i: number, normal: () => number) => () => number>> = {
  independent: (_, normal) => normal,
  "clustered, unequal": (i, normal) => {
    let before = normal()
    return () => {
      before = 0.5 * before + normal()
      return (i % 5 === 0 ? 2 : 0.6) * before
    }
  }
}

const columns = (weights: WeightsMatrix, specification: "sdm" | "sem", errors: string, replicate: number) => {
  const random = stream(5, replicate)
  const normal = () => random.normal()
  const [own, ownX, common] = [Float64Array.from({ length: N }, normal), Float64Array.from({ length: N }, normal), Float64Array.from({ length: T }, normal)]
  // x has effects of its own, and more of its variation where errors have more of theirs.
  const x = Float64Array.from({ length: N * T }, (_, at) => (Math.floor(at / T) % 5 === 0 ? 1.5 : 0.8) * normal() + ownX[Math.floor(at / T)]! + common[at % T]!)
  const e = new Float64Array(N * T)
  for (let i = 0; i < N; i++) {
    const next = ERRORS[errors]!(i, normal)
    for (let t = 0; t < T; t++) e[i * T + t] = next()
  }
  const effects = e.map((_, at) => 2 * own[Math.floor(at / T)]! + common[at % T]!)
  const { solve } = spatialSolver(weights.matrix, SPATIAL)
  const wx = spatialLag(weights, x)
  const dependent =
    specification === "sdm"
      ? solve(
          x.map((value, at) => B * value + THETA * wx[at]! + effects[at]! + e[at]!),
          T
        )
      : solve(e, T).map((u, at) => B * x[at]! + effects[at]! + u)
  return { weights, dependent: { name: "y", values: dependent }, regressors: [{ name: "x", values: x }] }
}

/** Mean estimates and coverage, kept by name. */
const tally = () => {
  const sums = new Map<string, { estimate: number; covered: number; count: number }>()
  return {
    add: (name: string, truth: number, estimate: number, low: number, high: number) => {
      const sum = sums.get(name) ?? { estimate: 0, covered: 0, count: 0 }
      sums.set(name, { estimate: sum.estimate + estimate, covered: sum.covered + (low <= truth && truth <= high ? 1 : 0), count: sum.count + 1 })
    },
    shown: () =>
      [...sums].map(([name, { count, covered, estimate }]) => `${name} ${(estimate / count).toFixed(3)} (${((100 * covered) / count).toFixed(1)}%)`).join(", ")
  }
}
const cover = (into: ReturnType<typeof tally>, fit: SpatialFit, of: Readonly<Record<string, number>>) => {
  for (const [term, truth] of Object.entries(of)) {
    const at = fit.terms.indexOf(term)
    into.add(term, truth, fit.estimates[at]!, fit.inference.confLow[at]!, fit.inference.confHigh[at]!)
  }
}

console.log(`95% intervals' coverage, N = ${N}, T = ${T}, ${replications} replications; truth: x ${B}, W*x ${THETA} (sdm), rho or lambda ${SPATIAL}`)
for (const [matrix, weights] of Object.entries(MATRICES))
  for (const errors of Object.keys(ERRORS))
    for (const specification of ["sdm", "sem"] as const) {
      const truth = effectsMatrix({ weights, terms: ["x", "W*x", "rho"], estimates: Float64Array.of(B, THETA, SPATIAL), covariance: new Float64Array(9) }, "x")
      const direct = Array.from({ length: N }, (_, i) => truth[i * (N + 1)]!).reduce((sum, value) => sum + value, 0) / N
      const indirect = truth.reduce((sum, value) => sum + value, 0) / N - direct
      const sums = { expected: tally(), cluster: tally() }
      for (let r = 0; r < replications; r++) {
        const model = columns(weights, specification, errors, r)
        for (const variance of ["expected", "cluster"] as const) {
          const fit = spatialMl(model, { specification, variance })
          cover(sums[variance], fit, specification === "sdm" ? { x: B, "W*x": THETA, rho: SPATIAL } : { x: B, lambda: SPATIAL })
          if (specification === "sem") continue
          for (const method of ["delta", "simulation"] as const) {
            const { effects } = spatialEffects(fit, { method, seed: r })
            for (const { confHigh, confLow, effect, estimate } of effects)
              if (effect !== "total") sums[variance].add(`${effect} by ${method}`, effect === "direct" ? direct : indirect, estimate, confLow, confHigh)
          }
        }
      }
      const of = specification === "sdm" ? `; direct ${direct.toFixed(3)}, indirect ${indirect.toFixed(3)}` : ""
      console.log(`${specification}, W ${matrix}, errors ${errors}${of}`)
      for (const [variance, sum] of Object.entries(sums)) console.log(`  ${variance}: ${sum.shown()}`)
    }
