import { Fault } from "../../fault.ts"
import { islands, type WeightsMatrix } from "./weights-matrix.ts"

const named = 20

/** Throws where entities have no neighbour, unless they may: all named together (the first twenty where there are more), with where none was found and what to do. */
export const refuseIslands = (weights: WeightsMatrix, allowed: boolean, where: string, advice: () => string): void => {
  if (allowed) return
  const alone = islands(weights)
  if (alone.length === 0) return
  const more = alone.length > named ? ` and ${alone.length - named} more` : ""
  throw new Fault(
    "island",
    `these entities have no neighbour ${where}: ${alone
      .slice(0, named)
      .map((entity) => `"${entity}"`)
      .join(", ")}${more}; ${advice()}, leave them out of the entities, or set allowIslands`
  )
}
