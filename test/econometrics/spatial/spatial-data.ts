import { readFileSync } from "node:fs"
import { fromLinks, rowStandardize, type WeightsMatrix } from "../../../src/econometrics/spatial/weights/weights-matrix.ts"
import type { Columns } from "./fit-of.ts"

/** A file of test/oracle/data. */
export const dataFile = (name: string): string => readFileSync(new URL(`../../oracle/data/${name}`, import.meta.url), "utf8")

/** The rows of a CSV file of test/oracle/data by column, as numbers or as texts. */
export const table = (name: string) => {
  const [head, ...lines] = dataFile(`${name}.csv`).trim().split("\n")
  const header = head!.split(",")
  const cells = lines.map((line) => line.split(","))
  return {
    rows: lines.length,
    numbers: (column: string) => Float64Array.from(cells, (row) => Number(row[header.indexOf(column)])),
    texts: (column: string) => cells.map((row) => row[header.indexOf(column)]!)
  }
}

/** Binary weights of directed links between named places. */
const linked = (entities: ReadonlyArray<string>, from: ReadonlyArray<string>, to: ReadonlyArray<string>): WeightsMatrix => {
  const place = new Map(entities.map((entity, i) => [entity, i]))
  const kept = from.map((_, k) => k).filter((k) => place.has(from[k]!) && place.has(to[k]!))
  return fromLinks(
    entities,
    kept.map((k) => place.get(from[k]!)!),
    kept.map((k) => place.get(to[k]!)!),
    kept.map(() => 1)
  )
}

export const columbus = () => {
  const { numbers, texts } = table("columbus")
  const lines = dataFile("columbus.gal")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
  const entities = texts("polyid")
  const from: Array<string> = []
  const to: Array<string> = []
  for (let i = 0; i < lines.length; i += 2)
    for (const neighbour of lines[i + 1]!) {
      from.push(lines[i]![0]!)
      to.push(neighbour)
    }
  const columns: Columns = { dependent: numbers("crime"), regressors: [numbers("inc"), numbers("hoval")], names: ["inc", "hoval"] }
  return { columns, binary: linked(entities, from, to), x: numbers("x"), y: numbers("y"), discbd: numbers("discbd") }
}

export const boston = () => {
  const { numbers, texts } = table("boston")
  const borders = table("boston-neighbours")
  const ln = (name: string) => numbers(name).map(Math.log)
  const square = (name: string) => numbers(name).map((value) => value * value)
  const names = ["crim", "zn", "indus", "chas", "I(nox^2)", "I(rm^2)", "age", "log(dis)", "log(rad)", "tax", "ptratio", "b", "log(lstat)"]
  const regressors = [
    ...["crim", "zn", "indus", "chas"].map(numbers),
    square("nox"),
    square("rm"),
    numbers("age"),
    ln("dis"),
    ln("rad"),
    ...["tax", "ptratio", "b"].map(numbers),
    ln("lstat")
  ]
  const columns: Columns = { dependent: ln("cmedv"), regressors, names }
  return { columns, weights: rowStandardize(linked(texts("id"), borders.texts("from"), borders.texts("to"))) }
}

export const lattice = () => {
  const { numbers, rows, texts } = table("lattice")
  const row = numbers("row")
  const column = numbers("column")
  const at = new Map(Array.from({ length: rows }, (_, i) => [`${row[i]} ${column[i]}`, i]))
  const from: Array<number> = []
  const to: Array<number> = []
  for (let i = 0; i < rows; i++)
    for (const [down, right] of [
      [-1, 0],
      [1, 0],
      [0, -1],
      [0, 1]
    ] as const) {
      const j = at.get(`${row[i]! + down} ${column[i]! + right}`)
      if (j === undefined) continue
      from.push(i)
      to.push(j)
    }
  const columns: Columns = { dependent: numbers("y"), regressors: [numbers("x1"), numbers("x2")], names: ["x1", "x2"] }
  const ones = new Float64Array(from.length).fill(1)
  return { columns, weights: rowStandardize(fromLinks(texts("id"), from, to, ones)) }
}

/** A panel of US states, entity by entity in the order of its file, with row-standardised contiguity. */
const panel = (name: "cigar" | "produc", dependent: Float64Array, regressors: ReadonlyArray<Float64Array>, names: ReadonlyArray<string>) => {
  const states = table("us-states")
  const borders = table("us-contiguity")
  const key = new Map(states.texts("name").map((state, i) => [state, states.texts(name)[i]!]))
  const entities = [...new Set(table(name).texts("state"))]
  const pairs = (column: string) => borders.texts(column).map((state) => key.get(state)!)
  const where = new Map(states.texts(name).map((code, i) => [code, i]))
  const coordinate = (column: string) => Float64Array.from(entities, (entity) => states.numbers(column)[where.get(entity)!]!)
  return {
    columns: { dependent, regressors, names } satisfies Columns,
    binary: linked(entities, pairs("from"), pairs("to")),
    latitude: coordinate("latitude"),
    longitude: coordinate("longitude")
  }
}

/** ln sales on ln real price and ln real income: 46 states, 1963-1992. */
export const cigar = () => {
  const { numbers } = table("cigar")
  const cpi = numbers("cpi")
  const real = (name: string) => numbers(name).map((value, i) => Math.log(value / cpi[i]!))
  return panel("cigar", numbers("sales").map(Math.log), [real("price"), real("ndi")], ["lprice", "lincome"])
}

/** ln real price of the cheapest neighbour, in the rows of `cigar`. */
export const cheapestNeighbour = (): Float64Array => {
  const { numbers } = table("cigar")
  const cpi = numbers("cpi")
  return numbers("pimin").map((value, i) => Math.log(value / cpi[i]!))
}

/** Munnell's production function: 48 states, 1970-1986. */
export const produc = () => {
  const { numbers } = table("produc")
  const ln = (name: string) => numbers(name).map(Math.log)
  return panel("produc", ln("gsp"), [ln("pcap"), ln("pc"), ln("emp"), numbers("unemp")], ["lpcap", "lpc", "lemp", "unemp"])
}
