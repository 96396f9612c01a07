import { readFileSync } from "node:fs"
import { expect } from "vitest"
import type { WeightsMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { table } from "../spatial-data.ts"

type Rows = ReadonlyArray<ReadonlyArray<number>>
type Spectrum = { readonly values: ReadonlyArray<number>; readonly bounds: readonly [number, number] }
type Styles = Readonly<Record<"B" | "W" | "C" | "U" | "S" | "minmax", Rows>> & { readonly spectral: { readonly largest: number; readonly weights: Rows } }

/** What test/oracle/spatial-weights.R wrote: neighbours from 0, ascending, and weights beside them. */
export const spdep: {
  readonly columbus: Readonly<Record<"queen" | "rook" | "gal" | "knn4" | "knn4_made_symmetric" | "band_4" | "band_3_6" | "idp2" | "exponential", Rows>> & {
    readonly links: Readonly<Record<"queen" | "rook" | "gal", number>>
    readonly knn4_symmetric: boolean
    readonly components: { readonly number: number }
    readonly band_2: {
      readonly neighbours: Rows
      readonly islands: ReadonlyArray<number>
      readonly components: { readonly number: number; readonly label: ReadonlyArray<number> }
    }
    readonly inverse: Readonly<Record<"B" | "W", Rows>>
    readonly styles: Styles
    readonly general_styles: Styles
    readonly orders: ReadonlyArray<Rows>
    readonly orders_cumulated: Rows
    readonly powers: { readonly square: Rows; readonly cube: Rows; readonly traces: ReadonlyArray<number> }
    readonly eigenvalues: {
      readonly W: Spectrum
      readonly B: Spectrum
      readonly knn4: { readonly re: ReadonlyArray<number>; readonly im: ReadonlyArray<number>; readonly bounds: readonly [number, number] }
    }
  }
  readonly boston: Readonly<Record<"knn6_longlat" | "knn6_planar" | "distance_longlat", ReadonlyArray<number>>>
  readonly states: {
    readonly names: ReadonlyArray<string>
    readonly knn4_longlat: ReadonlyArray<number>
    readonly band_300km_longlat: Rows
    readonly distance_longlat: ReadonlyArray<number>
  }
  readonly islands: {
    readonly neighbours: Rows
    readonly W: Rows
    readonly components: { readonly number: number }
  }
} = JSON.parse(readFileSync(new URL("../../../oracle/spatial-weights.json", import.meta.url), "utf8"))

const [tracts, neighbourhoods, capitals] = [table("boston"), table("columbus"), table("us-states")]

export const columbus = {
  entities: neighbourhoods.texts("polyid"),
  points: { metric: "planar", x: neighbourhoods.numbers("x"), y: neighbourhoods.numbers("y") }
} as const
export const boston = {
  entities: tracts.texts("id"),
  planar: { metric: "planar", x: tracts.numbers("x"), y: tracts.numbers("y") },
  ellipsoid: { metric: "ellipsoid", latitude: tracts.numbers("lat"), longitude: tracts.numbers("lon") }
} as const
export const states = {
  entities: capitals.texts("name"),
  ellipsoid: { metric: "ellipsoid", latitude: capitals.numbers("latitude"), longitude: capitals.numbers("longitude") }
} as const

/** The neighbours of each entity, ascending. */
export const neighboursOf = ({ matrix: { columns, rows, starts } }: WeightsMatrix): Rows =>
  Array.from({ length: rows }, (_, i) => [...columns.subarray(starts[i]!, starts[i + 1]!)])

/** Holds weights against those of the reference, row by row, to a relative tolerance of 1e-12. */
export const expectWeights = ({ matrix: { rows, starts, values } }: WeightsMatrix, reference: Rows): void => {
  expect(rows).toBe(reference.length)
  reference.forEach((row, i) => {
    const found = values.subarray(starts[i]!, starts[i + 1]!)
    expect(found.length).toBe(row.length)
    row.forEach((w, at) => {
      expect(Math.abs(found[at]! - w)).toBeLessThanOrEqual(1e-12 * w)
    })
  })
}
