/**
 * Do random effects and dynamic spatial panels recover what made the data? 31 provinces, the 4 nearest, entity and year effects: mean estimates and the coverage of 95%
 * intervals (in brackets); how often Hausman tests reject at 5% where entity effects are random, and where they go with x. Run: npm run bench -- spatial-panels [REPLICATIONS]
 */
import { spatialSolver } from "../src/econometrics/spatial/determinant/spatial-solver.ts"
import { spatialDynamic } from "../src/econometrics/spatial/dynamic/spatial-dynamic.ts"
import { spatialMl } from "../src/econometrics/spatial/models/spatial-ml.ts"
import type { SpatialModel } from "../src/econometrics/spatial/models/spatial-sample.ts"
import { spatialRandomEffects } from "../src/econometrics/spatial/random/spatial-random-effects.ts"
import { robustSpatialHausman, spatialHausman } from "../src/econometrics/spatial/tests/spatial-hausman.ts"
import { spatialLag } from "../src/econometrics/spatial/weights/spatial-lag.ts"
import { stream } from "../src/stats/random.ts"
import { matrices, N } from "./spatial/provinces.ts"

const replications = Number(process.argv[2] ?? 200)
const weights = matrices["4 nearest"]!

interface Fit {
  readonly terms: ReadonlyArray<string>
  readonly estimates: Float64Array
  readonly inference: { readonly confLow: Float64Array; readonly confHigh: Float64Array }
}

/** Mean estimates and coverage of the truths by term. */
const tally = (truths: Readonly<Record<string, number>>) => {
  const sums = new Map(Object.keys(truths).map((term) => [term, { estimate: 0, covered: 0 }]))
  let count = 0
  return {
    add: ({ estimates, inference, terms }: Fit) => {
      count++
      for (const [term, sum] of sums) {
        const at = terms.indexOf(term)
        const truth = truths[term]!
        sum.estimate += estimates[at]!
        if (inference.confLow[at]! <= truth && truth <= inference.confHigh[at]!) sum.covered++
      }
    },
    shown: () => [...sums].map(([term, sum]) => `${term} ${(sum.estimate / count).toFixed(3)} (${((100 * sum.covered) / count).toFixed(1)}%)`).join(", ")
  }
}

const T = 10

/** y = rho W y + x + years + u, the entity effect filtered by I - lambda W or not; it goes with x by `tied`. */
const randomPanel = (rho: number, lambda: number, filtered: boolean, tied: number, replicate: number): SpatialModel => {
  const random = stream(7, replicate)
  const normals = (count: number) => Float64Array.from({ length: count }, () => random.normal())
  const [own, common, ownX] = [normals(N), normals(T), normals(N)]
  const x = normals(N * T).map((value, at) => value + ownX[Math.floor(at / T)]!)
  const effect = (at: number) => own[Math.floor(at / T)]! + tied * ownX[Math.floor(at / T)]!
  const e = normals(N * T)
  const filter = (column: Float64Array) => spatialSolver(weights.matrix, lambda).solve(column, T)
  const errors = filtered ? filter(e.map((value, at) => value + effect(at))) : filter(e).map((value, at) => value + effect(at))
  const y = spatialSolver(weights.matrix, rho).solve(
    errors.map((value, at) => value + x[at]! + common[at % T]!),
    T
  )
  return { weights, dependent: { name: "y", values: y }, regressors: [{ name: "x", values: x }] }
}

console.log(`random effects, N = ${N}, T = ${T}, ${replications} replications; truth: x 1, sigma2 1, sigma2_entity 1, rho and lambda as named`)
for (const [specification, errors, rho, lambda] of [
  ["sar", "kapoor-kelejian-prucha", 0.4, 0],
  ["sem", "kapoor-kelejian-prucha", 0, 0.4],
  ["sem", "baltagi-song-koh", 0, 0.4],
  ["sac", "kapoor-kelejian-prucha", 0.4, -0.3],
  ["sac", "baltagi-song-koh", 0.4, 0.3]
] as const) {
  const sums = tally({ x: 1, ...(rho === 0 ? {} : { rho }), ...(lambda === 0 ? {} : { lambda }), sigma2: 1, sigma2_entity: 1 })
  for (let r = 0; r < replications; r++)
    sums.add(spatialRandomEffects(randomPanel(rho, lambda, errors === "kapoor-kelejian-prucha", 0, r), { specification, errors }))
  console.log(`  ${specification} ${errors}, rho ${rho}, lambda ${lambda}: ${sums.shown()}`)
}

console.log("Hausman tests of a SAR, share that rejects at 5%: by the variance difference, robust by quadratic forms, by sums of entities")
for (const [what, tied] of [
  ["effects independent of x", 0],
  ["effects that go with x", 0.3]
] as const) {
  const rejected = [0, 0, 0]
  for (let r = 0; r < replications; r++) {
    const model = randomPanel(0.4, 0, true, tied, r)
    const fixed = spatialMl(model, { specification: "sar" })
    const random = spatialRandomEffects(model, { specification: "sar" })
    const tests = [spatialHausman(fixed, random), robustSpatialHausman(model, fixed, random), robustSpatialHausman(model, fixed, random, "entity-sums")]
    tests.forEach(({ pValue }, i) => {
      if (pValue !== undefined && pValue < 0.05) rejected[i]!++
    })
  }
  console.log(`  ${what}: ${rejected.map((count) => `${((100 * count) / replications).toFixed(1)}%`).join(", ")}`)
}

/** The dynamic SDM from a start long before the first year. */
const dynamicPanel = (tau: number, eta: number, rho: number, periods: number, replicate: number): SpatialModel => {
  const random = stream(9, replicate)
  const before = 50
  const own = Float64Array.from({ length: N }, () => random.normal())
  const { solve } = spatialSolver(weights.matrix, rho)
  const [y, x] = [new Float64Array(N * periods), new Float64Array(N * periods)]
  let last: Float64Array = new Float64Array(N)
  for (let t = -before; t < periods; t++) {
    const common = random.normal()
    const now = Float64Array.from(own, (effect) => effect / 2 + random.normal())
    const [lagged, spilled] = [spatialLag(weights, last), spatialLag(weights, now)]
    last = solve(last.map((value, i) => tau * value + eta * lagged[i]! + now[i]! + 0.5 * spilled[i]! + own[i]! + common + random.normal()))
    if (t >= 0)
      for (let i = 0; i < N; i++) {
        y[i * periods + t] = last[i]!
        x[i * periods + t] = now[i]!
      }
  }
  return { weights, dependent: { name: "y", values: y }, regressors: [{ name: "x", values: x }] }
}

console.log("dynamic SDM, entity and year effects; truth: L.y 0.5, W*L.y -0.1, x 1, W*x 0.5, rho 0.3")
for (const periods of [8, 20])
  for (const correction of ["yu-de-jong-lee", "none"] as const) {
    const sums = tally({ "L.y": 0.5, "W*L.y": -0.1, x: 1, "W*x": 0.5, rho: 0.3, sigma2: 1 })
    for (let r = 0; r < replications; r++) sums.add(spatialDynamic(dynamicPanel(0.5, -0.1, 0.3, periods, r), { correction }))
    console.log(`  T = ${periods}, ${correction}: ${sums.shown()}`)
  }
