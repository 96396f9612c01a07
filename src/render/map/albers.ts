/** Radius of the sphere with the earth's surface, in kilometres. */
const RADIUS = 6371.007

export interface ConicParams {
  /** Latitudes at which the scale is true, in degrees. */
  readonly parallels: readonly [number, number]
  /** The longitude that runs straight up, in degrees. */
  readonly meridian: number
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/**
 * The parallels and the meridian that suit a map of such extent: parallels a sixth of its height from its ends, where distortion is least on the whole (Snyder 1987, p. 99),
 * and its middle longitude.
 */
export const conicOf = (extent: { readonly west: number; readonly east: number; readonly south: number; readonly north: number }): ConicParams => {
  const sixth = (extent.north - extent.south) / 6
  return { parallels: [extent.south + sixth, extent.north - sixth], meridian: (extent.west + extent.east) / 2 }
}

/**
 * Albers' equal-area conic projection of the sphere (Snyder 1987, Map Projections, eqs. 14-1 to 14-6, with the equator as origin): longitude and latitude in degrees to kilometres
 * east of the meridian and north of the equator along it. Parallels that are opposite (a, -a) give no cone: then it is the cylindrical equal-area projection that the cone comes to.
 */
export const albers = ({ meridian, parallels }: ConicParams): ((longitude: number, latitude: number) => readonly [number, number]) => {
  const [low, high] = [radians(parallels[0]), radians(parallels[1])]
  const n = (Math.sin(low) + Math.sin(high)) / 2
  if (Math.abs(n) < 1e-9) {
    const scale = Math.cos(low)
    return (longitude, latitude) => [RADIUS * radians(longitude - meridian) * scale, (RADIUS * Math.sin(radians(latitude))) / scale]
  }
  const c = Math.cos(low) ** 2 + 2 * n * Math.sin(low)
  const rho = (latitude: number) => (RADIUS * Math.sqrt(Math.max(0, c - 2 * n * Math.sin(radians(latitude))))) / n
  const origin = rho(0)
  return (longitude, latitude) => {
    const theta = n * radians(longitude - meridian)
    const r = rho(latitude)
    return [r * Math.sin(theta), origin - r * Math.cos(theta)]
  }
}
