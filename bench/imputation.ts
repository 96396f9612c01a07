/**
 * What missing values cost, and what multiple imputation makes of it: y = x + effects of entities and years + e, effects that go with the level of x, two-way fixed effects clustered by entity. The regressor x lacks cells by a rule that looks at y only, which is always
 * there (missing at random): those with a high y lack x more often. Bias, coverage of 95% intervals and their mean width, of complete data, of complete rows alone, of linear interpolation (ends by the nearest), and of m imputations.
 * Run: npm run bench -- imputation [replications] [imputations]
 */
import { imputeChained } from "../src/econometrics/imputation/chained-equations.ts"
import type { ImputationMethod } from "../src/econometrics/imputation/imputation-model.ts"
import { poolEstimates } from "../src/econometrics/imputation/rubin.ts"
import { infer } from "../src/econometrics/linear/inference.ts"
import { interpolateSeries } from "../src/econometrics/measurement/interpolation.ts"
import { within } from "../src/econometrics/regression/within.ts"
import { panelIndex } from "../src/econometrics/sample/panel-index.ts"
import { stream } from "../src/stats/random.ts"

const replications = Number(process.argv[2] ?? 200)
const imputations = Number(process.argv[3] ?? 10)

interface Panel {
  readonly entity: Int32Array
  readonly year: Int32Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly z: Float64Array
}

/** `trending`: x has a line of its own in each entity; its deviations are autocorrelated by `rho`. z is a covariate that moves with x and is always there. */
const draw = (N: number, T: number, rho: number, trending: boolean, replicate: number): Panel => {
  const random = stream(7_100, replicate)
  const rows = N * T
  const entity = Int32Array.from({ length: rows }, (_, at) => Math.floor(at / T))
  const year = Int32Array.from({ length: rows }, (_, at) => 2000 + (at % T))
  const years = Float64Array.from({ length: T }, () => random.normal())
  const x = new Float64Array(rows)
  const y = new Float64Array(rows)
  const z = new Float64Array(rows)
  for (let i = 0; i < N; i++) {
    const level = 2 * random.normal()
    const slope = trending ? 0.15 * random.normal() : 0
    const own = 2 * random.normal() - level / 2
    let dx = random.normal()
    let e = random.normal()
    for (let t = 0; t < T; t++) {
      const at = i * T + t
      if (t > 0) {
        dx = rho * dx + Math.sqrt(1 - rho * rho) * random.normal()
        e = 0.5 * e + Math.sqrt(0.75) * random.normal()
      }
      x[at] = level + slope * t + 0.5 * years[t]! + dx
      z[at] = 0.5 * dx + random.normal()
      y[at] = x[at]! + own + years[t]! + e
    }
  }
  return { entity, year, x, y, z }
}

/** Takes x out where y, apart from its entity's mean, is high. */
const withHoles = ({ entity, x, y }: Panel, share: number, replicate: number): Float64Array => {
  const random = stream(7_200, replicate)
  const sums = new Map<number, [number, number]>()
  entity.forEach((who, row) => {
    const [sum, count] = sums.get(who) ?? [0, 0]
    sums.set(who, [sum + y[row]!, count + 1])
  })
  return x.map((value, row) => {
    const [sum, count] = sums.get(entity[row]!)!
    const high = y[row]! - sum / count
    const p = (2 * share) / (1 + Math.exp(-1.5 * high))
    return random.uniform() < p ? Number.NaN : value
  })
}

interface Estimate {
  readonly b: number
  readonly low: number
  readonly high: number
}
const estimated = (panel: Panel, x: Float64Array) => {
  const rows = [...x.keys()].filter((row) => !Number.isNaN(x[row]!))
  const at = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!)
  const index = panelIndex(
    rows.map((row) => String(panel.entity[row]!).padStart(4, "0")),
    rows.map((row) => panel.year[row]!)
  )
  const { inference } = within(
    { index, dependent: { name: "y", values: at(panel.y) }, regressors: [{ name: "x", values: at(x) }] },
    { variance: { kind: "cluster", by: ["entity"] } }
  )
  return { b: inference.estimate[0]!, se: inference.stdError[0]!, df: inference.df![0]!, low: inference.confLow[0]!, high: inference.confHigh[0]! }
}

const interpolated = (panel: Panel, x: Float64Array): Float64Array => {
  const out = Float64Array.from(x)
  for (const who of new Set(panel.entity)) {
    const rows = [...panel.entity.keys()].filter((row) => panel.entity[row] === who)
    const { values } = interpolateSeries(
      Int32Array.from(rows, (row) => panel.year[row]!),
      Float64Array.from(rows, (row) => x[row]!),
      { extrapolation: "nearest" }
    )
    rows.forEach((row, i) => {
      out[row] = values[i]!
    })
  }
  return out
}

const imputed = (panel: Panel, x: Float64Array, method: ImputationMethod, neighbours: boolean, seed: number): Estimate => {
  const fits = Array.from({ length: imputations }, (_, imputation) => {
    const { completed } = imputeChained(
      {
        entity: panel.entity,
        year: panel.year,
        variables: [
          { name: "x", values: x, method },
          { name: "y", values: panel.y, method },
          { name: "z", values: panel.z, method }
        ]
      },
      { seed, imputation, iterations: 5, neighbours }
    )
    return estimated(panel, completed.get("x")!)
  })
  const pooled = poolEstimates(
    fits.map(({ b }) => b),
    fits.map(({ se }) => se * se),
    fits[0]!.df
  )
  const { confHigh, confLow } = infer(["x"], Float64Array.of(pooled.estimate), [pooled.total], pooled.df)
  return { b: pooled.estimate, low: confLow[0]!, high: confHigh[0]! }
}

const METHODS: Readonly<Record<string, (panel: Panel, x: Float64Array, seed: number) => Estimate>> = {
  "complete data": (panel) => estimated(panel, panel.x),
  "complete rows": (panel, x) => estimated(panel, x),
  interpolated: (panel, x) => estimated(panel, interpolated(panel, x)),
  normal: (panel, x, seed) => imputed(panel, x, "normal", false, seed),
  "normal, neighbours": (panel, x, seed) => imputed(panel, x, "normal", true, seed),
  pmm: (panel, x, seed) => imputed(panel, x, "pmm", false, seed)
}

console.log(`slope 1, ${replications} replications, ${imputations} imputations: bias, coverage of 95% intervals, their mean width`)
for (const [N, T, rho, trending, share] of [
  [31, 19, 0.6, false, 0.2],
  [31, 19, 0.6, true, 0.2],
  [31, 19, 0.6, true, 0.4],
  [31, 19, 0.95, true, 0.2],
  [20, 8, 0.3, false, 0.3]
] as const) {
  const results = new Map(Object.keys(METHODS).map((name) => [name, [] as Array<Estimate>]))
  for (let replicate = 0; replicate < replications; replicate++) {
    const panel = draw(N, T, rho, trending, replicate)
    const x = withHoles(panel, share, replicate)
    for (const [name, estimate] of Object.entries(METHODS)) results.get(name)!.push(estimate(panel, x, 900 + replicate))
  }
  console.log(`\n${N} x ${T}, x ${trending ? "with a line in each entity, " : ""}autocorrelated by ${rho}, ${100 * share}% missing`)
  for (const [name, all] of results) {
    const mean = (of: (one: Estimate) => number) => all.reduce((sum, one) => sum + of(one) / all.length, 0)
    const covered = mean(({ high, low }) => (low <= 1 && 1 <= high ? 1 : 0))
    console.log(
      `  ${name.padEnd(20)} ${mean(({ b }) => b - 1)
        .toFixed(3)
        .padStart(7)} ${(100 * covered).toFixed(1).padStart(6)}% ${mean(({ high, low }) => high - low).toFixed(3)}`
    )
  }
}
