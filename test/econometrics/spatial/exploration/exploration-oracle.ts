import { readFileSync } from "node:fs"
import { fromLinks, mapWeights, rowStandardize, type WeightsMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { boston as bostonData, columbus as columbusData } from "../spatial-data.ts"

/** [statistic, expectation, variance, z, p greater, p two-sided]; a Geary z has the sign of positive autocorrelation. */
export type Row = readonly [number, number, number, number, number, number]
export type Style = "W" | "B"
interface Globals {
  readonly moran: Readonly<Record<"randomisation" | "normality", Row>>
  readonly geary: Readonly<Record<"randomisation" | "normality", Row>>
}
type Numbers = ReadonlyArray<number | null>
interface Local {
  readonly conditional: Readonly<Record<"ii" | "e" | "var" | "z" | "p", Numbers>>
  readonly total: Readonly<Record<"ii" | "e" | "var" | "z" | "p", Numbers>>
  readonly fdr: Numbers
  readonly quadrants: { readonly pysal: ReadonlyArray<"HH" | "LL" | "LH" | "HL"> }
}
type Styles = Readonly<Record<Style, Globals>>

/** What test/oracle/spatial-exploration.R wrote. */
export const oracle: {
  readonly columbus: Styles & {
    readonly global_g: Row
    readonly local_moran: Local
    readonly local_g: Readonly<Record<"G" | "G_star", Readonly<Record<Style, Readonly<Record<"g" | "e" | "var" | "z" | "p", Numbers>>>>>>
    readonly residuals: Row
  }
  readonly boston: Styles & {
    readonly global_g: Row
    readonly local_moran: Local
    readonly local_g: Readonly<Record<"G" | "G_star", { readonly W: { readonly z: Numbers } }>>
    readonly residuals: Row
  }
  readonly islands: { readonly adjusted: Styles; readonly unadjusted: Styles; readonly local_moran: Local }
  readonly by_year: { readonly years: ReadonlyArray<number>; readonly rows: ReadonlyArray<ReadonlyArray<number>> }
} = JSON.parse(readFileSync(new URL("../../../oracle/spatial-exploration.json", import.meta.url), "utf8"))

const ones = (weights: WeightsMatrix): WeightsMatrix => mapWeights(weights, () => 1)
const styles = (weights: WeightsMatrix): Readonly<Record<Style, WeightsMatrix>> => ({ B: ones(weights), W: rowStandardize(ones(weights)) })

const columbusFile = columbusData()
const bostonFile = bostonData()
/** Crime of the neighbourhoods. */
export const columbus = { x: columbusFile.columns.dependent, regressors: columbusFile.columns.regressors, weights: styles(columbusFile.binary) }
/** House prices of the tracts, and their logarithms with the regressors. */
export const boston = { x: bostonFile.columns.dependent.map(Math.exp), columns: bostonFile.columns, weights: styles(bostonFile.weights) }

/** Columbus with units 3 and 17 (from 0) cut off. */
const cut = () => {
  const { entities, matrix } = columbusFile.binary
  const from = entities.flatMap((_, i) => Array.from(matrix.columns.subarray(matrix.starts[i]!, matrix.starts[i + 1]!), (j) => [i, j] as const))
  const kept = from.filter((link) => !link.includes(3) && !link.includes(17))
  return fromLinks(
    entities,
    kept.map(([i]) => i),
    kept.map(([, j]) => j),
    kept.map(() => 1)
  )
}
export const islandWeights = styles(cut())
