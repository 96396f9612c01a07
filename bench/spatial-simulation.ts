/**
 * What the spatial estimators do on panels of China's size whose truth is known: rejection rates of the LM tests at a nominal 5% without spatial
 * dependence, and mean estimates of rho with and without the Lee-Yu correction. Run: npm run bench -- spatial-simulation [replications]
 */
import { readFileSync } from "node:fs"
import { spatialMl } from "../src/econometrics/spatial/models/spatial-ml.ts"
import { pooledLmTests } from "../src/econometrics/spatial/tests/lm-tests-pooled.ts"
import { withinLmTests } from "../src/econometrics/spatial/tests/lm-tests-within.ts"
import { inverseGap } from "../src/econometrics/spatial/weights/economic-distance.ts"
import { inverseDistance } from "../src/econometrics/spatial/weights/inverse-distance.ts"
import { nest } from "../src/econometrics/spatial/weights/nesting.ts"
import { denseWeights, mapWeights, rowStandardize, type WeightsMatrix } from "../src/econometrics/spatial/weights/weights-matrix.ts"
import { luFactor, luSolve } from "../src/linalg/lu.ts"
import { stream } from "../src/stats/random.ts"

const replications = Number(process.argv[2] ?? 2000)
const [head, ...lines] = readFileSync(new URL("../data/provinces.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
const provinces = lines.map((line) => line.split(","))
const field = (name: string) => head!.split(",").indexOf(name)
const entities = provinces.map((row) => row[field("entity")]!)
const coordinate = (name: string) => Float64Array.from(provinces, (row) => Number(row[field(name)]))
const N = entities.length
const T = 19

const economies = stream(99, 0)
const near = inverseDistance(entities, coordinate("latitude"), coordinate("longitude"))
const geographic = rowStandardize(near)
const alike = rowStandardize(
  inverseGap(
    entities,
    Float64Array.from(entities, () => 3 * Math.exp(0.5 * economies.normal())),
    "gdp"
  )
)
/** The four nearest. */
const neighbours = rowStandardize(
  mapWeights(near, (i, _, w) =>
    w >=
    near.matrix.values
      .slice(near.matrix.starts[i], near.matrix.starts[i + 1])
      .sort()
      .at(-4)!
      ? 1
      : 0
  )
)
const matrices: Readonly<Record<string, WeightsMatrix>> = { "1/d": geographic, nested: nest(geographic, alike, 0.5), "4 nearest": neighbours }

/** y = rho W y + x + entity + year + e; x has effects of its own. */
const draw = (weights: WeightsMatrix, rho: number, replicate: number) => {
  const random = stream(20_240, replicate)
  const normals = (count: number) => Float64Array.from({ length: count }, () => random.normal())
  const [own, common, ownX, commonX] = [normals(N), normals(T), normals(N), normals(T)]
  const x = normals(N * T).map((value, at) => value + ownX[Math.floor(at / T)]! + commonX[at % T]!)
  const mean = normals(N * T).map((e, at) => e + x[at]! + 2 * own[Math.floor(at / T)]! + common[at % T]!)
  const system = denseWeights(weights).map((w, at) => (Math.floor(at / N) === at % N ? 1 : 0) - rho * w)
  return { dependent: rho === 0 ? mean : luSolve(luFactor(system, N), mean, T), regressors: [x], names: ["x"] }
}

console.log(`LM tests at a nominal 5%, N = ${N}, T = ${T}, no spatial dependence, ${replications} replications`)
for (const [name, weights] of Object.entries(matrices))
  for (const [variant, test] of [
    ["within", withinLmTests],
    ["pooled", pooledLmTests]
  ] as const) {
    const rejected = { lag: 0, error: 0, robustLag: 0, robustError: 0 }
    for (let r = 0; r < replications; r++) {
      const tests = test(weights, draw(weights, 0, r))
      for (const key of Object.keys(rejected) as Array<keyof typeof rejected>) if (tests[key].pValue < 0.05) rejected[key]++
    }
    const rates = Object.entries(rejected).map(([key, count]) => `${key} ${((100 * count) / replications).toFixed(1)}%`)
    console.log(`  ${name.padEnd(10)}${variant.padEnd(8)}${rates.join("  ")}`)
  }

const fits = Math.min(replications, 400)
console.log(`mean estimate of rho in the SAR, ${fits} replications`)
for (const [name, weights] of Object.entries(matrices))
  for (const rho of [0, 0.3]) {
    const means = (["lee-yu", "none"] as const).map((correction) => {
      let sum = 0
      for (let r = 0; r < fits; r++) {
        const { dependent, regressors } = draw(weights, rho, r)
        const model = { weights, dependent: { name: "y", values: dependent }, regressors: [{ name: "x", values: regressors[0]! }] }
        sum += spatialMl(model, { specification: "sar", correction }).estimates[1]! / fits
      }
      return `${correction} ${sum.toFixed(3)}`
    })
    console.log(`  ${name.padEnd(10)}rho ${rho.toFixed(1)}   ${means.join("   ")}`)
  }
