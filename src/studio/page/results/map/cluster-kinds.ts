import type { LocalClusters } from "../../../messages/results.ts"

/** Kinds of local association in the order of a legend, each with the class that colours it as GeoDa does. */
export const kindsOf = (statistic: LocalClusters["statistic"]): ReadonlyArray<{ readonly kind: string; readonly look: string }> => [
  ...(statistic === "moran"
    ? [
        { kind: "high-high", look: "map-high-high" },
        { kind: "low-low", look: "map-low-low" },
        { kind: "low-high", look: "map-low-high" },
        { kind: "high-low", look: "map-high-low" }
      ]
    : [
        { kind: "hot spot", look: "map-high-high" },
        { kind: "cold spot", look: "map-low-low" }
      ]),
  { kind: "not significant", look: "map-not-significant" },
  { kind: "island", look: "map-missing" }
]

/** What is taken as significant: as the study decides, or where a p-value of the table is below a level. */
export interface Decision {
  /** "study", or the name of a column of p-values. */
  readonly test: string
  readonly level: number
}

/** What each entity is in a year: its kind where it is significant. "" where there is no row. */
export const decided = (local: LocalClusters, year: number, { level, test }: Decision): ReadonlyArray<string> => {
  const { cluster, entities, kind, tests, years } = local
  const at = years.indexOf(year)
  const p = tests.find(({ name }) => name === test)?.values
  return entities.map((_, entity) => {
    const place = entity * years.length + at
    const own = cluster[place] ?? ""
    if (p === undefined || own === "" || own === "island") return own
    const value = p[place] ?? null
    return value !== null && value < level ? kind[place]! : "not significant"
  })
}
