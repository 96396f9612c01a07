import { readFileSync, writeFileSync } from "node:fs"
import { stream } from "../../src/stats/random.ts"

/** How many regressors the benchmark's regressions have. */
export const REGRESSORS = 8

export interface Shape {
  readonly entities: number
  readonly years: number
  /** Share of rows left out at random. */
  readonly missing: number
}

/** Columns of a panel: entity and year codes, the dependent variable, the regressors; sorted by entity and year. */
export interface GeneratedPanel {
  readonly rows: number
  readonly entity: Int32Array
  readonly year: Int32Array
  readonly y: Float64Array
  readonly x: ReadonlyArray<Float64Array>
}

/** A panel with effects in the regressors and in y, and errors that are correlated within entities. */
export const generatePanel = ({ entities, missing, years }: Shape, seed = 1): GeneratedPanel => {
  const s = stream(seed, 0)
  const cells: Array<readonly [number, number]> = []
  for (let i = 0; i < entities; i++) for (let t = 0; t < years; t++) if (missing === 0 || s.uniform() >= missing) cells.push([i, t])
  const rows = cells.length
  const entity = Int32Array.from(cells, ([i]) => i)
  const year = Int32Array.from(cells, ([, t]) => t)
  const draws = (n: number): Float64Array => Float64Array.from({ length: n }, () => s.uniform() - 0.5)
  const [ofEntity, ofYear, shock] = [draws(entities), draws(years), draws(entities)]
  const x = Array.from({ length: REGRESSORS }, (_, j) => draws(rows).map((v, i) => v + ((j % 3) * ofEntity[entity[i]!]!) / 2 + ofYear[year[i]!]! / 4))
  const noise = draws(rows)
  const y = noise.map((v, i) =>
    x.reduce((sum, column, j) => sum + (column[i]! * (j + 1)) / 8, 4 * ofEntity[entity[i]!]! + ofYear[year[i]!]! + shock[entity[i]!]! * year[i]! * 0.02 + v)
  )
  return { rows, entity, year, y, x }
}

/** All columns as doubles, one after the other: what R's readBin reads. */
export const writePanel = ({ entity, x, y, year }: GeneratedPanel, file: string): void => {
  const columns = [Float64Array.from(entity), Float64Array.from(year), y, ...x]
  writeFileSync(file, Buffer.concat(columns.map((column) => Buffer.from(column.buffer, column.byteOffset, column.byteLength))))
}

export const readPanel = (file: string): GeneratedPanel => {
  const bytes = readFileSync(file)
  const all = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)
  const rows = all.length / (REGRESSORS + 3)
  const column = (c: number): Float64Array => all.slice(c * rows, (c + 1) * rows)
  return {
    rows,
    entity: Int32Array.from(column(0)),
    year: Int32Array.from(column(1)),
    y: column(2),
    x: Array.from({ length: REGRESSORS }, (_, j) => column(3 + j))
  }
}
