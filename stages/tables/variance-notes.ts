import { decimals } from "../../src/render/numbers.ts"

/** How a column's standard errors were made, as its glance tells. */
export interface VarianceOf {
  readonly variance: string
  readonly smallSample: string
  readonly sample: string
  /** NaN where nothing clusters. */
  readonly clusters: number
}

const told = ({ clusters, sample, smallSample, variance }: VarianceOf): string => {
  const parts = [
    variance,
    ...(Number.isFinite(clusters) ? [`${decimals(clusters, 0)} clusters`] : []),
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
