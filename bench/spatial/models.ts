/** One case in a process of its own: `node models.ts CASE PLACES`; a line of JSON with CPU seconds of a first run and of the median of several. */
import { determinant } from "../../src/econometrics/spatial/determinant/determinant.ts"
import { spatialEffects } from "../../src/econometrics/spatial/effects/spatial-effects.ts"
import { spatialMl } from "../../src/econometrics/spatial/models/spatial-ml.ts"
import { LINKS, simulate } from "./cases.ts"

const [kind, links, places, periods] = [process.argv[2]!, process.argv[3]!, Number(process.argv[4]), Number(process.argv[5] ?? 1)]
const { weights, x, y, z } = simulate(LINKS[links]!(places), periods)
const model = {
  weights,
  dependent: { name: "y", values: y },
  regressors: [
    { name: "x", values: x },
    { name: "z", values: z }
  ]
}
const run = {
  sar: () => spatialMl(model, { specification: "sar" }),
  sdm: () => spatialMl(model, { specification: "sdm" }),
  "sar, effects": () => {
    const fit = spatialMl(model, { specification: "sar" })
    spatialEffects(fit, { draws: 1000 })
    return fit
  },
  eigenvalues: () => void determinant(weights.matrix, { method: "eigenvalues" })
}[kind]!
const times: Array<number> = []
let estimates: ReadonlyArray<number> = []
for (let round = 0; round < 9 && times.reduce((sum, time) => sum + time, 0) < 20; round++) {
  const start = process.cpuUsage()
  const fit = run()
  const { system, user } = process.cpuUsage(start)
  times.push((system + user) / 1e6)
  if (fit !== undefined) estimates = [...fit.estimates]
}
const sorted = [...times].sort((a, b) => a - b)
console.log(JSON.stringify({ first: times[0], median: sorted[Math.floor(sorted.length / 2)], estimates }))
