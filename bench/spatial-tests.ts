/**
 * Size and power at a nominal 5% of the tests of spatial dependence, on panels of China's size whose truth is known: y = rho W y + X b + W X theta + effects + u,
 * u = lambda W u + e, two regressors with effects of their own, of which the first alone may have a lag. Run: npm run bench -- spatial-tests [REPLICATIONS]
 */
import { panelIndex } from "../src/econometrics/sample/panel-index.ts"
import { conditionalLmTests } from "../src/econometrics/spatial/tests/conditional-lm-tests.ts"
import { type CrossSectionDependence, crossSectionDependence } from "../src/econometrics/spatial/tests/cross-section-dependence.ts"
import { type LmTestOptions, type LmTests, lmTests } from "../src/econometrics/spatial/tests/lm-tests.ts"
import type { ResidualsOf } from "../src/econometrics/spatial/tests/panel-residuals.ts"
import { spatialLag } from "../src/econometrics/spatial/weights/spatial-lag.ts"
import { denseWeights, type WeightsMatrix } from "../src/econometrics/spatial/weights/weights-matrix.ts"
import { luFactor, luSolve } from "../src/linalg/lu.ts"
import { stream } from "../src/stats/random.ts"
import { matrices, N, T } from "./spatial/provinces.ts"

const replications = Number(process.argv[2] ?? 2000)

interface Truth {
  readonly rho?: number
  readonly lambda?: number
  readonly theta?: number
  /** Which effects the data have. */
  readonly entity: boolean
  readonly year: boolean
}
const systems = new Map<string, ReturnType<typeof luFactor>>()
/** (I - rho W)^-1 x of every period; factors are kept. */
const multiplied = (name: string, weights: WeightsMatrix, rho: number, x: Float64Array): Float64Array => {
  if (rho === 0) return x
  const key = `${name} ${rho}`
  const factor =
    systems.get(key) ??
    luFactor(
      denseWeights(weights).map((w, at) => (Math.floor(at / N) === at % N ? 1 : 0) - rho * w),
      N
    )
  systems.set(key, factor)
  return luSolve(factor, x, T)
}

const draw = (name: string, weights: WeightsMatrix, { entity, lambda = 0, rho = 0, theta = 0, year }: Truth, replicate: number) => {
  const random = stream(20_240, replicate)
  const normals = (count: number) => Float64Array.from({ length: count }, () => random.normal())
  const [own, common] = [normals(N), normals(T)]
  const effects = (scale: number) => (at: number) => (entity ? scale * own[Math.floor(at / T)]! : 0) + (year ? common[at % T]! : 0)
  const regressor = () => {
    const [ownX, commonX] = [normals(N), normals(T)]
    return normals(N * T).map((value, at) => value + ownX[Math.floor(at / T)]! + commonX[at % T]!)
  }
  const [x1, x2] = [regressor(), regressor()]
  const errors = multiplied(name, weights, lambda, normals(N * T))
  const lagged = spatialLag(weights, x1)
  const mean = errors.map((e, at) => e + x1[at]! + x2[at]! + theta * lagged[at]! + effects(2)(at))
  return {
    weights,
    dependent: { name: "y", values: multiplied(name, weights, rho, mean) },
    regressors: [
      { name: "x1", values: x1 },
      { name: "x2", values: x2 }
    ]
  }
}

const statistics = ({ durbin, error, lag, robustError, robustLag, sarma }: LmTests) => ({
  lag,
  error,
  "robust lag": robustLag!,
  "robust error": robustError!,
  SARMA: sarma!,
  WX1: durbin!.wx,
  "adjusted lag": durbin!.adjustedLag,
  "adjusted WX1": durbin!.adjustedWx,
  SDM: durbin!.sdm,
  SDEM: durbin!.sdem
})

/** Shares of replications that reject at 5%, printed under a title. */
const rejections = (title: string, row: (replicate: number) => Readonly<Record<string, { readonly pValue: number }>>, draws = replications) => {
  const counts = new Map<string, number>()
  for (let r = 0; r < draws; r++) for (const [test, { pValue }] of Object.entries(row(r))) counts.set(test, (counts.get(test) ?? 0) + (pValue < 0.05 ? 1 : 0))
  console.log(`  ${title.padEnd(38)}${[...counts].map(([test, count]) => `${test} ${((100 * count) / draws).toFixed(1)}`).join("  ")}`)
}

const none = { entity: true, year: true }
const VARIANTS: ReadonlyArray<readonly [string, Truth, LmTestOptions]> = [
  ["two-way", none, {}],
  ["individual (no year effects)", { entity: true, year: false }, { effects: "individual" }],
  ["time (no entity effects)", { entity: false, year: true }, { effects: "time" }],
  ["two-way, correction none", none, { correction: "none" }],
  ["pooled", none, { effects: "pooled" }],
  ["pooled (no effects)", { entity: false, year: false }, { effects: "pooled" }]
]
console.log(`% of ${replications} replications that reject at a nominal 5%, N = ${N}, T = ${T}: no spatial dependence`)
for (const [name, weights] of Object.entries(matrices))
  for (const [variant, truth, options] of VARIANTS)
    rejections(`${name}, ${variant}`, (r) => statistics(lmTests(draw(name, weights, truth, r), { lagged: ["x1"], ...options })))

console.log("power, two-way")
for (const [name, weights] of Object.entries(matrices))
  for (const alternative of ["rho", "lambda", "theta"] as const)
    rejections(`${name}, ${alternative} = .3`, (r) => statistics(lmTests(draw(name, weights, { ...none, [alternative]: 0.3 }, r), { lagged: ["x1"] })))

const fitted = Math.min(replications, 1000)
console.log(`one kind where the other is estimated, two-way, ${fitted} replications`)
for (const [name, weights] of Object.entries(matrices))
  for (const alternative of [undefined, "rho", "lambda"] as const)
    rejections(
      `${name}, ${alternative === undefined ? "nothing" : `${alternative} = .3`}`,
      (r) => {
        const { errorGivenLag, lagGivenError } = conditionalLmTests(draw(name, weights, alternative === undefined ? none : { ...none, [alternative]: 0.3 }, r))
        return { "error given lag": errorGivenLag, "lag given error": lagGivenError }
      },
      fitted
    )

const dependence = ({ all, biasCorrectedLm, local }: CrossSectionDependence) => ({
  CD: all.cd,
  LM: all.lm,
  "scaled LM": all.scaledLm,
  ...(biasCorrectedLm === undefined ? {} : { "bias-corrected LM": biasCorrectedLm }),
  "local CD": local!.cd,
  "local LM": local!.lm,
  "local scaled LM": local!.scaledLm
})
const near = matrices["4 nearest"]!
const index = panelIndex(
  near.entities.flatMap((entity) => Array<string>(T).fill(entity)),
  Float64Array.from({ length: N * T }, (_, at) => at % T)
)
console.log("cross-section dependence, near pairs by the 4 nearest")
for (const lambda of [0, 0.3])
  for (const residuals of ["individual", "by-entity", "two-way"] as const satisfies ReadonlyArray<ResidualsOf>) {
    const truth: Truth = { entity: true, year: residuals === "two-way", lambda }
    rejections(`lambda = ${lambda}, ${residuals}`, (r) => dependence(crossSectionDependence({ ...draw("4 nearest", near, truth, r), index }, { residuals })))
  }
