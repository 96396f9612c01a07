import type { Coordinates } from "../linear/linear-fit.ts"
import { EARTH_RADIUS } from "../sample/great-circle.ts"

const RADIAN = Math.PI / 180

/** A relative margin that lets no pair at the cutoff be lost to rounding of latitudes. */
const MARGIN = 1e-9

/**
 * Calls `visit` with each pair of the chosen places whose great-circle distance is at most `cutoff` km, and that distance: `i` and `j` are positions in
 * `places`, each pair once. `places` holds indices of the coordinates.
 *
 * Places are taken by latitude, and only those in a band of the cutoff's width are looked at. Distances are by the chord between points of the unit sphere,
 * 2 R asin(chord/2), equal to the haversine formula and good to rounding for near points, across the date line and at the poles.
 */
export const nearbyPlaces = (
  { latitude, longitude }: Coordinates,
  places: ArrayLike<number>,
  cutoff: number,
  visit: (i: number, j: number, distance: number) => void
): void => {
  const n = places.length
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => latitude[places[a]!]! - latitude[places[b]!]!)
  const [north, x, y, z] = [new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  for (let s = 0; s < n; s++) {
    const place = places[order[s]!]!
    const [phi, lambda] = [latitude[place]! * RADIAN, longitude[place]! * RADIAN]
    north[s] = phi
    x[s] = Math.cos(phi) * Math.cos(lambda)
    y[s] = Math.cos(phi) * Math.sin(lambda)
    z[s] = Math.sin(phi)
  }
  const angle = cutoff / EARTH_RADIUS
  const band = angle * (1 + MARGIN)
  const chordSquared = angle >= Math.PI ? 4 : (2 * Math.sin(angle / 2)) ** 2
  const near = chordSquared * (1 + MARGIN)
  for (let s = 0; s < n; s++) {
    const [ns, xs, ys, zs] = [north[s]!, x[s]!, y[s]!, z[s]!]
    for (let r = s + 1; r < n && north[r]! - ns <= band; r++) {
      const [dx, dy, dz] = [x[r]! - xs, y[r]! - ys, z[r]! - zs]
      const square = dx * dx + dy * dy + dz * dz
      if (square > near) continue
      const distance = 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(square) / 2))
      if (distance <= cutoff) visit(order[s]!, order[r]!, distance)
    }
  }
}
