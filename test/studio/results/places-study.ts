/** A study with a table of each kind that the results show: eight provinces in six years; towns of which only the places are known; letters of which nothing is. */

const YEARS = [2015, 2016, 2017, 2018, 2019, 2020]
const PROVINCES = [
  ["Beijing", 39.9, 116.4, "North"],
  ["Tianjin", 39.14, 117.18, "North"],
  ["Hebei", 38.04, 114.48, "North"],
  ["Shanxi", 37.87, 112.56, "North"],
  ["Jiangsu", 32.06, 118.77, "South"],
  ["Zhejiang", 30.29, 120.16, "South"],
  ["Fujian", 26.06, 119.31, "South"],
  ["Guangdong", 23.12, 113.25, "South"]
] as const

/** The same numbers each time, with no pattern that a test could rest on. */
const noise = (i: number): number => {
  const x = Math.sin(i * 12.9898) * 43758.5453
  return x - Math.floor(x)
}

/** The north is low, the south high; one cell is empty. */
const provinceRows = PROVINCES.flatMap(([name, , , region], i) =>
  YEARS.map((year, t) => {
    const at = i * YEARS.length + t
    const x = (region === "South" ? 6 : 2) + 0.3 * t + noise(at)
    const m = 0.5 * x + 2 * noise(at + 100)
    const y = 10 * i + m + x + 3 * noise(at + 200)
    return `${name},${year},${y.toFixed(3)},${x.toFixed(3)},${m.toFixed(3)},${name === "Hebei" && year === 2017 ? "" : (x * 10).toFixed(2)}`
  })
)

const others = (names: ReadonlyArray<string>) =>
  ["entity,year,z", ...names.flatMap((name, i) => [2019, 2020].map((year) => `${name},${year},${i + year - 2018}`))].join("\n")

export const placesStudy: Readonly<Record<string, string>> = {
  "dag.ts": `import { Dag } from "@sediment/sediment"
import { bootstrap } from "@sediment/sediment/stages/bootstrap.ts"
import { rankStability } from "@sediment/sediment/stages/comparison/rank-stability.ts"
import { entities } from "@sediment/sediment/stages/entities.ts"
import { ingest } from "@sediment/sediment/stages/ingest.ts"
import { localMoran } from "@sediment/sediment/stages/local-moran.ts"
import { mediation } from "@sediment/sediment/stages/models/mediation.ts"
import { moran } from "@sediment/sediment/stages/moran.ts"
import { replicates } from "@sediment/sediment/stages/replicates.ts"
import { spatialWeights } from "@sediment/sediment/stages/spatial-weights.ts"

export default Dag.make("places", (dag) => {
  const provinces = dag.node("provinces", entities, { source: dag.source("data/provinces.csv") })
  const all = { years: { from: 2015, to: 2020 }, variables: { y: { unit: "points" }, x: {}, m: {}, share: { unit: "%" } } }
  const panel = dag.node("panel", ingest, { source: dag.source("data/panel.csv", { note: "made up for a test" }), entities: provinces }, all)
  const weights = dag.node("near", spatialWeights, { entities: provinces, panel }, { kind: "geographic" })
  const inSpace = { panel, weights }
  const global = dag.node("moran", moran, inSpace, { variables: ["y", "x"] })
  const local = dag.node("local", localMoran, inSpace, { variables: ["x"] })
  const way = (variable) => ({ name: variable, variable, choices: [["of", variable]] })
  const firm = dag.node("firm", rankStability, { indices: [panel, panel, panel] }, { indices: ["y", "x", "m"].map(way) })
  const path = { outcome: "y", treatment: "x", mediator: "m", controls: [] }
  const model = dag.node("mediation", mediation, { panel }, path)
  const blocks = dag.map([0, 60], (from, one) => one.node("drawn", replicates, { panel }, { ...path, from, count: 60 }))
  const effects = dag.node("intervals", bootstrap, { replicates: blocks, effects: model.effects }, { interval: "percentile" })
  const ways = { there: path, back: { ...path, treatment: "m", mediator: "x" } }
  const each = dag.map(ways, (way, one) => {
    const drawn = one.node("way-drawn", replicates, { panel }, { ...way, count: 40 })
    return one.node("way-intervals", bootstrap, { replicates: [drawn], effects: one.node("way", mediation, { panel }, way).effects }, { level: 0.9 })
  })
  const towns = dag.node("towns", entities, { source: dag.source("data/towns.csv") })
  const inTowns = dag.node("in-towns", ingest, { source: dag.source("data/in-towns.csv"), entities: towns }, { years: { from: 2019, to: 2020 }, variables: { z: {} } })
  const letters = dag.node("letters", entities, { source: dag.source("data/letters.csv") })
  const inLetters = dag.node("in-letters", ingest, { source: dag.source("data/in-letters.csv"), entities: letters }, { years: { from: 2019, to: 2020 }, variables: { z: {} } })
  return { firm, global, local, effects, ...each, inTowns, inLetters }
})
`,
  "data/provinces.csv": ["entity,latitude,longitude,region", ...PROVINCES.map((one) => one.join(","))].join("\n") + "\n",
  "data/panel.csv": ["entity,year,y,x,m,share", ...provinceRows].join("\n") + "\n",
  "data/towns.csv": "entity,latitude,longitude\nNorthton,52,5\nSouthton,48,5\nEastton,50,9\n",
  "data/in-towns.csv": `${others(["Northton", "Southton", "Eastton"])}\n`,
  "data/letters.csv": "entity,latitude,longitude\nC,,\nA,,\nB,,\n",
  "data/in-letters.csv": `${others(["A", "B", "C"])}\n`
}
