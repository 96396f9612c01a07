import type { Tracked } from "@sediment/sediment"
import { FEW_CLUSTERS } from "../../src/econometrics/variance/few-clusters.ts"
import { decimals } from "../../src/render/numbers.ts"
import { integerRanges } from "../integer-ranges.ts"
import type { Glance } from "../table-types.ts"

/** A grouping that a variance sums over, and into how many groups; NaN where the glance does not tell. */
interface Clusters {
  readonly by: string
  readonly count: number
}

/** How a column's standard errors were made, as its glance tells. */
export interface VarianceOf {
  readonly variance: string
  readonly smallSample: string
  readonly sample: string
  /** How many units the panel has; NaN where the glance does not tell. */
  readonly entities: number
  /** What the variance clusters on; empty where it does not. */
  readonly clusters: ReadonlyArray<Clusters>
}

/** The groupings that the name of a variance tells: "clustered by entity and by year", "CR2, clustered by entity and bias-reduced", "Driscoll-Kraay over year". */
export const clusteringOf = (variance: string): ReadonlyArray<string> => {
  const clustered = /(?:^|, )clustered by ([^,;]+)/.exec(variance)?.[1]
  if (clustered === undefined) return []
  return clustered.replace(/ and bias-reduced$/, "").split(" and by ")
}

// Where a glance has the number of a grouping's groups.
const COUNTS: Readonly<Record<string, string>> = { entity: "entities", year: "years" }

export const readVariance = (glance: Tracked<typeof Glance>, row: number): VarianceOf => {
  const variance = glance.column("variance").values[row]!
  const statistic = (name: string) => (glance.has(name) ? glance.column(name).values[row]! : Number.NaN)
  return {
    variance,
    smallSample: glance.column("small_sample").values[row]!,
    sample: glance.column("sample").values[row]!,
    entities: statistic("entities"),
    clusters: clusteringOf(variance).map((by) => ({ by, count: statistic(COUNTS[by] ?? `groups_${by}`) }))
  }
}

/** The number of clusters: of several groupings the smaller, which its t rests on; NaN without clusters or where they are not told. */
export const clusterCount = ({ clusters }: VarianceOf): number => (clusters.length === 0 ? Number.NaN : Math.min(...clusters.map(({ count }) => count)))

const parts = (of: VarianceOf): ReadonlyArray<string> => {
  const { clusters, entities, sample, smallSample, variance } = of
  // CR2 is made for few clusters.
  const few = clusterCount(of) < FEW_CLUSTERS && !variance.startsWith("CR2") ? ", so few that clustered standard errors are too small" : ""
  const byEntity = clusters.length === 1 && clusters[0]!.by === "entity"
  const counted = clusters.filter(({ count }) => Number.isFinite(count)).map(({ by, count }) => `${decimals(count, 0)} of ${by}`)
  return [
    variance,
    ...(Number.isFinite(entities) ? [`${decimals(entities, 0)} entities${byEntity ? few : ""}`] : []),
    ...(byEntity || counted.length === 0 ? [] : [`clusters: ${counted.join(", ")}${few}`]),
    ...(smallSample === "" ? [] : [`small-sample convention ${smallSample}`]),
    ...(sample === "" || sample === "all" ? [] : [`sample: ${sample}`])
  ].filter((part) => part !== "")
}

/** Models as a reader finds them: "Columns 1-2", "Panel A", "Panel A, column 2"; "Models 1-2" where they are rows. */
const whereOf = (heading: string, numbers: ReadonlyArray<number>, of: number, transpose: boolean): string => {
  const named = transpose ? "model" : "column"
  const numbered = `${named}${numbers.length === 1 ? "" : "s"} ${integerRanges(numbers)}`
  if (heading === "") return numbered.slice(0, 1).toUpperCase() + numbered.slice(1)
  return numbers.length === of ? heading.replace(/[.:]$/, "") : `${heading.replace(/[.:]$/, "")}, ${numbered}`
}

/** A note of what all columns share, and one of what is particular to some; a table without panels has one that has no heading. */
export const varianceNotes = (
  panels: ReadonlyArray<{ readonly heading: string; readonly columns: ReadonlyArray<{ readonly variance: VarianceOf }> }>,
  { transpose = false }: { readonly transpose?: boolean } = {}
): ReadonlyArray<string> => {
  const told = panels.map(({ columns }) => columns.map(({ variance }) => parts(variance)))
  const shared = (told.flat()[0] ?? []).filter((part) => told.flat().every((own) => own.includes(part)))
  const particular = panels.flatMap(({ columns, heading }, p) => {
    const groups = new Map<string, Array<number>>()
    told[p]!.forEach((own, i) => {
      const text = own.filter((part) => !shared.includes(part)).join("; ")
      if (text !== "") groups.set(text, [...(groups.get(text) ?? []), i + 1])
    })
    return [...groups].map(([text, numbers]) => `${whereOf(heading, numbers, columns.length, transpose)}: ${text}.`)
  })
  const first = panels[0]?.columns[0]?.variance.variance ?? ""
  const common = shared.join("; ")
  // Where variances differ, the columns tell them.
  const said = shared.includes(first) ? `Variance: ${common}.` : `All models: ${common}.`
  return [...(shared.length === 0 ? [] : [said]), ...(particular.length === 0 ? [] : [particular.join(" ")])]
}
