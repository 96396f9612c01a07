import { symmetricEigen } from "../../../../src/linalg/symmetric-eigen.ts"

/** An orthonormal basis of the vectors that sum to zero. */
const complement = (size: number): ReadonlyArray<Float64Array> =>
  symmetricEigen(
    Float64Array.from({ length: size * size }, (_, at) => (Math.floor(at / size) === at % size ? 1 : 0) - 1 / size),
    size
  ).vectors.slice(1)

/** Errors whose average outer product is sigma2 times the projector off entity and time effects: a quadratic form's mean over them is its expectation. */
export const errorPoints = (entities: number, periods: number, sigma2: number): ReadonlyArray<Float64Array> => {
  const root = Math.sqrt(sigma2 * (entities - 1) * (periods - 1))
  return complement(entities).flatMap((u) =>
    complement(periods).flatMap((v) =>
      [1, -1].map((sign) => Float64Array.from({ length: entities * periods }, (_, at) => sign * root * u[Math.floor(at / periods)]! * v[at % periods]!))
    )
  )
}

/** Minus the Hessian of f at x by central differences. */
export const minusHessian = (f: (x: Float64Array) => number, x: Float64Array): Float64Array => {
  const size = x.length
  const step = x.map((value) => 1e-4 * Math.max(Math.abs(value), 0.1))
  const at = (i: number, a: number, j: number, b: number) => {
    const moved = Float64Array.from(x)
    moved[i]! += a * step[i]!
    moved[j]! += b * step[j]!
    return f(moved)
  }
  return Float64Array.from({ length: size * size }, (_, place) => {
    const i = Math.floor(place / size)
    const j = place % size
    return -(at(i, 1, j, 1) - at(i, 1, j, -1) - at(i, -1, j, 1) + at(i, -1, j, -1)) / (4 * step[i]! * step[j]!)
  })
}

/** How far covariance times information is from the identity, element by element, each in the units of its parameters: the largest. */
export const departureFromInverse = (covariance: Float64Array, information: Float64Array): number => {
  const size = Math.sqrt(covariance.length)
  let largest = 0
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let product = 0
      for (let k = 0; k < size; k++) product += covariance[i * size + k]! * information[k * size + j]!
      largest = Math.max(largest, Math.abs(product - (i === j ? 1 : 0)) * Math.sqrt(covariance[j * (size + 1)]! / covariance[i * (size + 1)]!))
    }
  return largest
}
