import { Stage } from "@sediment/sediment"
import { LocalMoran } from "../autocorrelation-types.ts"
import { Areas } from "../maps/areas-type.ts"
import { ClusterMapParams, clusterMap } from "../maps/cluster-map.ts"
import { Figure } from "../table-types.ts"

/** A LISA map (Anselin 1995): which cluster or outlier of local Moran's I each entity is, a map a year. */
export const localMapFigure = Stage.make("local-map-figure", {
  inputs: { areas: Areas, local: LocalMoran },
  params: ClusterMapParams,
  output: Figure,
  run: ({ areas, local }, params) =>
    clusterMap(areas, local, params, {
      kinds: ["high-high", "low-low", "high-low", "low-high"],
      statistic: "local Moran's I",
      told: "own value, then the mean of the neighbours, above (high) or below (low) the mean."
    })
})
