import { Stage } from "@sediment/sediment"
import { LocalG } from "../autocorrelation-types.ts"
import { Areas } from "../maps/areas-type.ts"
import { ClusterMapParams, clusterMap } from "../maps/cluster-map.ts"
import { Figure } from "../table-types.ts"

/** Hot and cold spots of Getis and Ord's local G or G* (1992) on a map, a map a year. */
export const hotSpotMapFigure = Stage.make("hot-spot-map-figure", {
  inputs: { areas: Areas, local: LocalG },
  params: ClusterMapParams,
  output: Figure,
  run: ({ areas, local }, params) => {
    const kind = local.column("kind").values[0] ?? "G*"
    const whose = kind === "G*" ? "an entity and its neighbours have" : "an entity's neighbours have"
    return clusterMap(areas, local, params, {
      kinds: ["hot spot", "cold spot"],
      statistic: `local ${kind}`,
      told: `${whose} high (hot) or low (cold) values, by Getis and Ord's ${kind}.`
    })
  }
})
