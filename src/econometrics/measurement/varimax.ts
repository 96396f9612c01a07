/** Rotations smaller than this, in radians, are rounding. */
const negligible = 1e-14
const mostSweeps = 1000

/**
 * Loadings after Kaiser's varimax rotation with his normalisation of rows (Kaiser 1958, Psychometrika 23: 187-200), as `stats::varimax` of R: planar rotations of
 * each pair of components until none turns. `loadings[c]` is the column of component c, a value an indicator. The sign and order of the components are as they came.
 */
export const varimax = (loadings: ReadonlyArray<Float64Array>): ReadonlyArray<Float64Array> => {
  const size = loadings[0]?.length ?? 0
  const length = Float64Array.from({ length: size }, (_, i) => Math.hypot(...loadings.map((column) => column[i]!)) || 1)
  const rotated = loadings.map((column) => column.map((value, i) => value / length[i]!))
  for (let sweep = 0, turned = true; turned && sweep < mostSweeps; sweep++) {
    turned = false
    for (let p = 0; p < rotated.length - 1; p++)
      for (let q = p + 1; q < rotated.length; q++) {
        const angle = planarAngle(rotated[p]!, rotated[q]!)
        if (Math.abs(angle) <= negligible) continue
        turned = true
        const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
        for (let i = 0; i < size; i++) {
          const [x, y] = [rotated[p]![i]!, rotated[q]![i]!]
          rotated[p]![i] = cosine * x + sine * y
          rotated[q]![i] = cosine * y - sine * x
        }
      }
  }
  return rotated.map((column) => column.map((value, i) => value * length[i]!))
}

/** The angle that makes the variance of the squared loadings of two components largest (Kaiser's closed form). */
const planarAngle = (x: Float64Array, y: Float64Array): number => {
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    const u = x[i]! ** 2 - y[i]! ** 2
    const v = 2 * x[i]! * y[i]!
    a += u
    b += v
    c += u * u - v * v
    d += 2 * u * v
  }
  const numerator = d - (2 * a * b) / x.length
  const denominator = c - (a * a - b * b) / x.length
  // Where the criterion is the same at every angle, only rounding is left to decide: the components stay.
  if (Math.hypot(numerator, denominator) <= 1e-14 * x.length) return 0
  return Math.atan2(numerator, denominator) / 4
}
