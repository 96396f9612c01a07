import type { Tracked } from "@sediment/sediment"
import { FEW_CLUSTERS } from "../../src/econometrics/fe-sample.ts"
import { decimals } from "../../src/render/numbers.ts"
import { varianceName } from "../models/model-tables.ts"
import type { Glance } from "../table-types.ts"

/** How a column's standard errors were made, as its glance tells. */
export interface VarianceOf {
  readonly variance: string
  readonly smallSample: string
  readonly sample: string
  /** How many units the panel has, which are its clusters where the variance clusters by entity; NaN where the glance does not tell. */
  readonly entities: number
}

export const readVariance = (glance: Tracked<typeof Glance>, row: number): VarianceOf => ({
  variance: glance.column("variance").values[row]!,
  smallSample: glance.column("small_sample").values[row]!,
  sample: glance.column("sample").values[row]!,
  entities: glance.has("entities") ? glance.column("entities").values[row]! : Number.NaN
})

const told = ({ entities, sample, smallSample, variance }: VarianceOf): string => {
  const few = variance === varianceName("cluster") && entities < FEW_CLUSTERS ? ", so few that clustered standard errors are too small" : ""
  const parts = [
    variance,
    ...(Number.isFinite(entities) ? [`${decimals(entities, 0)} entities${few}`] : []),
    ...(smallSample === "" ? [] : [`small-sample convention ${smallSample}`]),
    ...(sample === "" || sample === "all" ? [] : [`sample: ${sample}`])
  ]
  return parts.filter((part) => part !== "").join("; ")
}

/** "1-3, 5": column numbers, neighbours as a range. */
const listed = (numbers: ReadonlyArray<number>): string => {
  const ranges: Array<[number, number]> = []
  for (const n of numbers) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === n - 1) last[1] = n
    else ranges.push([n, n])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ")
}

/** One note for all columns where they agree, else one for each group of columns that does. */
export const varianceNotes = (columns: ReadonlyArray<{ readonly variance: VarianceOf }>): ReadonlyArray<string> => {
  const groups = new Map<string, Array<number>>()
  columns.forEach(({ variance }, i) => {
    const text = told(variance)
    if (text !== "") groups.set(text, [...(groups.get(text) ?? []), i + 1])
  })
  return [...groups].map(([text, numbers]) =>
    numbers.length === columns.length ? `Variance: ${text}.` : `Variance, ${numbers.length === 1 ? "column" : "columns"} ${listed(numbers)}: ${text}.`
  )
}
