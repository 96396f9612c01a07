/** China's 31 provinces as the simulations have them: weights by 1/d, half these and half by how alike economies are, and of the four nearest, all row-standardised. */
import { readFileSync } from "node:fs"
import { inverseGap } from "../../src/econometrics/spatial/weights/economic-distance.ts"
import { inverseDistance } from "../../src/econometrics/spatial/weights/inverse-distance.ts"
import { nest } from "../../src/econometrics/spatial/weights/nesting.ts"
import { mapWeights, rowStandardize, type WeightsMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { stream } from "../../src/stats/random.ts"

const [head, ...lines] = readFileSync(new URL("../../data/provinces.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
const provinces = lines.map((line) => line.split(","))
const field = (name: string) => head!.split(",").indexOf(name)
const entities = provinces.map((row) => row[field("entity")]!)
const coordinate = (name: string) => Float64Array.from(provinces, (row) => Number(row[field(name)]))
export const N = entities.length
export const T = 19

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
export const matrices: Readonly<Record<string, WeightsMatrix>> = { "1/d": geographic, nested: nest(geographic, alike, 0.5), "4 nearest": neighbours }
