import { Fault } from "../../fault.ts"
import { greatCircle } from "../../sample/great-circle.ts"
import { fromPairs, type WeightsMatrix } from "./weights-matrix.ts"

/** Weights 1/d of all pairs, d in km, not standardised. Two entities at the same point are a fault that names them, all such pairs together. */
export const inverseDistance = (entities: ReadonlyArray<string>, latitude: Float64Array, longitude: Float64Array): WeightsMatrix => {
  const size = entities.length
  const matrix = new Float64Array(size * size)
  const coincident: Array<string> = []
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) {
      const distance = greatCircle(latitude[i]!, longitude[i]!, latitude[j]!, longitude[j]!)
      if (distance === 0) coincident.push(`"${entities[i]}" and "${entities[j]}" (latitude ${latitude[i]}, longitude ${longitude[i]})`)
      matrix[i * size + j] = matrix[j * size + i] = 1 / distance
    }
  if (coincident.length > 0)
    throw new Fault(
      "coincident-points",
      `the weight 1/distance is not defined between entities at the same point: ${coincident.join("; ")}; give each entity coordinates of its own`
    )
  return fromPairs(entities, (i, j) => matrix[i * size + j]!)
}
