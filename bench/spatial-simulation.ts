/**
 * What the Lee-Yu correction does on panels of China's size whose truth is known: mean estimates of rho with it and without.
 * Run: npm run bench -- spatial-simulation [REPLICATIONS]
 */
import { spatialMl } from "../src/econometrics/spatial/models/spatial-ml.ts"
import { denseWeights, type WeightsMatrix } from "../src/econometrics/spatial/weights/weights-matrix.ts"
import { luFactor, luSolve } from "../src/linalg/lu.ts"
import { stream } from "../src/stats/random.ts"
import { matrices, N, T } from "./spatial/provinces.ts"

const fits = Number(process.argv[2] ?? 400)

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
