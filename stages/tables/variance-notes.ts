import type { Tracked } from "@sediment/sediment"
import { clusteredBy } from "../../src/econometrics/variance/clustered-variance.ts"
import { FEW_CLUSTERS } from "../../src/econometrics/variance/few-clusters.ts"
import { decimals } from "../../src/render/numbers.ts"
import { integerRanges } from "../integer-ranges.ts"
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

const parts = ({ entities, sample, smallSample, variance }: VarianceOf): ReadonlyArray<string> => {
  const few = variance === clusteredBy(["entity"]) && entities < FEW_CLUSTERS ? ", so few that clustered standard errors are too small" : ""
  return [
    variance,
    ...(Number.isFinite(entities) ? [`${decimals(entities, 0)} entities${few}`] : []),
    ...(smallSample === "" ? [] : [`small-sample convention ${smallSample}`]),
    ...(sample === "" || sample === "all" ? [] : [`sample: ${sample}`])
  ].filter((part) => part !== "")
}

/** A note of what all columns share, and one of what is particular to some. */
export const varianceNotes = (columns: ReadonlyArray<{ readonly variance: VarianceOf }>): ReadonlyArray<string> => {
  const told = columns.map(({ variance }) => parts(variance))
  const shared = (told[0] ?? []).filter((part) => told.every((own) => own.includes(part)))
  const groups = new Map<string, Array<number>>()
  told.forEach((own, i) => {
    const text = own.filter((part) => !shared.includes(part)).join("; ")
    if (text !== "") groups.set(text, [...(groups.get(text) ?? []), i + 1])
  })
  const particular = [...groups].map(([text, numbers]) => `${numbers.length === 1 ? "Column" : "Columns"} ${integerRanges(numbers)}: ${text}.`)
  return [...(shared.length === 0 ? [] : [`Variance: ${shared.join("; ")}.`]), ...(particular.length === 0 ? [] : [particular.join(" ")])]
}
