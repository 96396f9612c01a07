import { type GraphNode, upstreamOf } from "../../../dag/dag.ts"

/** What the table types that come with Sediment are to somebody who reads a study; another type is known by its own name. */
const KINDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    data: ["Entities", "Panel", "SubunitPanel", "NormalizedPanel", "Areas", "Findings"],
    weights: ["IndicatorWeights", "SpatialWeights"],
    models: [
      "Estimates",
      "Effects",
      "Tests",
      "Replicates",
      "MoranByYear",
      "LocalMoran",
      "OrderEffects",
      "EffectsMatrix",
      "ImputationCheck",
      "GearyByYear",
      "GeneralGByYear",
      "LocalG",
      "Agreement"
    ],
    comparison: ["Published", "PublishedComparison", "VariantFit", "RankIntervals", "CurveEstimates", "CurveReplicates"],
    tables: ["PrintedTable"],
    figures: ["Figure"]
  }).flatMap(([kind, types]) => types.map((type) => [type, kind] as const))
)

const kindOf = ({ outputs }: GraphNode): string => {
  const type = Object.values(outputs)[0] ?? ""
  return KINDS[type] ?? type
}

export interface Layer {
  readonly kind: string
  /** How often what lies below it changes in kind. */
  readonly level: number
}

/**
 * The strata of a study: a node is in the one of the kind of thing that it makes, as high as the highest that it reads, or one higher where that is of another kind. So no edge leads downwards,
 * and a layer reads nothing of a later one. Gives the layers from the lowest on, and the position of each node's among them. `nodes` stand in an order in which inputs come first.
 */
export const layersOf = (nodes: ReadonlyArray<GraphNode>): { readonly layers: ReadonlyArray<Layer>; readonly of: ReadonlyArray<number> } => {
  const found = new Map<string, Layer>()
  for (const node of nodes) {
    const kind = kindOf(node)
    let level = 0
    for (const name of upstreamOf(node)) {
      const below = found.get(name)
      if (below !== undefined) level = Math.max(level, below.level + (below.kind === kind ? 0 : 1))
    }
    found.set(node.name, { kind, level })
  }
  const keyOf = ({ kind, level }: Layer) => `${level} ${kind}`
  const layers = [...new Map([...found.values()].map((layer) => [keyOf(layer), layer])).values()].sort((a, b) => a.level - b.level)
  const positions = new Map(layers.map((layer, i) => [keyOf(layer), i]))
  return { layers, of: nodes.map(({ name }) => positions.get(keyOf(found.get(name)!))!) }
}
