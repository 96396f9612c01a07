import { writeFileSync } from "node:fs"
import { spatialSolver } from "../../src/econometrics/spatial/determinant/spatial-solver.ts"
import { fromLinks, rowStandardize, type WeightsMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import type { SparseMatrix } from "../../src/linalg/sparse-matrix.ts"
import { stream } from "../../src/stats/random.ts"
import { nearest, symmetrized } from "../sparse/graphs.ts"

/** Row-standardised weights over N places and y = .5 W y + x - z + e, for a number of periods, entity by entity. */
export interface Simulated {
  readonly weights: WeightsMatrix
  readonly y: Float64Array
  readonly x: Float64Array
  readonly z: Float64Array
}

export const simulate = (links: SparseMatrix, periods = 1): Simulated => {
  const weights = rowStandardize({ entities: Array.from({ length: links.rows }, (_, i) => `e${i + 1}`), matrix: links })
  const random = stream(2024, links.rows)
  const normals = () => Float64Array.from({ length: links.rows * periods }, () => random.normal())
  const [x, z, e] = [normals(), normals(), normals()]
  const y = spatialSolver(weights.matrix, 0.5).solve(
    x.map((value, i) => 1 + value - z[i]! + e[i]!),
    periods
  )
  return { weights, y, x, z }
}

/** Weights between all pairs of random places, 1/d. */
const inverseDistances = (places: number): SparseMatrix => {
  const random = stream(7, places)
  const [east, north] = [Float64Array.from({ length: places }, () => random.normal()), Float64Array.from({ length: places }, () => random.normal())]
  const pairs = Array.from({ length: places * places }, (_, at) => at).filter((at) => at % (places + 1) !== 0)
  const [from, to] = [pairs.map((at) => Math.floor(at / places)), pairs.map((at) => at % places)]
  const names = Array.from({ length: places }, (_, i) => `e${i}`)
  return fromLinks(
    names,
    from,
    to,
    from.map((i, k) => 1 / Math.hypot(east[i]! - east[to[k]!]!, north[i]! - north[to[k]!]!))
  ).matrix
}

export const LINKS: Readonly<Record<string, (places: number) => SparseMatrix>> = {
  "6 nearest": (places) => nearest(places, 6),
  "6 nearest, either way": (places) => symmetrized(nearest(places, 6)),
  "1/d": inverseDistances
}

/** What R reads: a line a link, and a line a row. */
export const writeCase = (folder: string, { weights: { matrix }, x, y, z }: Simulated): void => {
  const links: Array<string> = ["from,to,weight"]
  for (let i = 0; i < matrix.rows; i++)
    for (let at = matrix.starts[i]!; at < matrix.starts[i + 1]!; at++) links.push(`${i + 1},${matrix.columns[at]! + 1},${matrix.values[at]}`)
  writeFileSync(`${folder}/links.csv`, `${links.join("\n")}\n`)
  writeFileSync(`${folder}/rows.csv`, `y,x,z\n${Array.from(y, (value, i) => `${value},${x[i]},${z[i]}`).join("\n")}\n`)
}
