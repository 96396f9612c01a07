import { cholesky, choleskyInverse } from "../../../linalg/cholesky.ts"
import { Fault } from "../../fault.ts"

/** The inverse of a symmetric information matrix, scaled to a unit diagonal first so that units do not matter. */
export const inverseInformation = (information: Float64Array, size: number): Float64Array => {
  const scale = Float64Array.from({ length: size }, (_, i) => 1 / Math.sqrt(information[i * size + i]!))
  const scaled = information.map((value, at) => value * scale[Math.floor(at / size)]! * scale[at % size]!)
  const factor = cholesky(scaled, size)
  if (factor === undefined)
    throw new Fault(
      "information-singular",
      "the information matrix of the spatial model is not positive definite: the data do not tell its parameters apart; use fewer regressors"
    )
  return choleskyInverse(factor, size).map((value, at) => value * scale[Math.floor(at / size)]! * scale[at % size]!)
}
