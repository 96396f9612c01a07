/**
 * Permutation tests of spatial autocorrelation beside R's spdep on the same places and values (6 nearest neighbours, 999 permutations, one thread), as ratios of CPU seconds.
 * docs/benchmarks.md tells how to read it.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { cpus, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { geary, gearyPermutation } from "../src/econometrics/spatial/exploration/geary.ts"
import { localMoran, localMoranPermutation } from "../src/econometrics/spatial/exploration/local-moran.ts"
import { moran, moranPermutation } from "../src/econometrics/spatial/exploration/moran.ts"
import { rowStandardize } from "../src/econometrics/spatial/weights/weights-matrix.ts"
import { stream } from "../src/stats/random.ts"
import { nearest } from "./sparse/graphs.ts"
import { call, cpu } from "./spatial/beside-r.ts"

const {
  json,
  "no-r": noR,
  most = "25000"
} = parseArgs({ options: { json: { type: "boolean" }, "no-r": { type: "boolean" }, most: { type: "string" } } }).values
const SIZES = [506, 3000, 25_000].filter((size) => size <= Number(most))
/** R takes minutes for more. */
const MOST_IN_R = 3000
const REPLICATES = 999

const folder = mkdtempSync(join(tmpdir(), "sediment-bench-"))
const results = SIZES.flatMap((size) => {
  const matrix = nearest(size, 6)
  const weights = rowStandardize({ entities: Array.from({ length: size }, (_, i) => `e${i + 1}`), matrix })
  const random = stream(2026, size)
  const x = Float64Array.from({ length: size }, () => random.normal())
  const options = { replicates: REPLICATES, seed: 1 }
  const tasks: Readonly<Record<string, () => { readonly statistic: number }>> = {
    "Moran's I": () => ({ ...moran(weights, x, "x"), permuted: moranPermutation(weights, [x], options) }),
    "Geary's C": () => ({ ...geary(weights, x, "x"), permuted: gearyPermutation(weights, [x], options) }),
    "local Moran": () => ({ statistic: localMoran(weights, x, "x").statistic[0]!, permuted: localMoranPermutation(weights, [x], options) })
  }
  const own = Object.entries(tasks).map(([task, make]) => ({ task, ...cpu(make) }))
  let inR: Readonly<Record<string, readonly [seconds: number, statistic: number]>> = {}
  if (noR !== true && size <= MOST_IN_R) {
    const rows = Array.from(x, (value, i) => [value, ...matrix.columns.subarray(6 * i, 6 * i + 6).map((j) => j + 1)].join(","))
    writeFileSync(`${folder}/values.csv`, `x,${[1, 2, 3, 4, 5, 6].map((k) => `n${k}`).join(",")}\n${rows.join("\n")}\n`)
    const script = fileURLToPath(new URL("./spatial/exploration.R", import.meta.url))
    inR = call("Rscript", [script, folder, String(REPLICATES)]) ?? {}
  }
  return own.map(({ made, seconds, task }) => {
    const [r, theirs] = inR[task] ?? []
    return { task, places: size, sediment: seconds, r, apart: theirs === undefined ? undefined : Math.abs(made.statistic - theirs) }
  })
})
rmSync(folder, { recursive: true })
if (json === true) console.log(JSON.stringify({ version: 1, cpu: cpus()[0]?.model, load: loadavg()[0], results }))
else {
  console.log(["999 permutations", "places", "Sediment", "spdep", "spdep / Sediment", "statistics apart"].join("\t"))
  for (const { apart, places, r, sediment, task } of results)
    console.log(
      [task, places, sediment.toFixed(3), r?.toFixed(3) ?? "-", r === undefined ? "-" : `${(r / sediment).toFixed(1)}x`, apart?.toExponential(0) ?? "-"].join(
        "\t"
      )
    )
  console.log(`${cpus()[0]?.model ?? "unknown"}, load ${loadavg()[0]!.toFixed(2)}, Node ${process.version}`)
}
