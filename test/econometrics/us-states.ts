import { readFileSync } from "node:fs"
import { contiguity } from "../../src/econometrics/spatial/weights/contiguity.ts"
import { inverseGap } from "../../src/econometrics/spatial/weights/economic-distance.ts"
import { inverseDistance } from "../../src/econometrics/spatial/weights/inverse-distance.ts"
import { nest } from "../../src/econometrics/spatial/weights/nesting.ts"
import { rowStandardize, type WeightsMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"

const rows = (name: string): ReadonlyArray<Readonly<Record<string, string>>> => {
  const [head, ...lines] = readFileSync(new URL(`../../examples/us-states/data/${name}.csv`, import.meta.url), "utf8")
    .trim()
    .split("\n")
  const columns = head!.split(",")
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [columns[i]!, cell])))
}

const states = [...rows("states")].sort((a, b) => (a["name"]! < b["name"]! ? -1 : 1))

/** The 48 states by name, as the spatial estimators take a panel: entity by entity, 17 years each. */
export const entities = states.map((state) => state["name"]!)
const produc = new Map(rows("produc").map((row) => [`${row["state"]} ${row["year"]}`, row]))
export const years = Array.from({ length: 17 }, (_, t) => 1970 + t)
const cell = (variable: string) => (i: number, t: number) => Number(produc.get(`${states[i]!["produc_name"]} ${years[t]}`)![variable])
const columnOf = (value: (i: number, t: number) => number) =>
  Float64Array.from({ length: entities.length * years.length }, (_, at) => value(Math.floor(at / years.length), at % years.length))
const ln = (variable: string) => columnOf((i, t) => Math.log(cell(variable)(i, t)))

/** ln gsp on ln pcap, ln pc, ln emp, unemp. */
export const production = {
  dependent: ln("gsp"),
  regressors: [ln("pcap"), ln("pc"), ln("emp"), columnOf(cell("unemp"))],
  names: ["lpcap", "lpc", "lemp", "unemp"]
}
/** ln of output per worker. */
export const productivity = columnOf((i, t) => Math.log(cell("gsp")(i, t) / cell("emp")(i, t)))

const coordinate = (name: string) => Float64Array.from(states, (state) => Number(state[name]))
const gdp = Float64Array.from(entities, (_, i) => years.reduce((sum, _year, t) => sum + cell("gsp")(i, t) / cell("emp")(i, t), 0) / years.length)
/** Coordinates of the capitals, in degrees. */
export const located = { latitude: coordinate("latitude"), longitude: coordinate("longitude") }
const geographic = inverseDistance(entities, located.latitude, located.longitude)

/** Row-standardised queen contiguity, and half 1/distance, half 1/|difference of output per worker|. */
export const weights: { readonly contiguity: WeightsMatrix; readonly nested: WeightsMatrix } = {
  contiguity: rowStandardize(
    contiguity(
      entities,
      rows("contiguity").map((row) => [row["from"]!, row["to"]!]),
      false
    )
  ),
  nested: nest(rowStandardize(geographic), rowStandardize(inverseGap(entities, gdp, "output per worker")), 0.5)
}
