/** Mean radius of the earth in km (IUGG). It is a common factor of all distances: row-standardised weights do not depend on it. */
export const EARTH_RADIUS = 6371.0088

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance in km between two points given in degrees, by the haversine formula (Sinnott 1984), which is exact to rounding for near points too. */
export const greatCircle = (latitudeA: number, longitudeA: number, latitudeB: number, longitudeB: number): number => {
  const half = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2
  const chord = half(latitudeB - latitudeA) + Math.cos(radians(latitudeA)) * Math.cos(radians(latitudeB)) * half(longitudeB - longitudeA)
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)))
}
