/**
 * Bootstrap of a mediation at the study's size, 31 entities, 19 years and 7 controls: 10,000 replicates in every scheme, and beside them R's of the first, by
 * re-weighted cross-products, in the same run. Run: npm run bench -- mediation [--replicates 10000] [--no-r] [--json]
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { cpus, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { type BootstrapOptions, drawCounts, replicates } from "../src/econometrics/bootstrap/bootstrap.ts"
import { mediationPaths } from "../src/econometrics/mediation/mediation-paths.ts"
import { panelIndex } from "../src/econometrics/sample/panel-index.ts"
import { stream } from "../src/stats/random.ts"

const { values } = parseArgs({ options: { replicates: { type: "string", default: "10000" }, json: { type: "boolean" }, "no-r": { type: "boolean" } } })
const count = Number(values.replicates)
if (!Number.isInteger(count) || count < 1) {
  console.error(`--replicates is ${values.replicates}: a whole number from 1`)
  process.exit(2)
}
const ENTITIES = 31
const YEARS = 19
const CONTROLS = 7
const SEED = 1
/** Resamples whose effects are compared with R's. */
const COMPARED = 200
const ROUNDS = 5
/** R is asked only where it is installed. */
const RSCRIPT = "Rscript"

const random = stream(2026, 0)
const normals = (n: number) => Float64Array.from({ length: n }, () => random.normal())
const rows = Array.from({ length: ENTITIES * YEARS }, (_, i) => i)
const common = normals(YEARS)
const own = normals(ENTITIES)
/** Noise with effects of entities and years, and what else is given. */
const variable = (name: string, mean: (row: number) => number = () => 0) => {
  const noise = normals(rows.length)
  return { name, values: noise.map((e, i) => e + own[Math.floor(i / YEARS)]! + common[i % YEARS]! + mean(i)) }
}
const controls = Array.from({ length: CONTROLS }, (_, j) => variable(`z${j + 1}`))
const treatment = variable("x", (i) => 0.3 * controls[0]!.values[i]!)
const mediator = variable("u", (i) => 0.5 * treatment.values[i]! + 0.2 * controls[1]!.values[i]!)
const outcome = variable("y", (i) => 0.4 * mediator.values[i]! + 0.3 * treatment.values[i]!)
const all = [...controls, treatment, mediator, outcome]
const sample = (kept: ReadonlyArray<number>) => {
  const pick = ({ name, values: v }: (typeof all)[number]) => ({ name, values: Float64Array.from(kept, (row) => v[row]!) })
  const index = panelIndex(
    kept.map((row) => `e${String(Math.floor(row / YEARS)).padStart(2, "0")}`),
    kept.map((row) => 2003 + (row % YEARS))
  )
  return mediationPaths({ index, outcome: pick(outcome), treatment: pick(treatment), mediator: pick(mediator), controls: controls.map(pick) })
}
const balanced = sample(rows)
const unbalanced = sample(rows.filter((row) => (row * 7) % 10 !== 3))

const median = (times: ReadonlyArray<number>): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!
const schemes: ReadonlyArray<readonly [name: string, paths: typeof balanced, options: BootstrapOptions]> = [
  ["clusters", balanced, {}],
  ["clusters, a tenth of the rows missing", unbalanced, {}],
  ["clusters, studentised", balanced, { studentise: "independent" }],
  ["observations", balanced, { resampling: "observations" }],
  ["wild, clusters", balanced, { resampling: "wild-clusters" }],
  ["wild, clusters, studentised", balanced, { resampling: "wild-clusters", studentise: "independent" }]
]
const results = schemes.map(([name, paths, options]) => {
  const times = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage()
    const start = performance.now()
    replicates(paths, { seed: SEED, from: 0, count }, options)
    const { system, user } = process.cpuUsage(before)
    return { cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1e3 }
  })
  return { name, first: times[0]!.wall, cpu: median(times.map(({ cpu }) => cpu)), wall: median(times.map(({ wall }) => wall)) }
})

const besideR = () => {
  const folder = mkdtempSync(join(tmpdir(), "sediment-bench-"))
  const table = [["id", "year", ...all.map(({ name }) => name)], ...rows.map((row) => [Math.floor(row / YEARS), row % YEARS, ...all.map((v) => v.values[row])])]
  writeFileSync(join(folder, "data.csv"), table.map((line) => line.join(",")).join("\n"))
  const counts = Array.from({ length: COMPARED }, (_, i) => {
    const drawn = new Float64Array(ENTITIES)
    drawCounts(stream(SEED, i), drawn)
    return [...drawn].join(",")
  })
  writeFileSync(join(folder, "counts.csv"), counts.join("\n"))
  const script = fileURLToPath(new URL("./mediation/peers.R", import.meta.url))
  const done = spawnSync(RSCRIPT, [script, join(folder, "data.csv"), join(folder, "counts.csv"), String(count)], { encoding: "utf8", maxBuffer: 1e8 })
  rmSync(folder, { recursive: true })
  if (done.status !== 0) return undefined
  const { R, cpu, effects } = JSON.parse(done.stdout) as { readonly R: string; readonly cpu: number; readonly effects: ReadonlyArray<ReadonlyArray<number>> }
  const columns = [...replicates(balanced, { seed: SEED, from: 0, count: COMPARED }).columns.values()]
  const apart = Math.max(...effects.flatMap((effect, i) => effect.map((value, j) => Math.abs(columns[j]![i]! - value) / Math.abs(value))))
  return { R, cpu, apart }
}
const inR = values["no-r"] === true ? undefined : besideR()
if (values.json === true) console.log(JSON.stringify({ version: 1, cpu: cpus()[0]?.model, load: loadavg()[0], replicates: count, results, R: inR }))
else {
  console.log(`mediation at ${ENTITIES} x ${YEARS} with ${CONTROLS} controls, ${count} replicates; seconds, medians of ${ROUNDS}`)
  console.log(["first, wall", "CPU", "wall", ""].join("\t"))
  for (const { cpu, first, name, wall } of results) console.log([...[first, cpu, wall].map((s) => s.toFixed(3)), name].join("\t"))
  console.log(
    inR === undefined
      ? "R was not run"
      : `R ${inR.R}, clusters by re-weighted cross-products: ${inR.cpu.toFixed(3)} CPU, ${(inR.cpu / results[0]!.cpu).toFixed(1)} times as long; largest relative difference of ${COMPARED} replicates ${inR.apart.toExponential(1)}`
  )
}
