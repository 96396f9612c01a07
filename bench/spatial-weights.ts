/**
 * Making and summing up spatial weights beside R's spdep on the same places, as ratios of CPU seconds: k nearest, a band, contiguity of the cells of a board, neighbours of second order.
 * docs/benchmarks.md tells how to read it.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { cpus, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { distanceBand, nearestNeighbours } from "../src/econometrics/spatial/weights/distance-weights.ts"
import { neighboursOfOrder } from "../src/econometrics/spatial/weights/higher-order.ts"
import type { Points } from "../src/econometrics/spatial/weights/points.ts"
import { polygonContiguity } from "../src/econometrics/spatial/weights/polygon-contiguity.ts"
import type { Shape } from "../src/econometrics/spatial/weights/shapes.ts"
import { rowStandardize, type WeightsMatrix } from "../src/econometrics/spatial/weights/weights-matrix.ts"
import { weightsSummary } from "../src/econometrics/spatial/weights-summary.ts"
import { stream } from "../src/stats/random.ts"
import { call, cpu } from "./spatial/beside-r.ts"

const {
  json,
  "no-r": noR,
  most = "100000"
} = parseArgs({ options: { json: { type: "boolean" }, "no-r": { type: "boolean" }, most: { type: "string" } } }).values
const SIZES = [2_500, 10_000, 99_856].filter((size) => size <= Number(most))

/** Its searches look at all pairs. */
const MOST_IN_R = 10_000

/** Places at random in a square of side 1, by latitude and longitude too, and the cells of a board. */
const places = (size: number) => {
  const random = stream(2026, size)
  const [x, y] = [Float64Array.from({ length: size }, () => random.uniform()), Float64Array.from({ length: size }, () => random.uniform())]
  const entities = Array.from({ length: size }, (_, i) => `e${i + 1}`)
  const side = Math.sqrt(size)
  const shapes = entities.map((id, i): Shape => {
    const [east, north] = [i % side, Math.floor(i / side)]
    return { id, rings: [Float64Array.of(east, north, east + 1, north, east + 1, north + 1, east, north + 1, east, north)] }
  })
  const planar: Points = { metric: "planar", x, y }
  const globe: Points = { metric: "ellipsoid", latitude: y.map((v) => 45 + 5 * v), longitude: x.map((v) => 5 + 5 * v) }
  return { entities, planar, globe, shapes }
}

const folder = mkdtempSync(join(tmpdir(), "sediment-bench-"))
const results = SIZES.flatMap((size) => {
  const { entities, globe, planar, shapes } = places(size)
  const to = Math.sqrt(10 / (Math.PI * size))
  const nearest = nearestNeighbours(entities, planar, 6)
  const tasks: Readonly<Record<string, () => unknown>> = {
    "6 nearest, planar": () => nearestNeighbours(entities, planar, 6),
    "6 nearest, ellipsoid": () => nearestNeighbours(entities, globe, 6),
    "a band of 10 or so": () => distanceBand(entities, planar, { from: 0, to }, { kind: "binary" }, true),
    "queen contiguity": () => polygonContiguity(shapes),
    "second order": () => neighboursOfOrder(nearest, 2),
    summary: () => weightsSummary(rowStandardize(nearest))
  }
  const own = Object.entries(tasks).map(([task, make]) => ({ task, ...cpu(make) }))
  let inR: Readonly<Record<string, readonly [seconds: number, links: number]>> = {}
  if (noR !== true && size <= MOST_IN_R) {
    if (planar.metric === "planar") writeFileSync(`${folder}/places.csv`, `x,y\n${Array.from(planar.x, (x, i) => `${x},${planar.y[i]}`).join("\n")}\n`)
    inR = call("Rscript", [fileURLToPath(new URL("./spatial/weights.R", import.meta.url)), folder, String(to)]) ?? {}
  }
  return own.map(({ made, seconds, task }) => {
    const [r, theirLinks] = inR[task] ?? []
    const links = typeof made === "object" && made !== null && "matrix" in made ? (made as WeightsMatrix).matrix.columns.length : undefined
    return { task, places: size, links, sediment: seconds, r, agrees: theirLinks === undefined ? undefined : theirLinks === links }
  })
})
rmSync(folder, { recursive: true })
if (json === true) console.log(JSON.stringify({ version: 1, cpu: cpus()[0]?.model, load: loadavg()[0], results }))
else {
  console.log(["weights", "places", "links", "Sediment", "spdep", "spdep / Sediment", "as many links"].join("\t"))
  for (const { agrees, links, places, r, sediment, task } of results)
    console.log(
      [task, places, links ?? "-", sediment.toFixed(3), r?.toFixed(3) ?? "-", r === undefined ? "-" : `${(r / sediment).toFixed(1)}x`, agrees ?? "-"].join("\t")
    )
}
