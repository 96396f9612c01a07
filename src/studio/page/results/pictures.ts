import type { Source } from "../../messages/results.ts"

/** The pictures that there can be, each with the types of table that it is made of. */
export const pictures = [
  { picture: "series", title: "Index over time", types: ["Panel", "NormalizedPanel"], lacks: "a panel: variables by entity and year" },
  { picture: "ranks", title: "Ranks", types: ["Panel", "NormalizedPanel", "RankIntervals"], lacks: "a panel: variables by entity and year" },
  {
    picture: "map",
    title: "Map",
    types: ["Panel", "NormalizedPanel", "LocalMoran", "LocalG"],
    lacks: "a panel, or a table of local spatial autocorrelation"
  },
  { picture: "moran", title: "Moran", types: ["MoranScatter"], lacks: "Moran scatter plots: a node of the stage moran makes them" },
  { picture: "weights", title: "Weights", types: ["SpatialWeights"], lacks: "spatial weights" },
  { picture: "bootstrap", title: "Bootstrap", types: ["Replicates"], lacks: "replicates of a bootstrap" }
] as const

export type Picture = (typeof pictures)[number]["picture"]

/** The tables that a picture can be made of. */
export const sourcesFor = (picture: Picture, sources: ReadonlyArray<Source>): ReadonlyArray<Source> => {
  const types: ReadonlyArray<string> = pictures.find((one) => one.picture === picture)!.types
  return sources.filter(({ type }) => types.includes(type))
}

/** Stages that make an index: a study that has one is looked at for that first. */
const INDEX_STAGES: ReadonlySet<string> = new Set(["composite-index", "geometric-index", "grey-relational-index", "topsis-index"])

/** A table as an address names it, and a list has it: its node, and its output where that is not the only one. */
export const nameOf = ({ node, output }: Pick<Source, "node" | "output">): string => (output === "output" ? node : `${node}.${output}`)

/** The table that is named, or the one to begin with: an index where there is one. */
export const chosenSource = (sources: ReadonlyArray<Source>, named: string | undefined): Source | undefined =>
  sources.find((one) => nameOf(one) === named) ?? sources.find(({ stage }) => INDEX_STAGES.has(stage)) ?? sources[0]
