/** The nested economic-geographic weights of section 5.6, as the pipeline makes them by default. */
import { readFileSync } from "node:fs"
import { parse } from "csv-parse/sync"
import { inverseGap } from "../../src/econometrics/spatial/weights/economic-distance.ts"
import { inverseDistance } from "../../src/econometrics/spatial/weights/inverse-distance.ts"
import { nest } from "../../src/econometrics/spatial/weights/nesting.ts"
import { denseWeights, rowStandardize } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { build, cellOf, PROVINCES, YEARS } from "./panel.ts"

/** Spatial lags of variables: the weighted mean of the other provinces in the same year. */
export const spatialLags = (lnGdpPerHead: Float64Array): ((x: Float64Array) => Float64Array) => {
  const rows: ReadonlyArray<Record<string, string>> = parse(readFileSync(new URL("../provinces.csv", import.meta.url)), { columns: true })
  const names = rows.map((row) => row["entity"]!)
  const coordinate = (column: string): Float64Array => Float64Array.from(rows, (row) => Number(row[column]))
  const economy = Float64Array.from({ length: PROVINCES }, (_, p) => {
    let sum = 0
    for (let t = 0; t < YEARS; t++) sum += Math.exp(lnGdpPerHead[cellOf(p, t)]!)
    return sum / YEARS
  })
  const weights = denseWeights(
    nest(
      rowStandardize(inverseDistance(names, coordinate("latitude"), coordinate("longitude"))),
      rowStandardize(inverseGap(names, economy, "GDP per head")),
      0.5
    )
  )
  return (x) =>
    build((p, t) => {
      let sum = 0
      for (let q = 0; q < PROVINCES; q++) sum += weights[p * PROVINCES + q]! * x[cellOf(q, t)]!
      return sum
    })
}
