import { Fault } from "./fault.ts"
import type { Weights } from "./weights.ts"

/** Mean radius of the earth in km (IUGG). It is a common factor of all distances: row-standardised weights do not depend on it. */
export const EARTH_RADIUS = 6371.0088

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance in km between two points given in degrees, by the haversine formula (Sinnott 1984), which is exact to rounding for near points too. */
export const greatCircle = (latitudeA: number, longitudeA: number, latitudeB: number, longitudeB: number): number => {
  const half = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2
  const chord = half(latitudeB - latitudeA) + Math.cos(radians(latitudeA)) * Math.cos(radians(latitudeB)) * half(longitudeB - longitudeA)
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/** Weights 1/d of all pairs, d in km, not standardised. Two entities at the same point are a fault that names them, all such pairs together. */
export const inverseDistance = (entities: ReadonlyArray<string>, latitude: Float64Array, longitude: Float64Array): Weights => {
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
  return { entities, matrix }
}
