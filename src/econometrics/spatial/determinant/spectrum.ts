import { type Eigenvalues, generalEigenvalues } from "../../../linalg/general-eigen.ts"
import { Fault } from "../../fault.ts"

/** Eigenvalues of a weights matrix, real or in conjugate pairs, and the interval of rho around zero in which I - rho W has an inverse. */
export interface Spectrum {
  readonly real: Float64Array
  readonly imaginary: Float64Array
  /** 1/smallest real eigenvalue; where no real eigenvalue is negative, -1/spectral radius. */
  readonly lower: number
  /** 1/largest real eigenvalue; where none is positive, 1/spectral radius. 1 for row-standardised weights. */
  readonly upper: number
}

/** Of a row-major size x size matrix. */
export const spectrum = (matrix: Float64Array, size: number): Spectrum => spectrumOf(generalEigenvalues(matrix, size))

/** The interval of rho that belongs to eigenvalues. None but zero is a fault. */
export const spectrumOf = ({ real, imaginary }: Eigenvalues): Spectrum => {
  const radius = real.reduce((most, x, i) => Math.max(most, Math.hypot(x, imaginary[i]!)), 0)
  if (!(radius > 1e-12)) throw noSpatialLink()
  // A double real eigenvalue may come back as a pair that rounding has split, by the square root of its size.
  const onAxis = real.filter((_, i) => Math.abs(imaginary[i]!) <= 1e-7 * radius)
  const least = onAxis.reduce((a, b) => Math.min(a, b), 0)
  const most = onAxis.reduce((a, b) => Math.max(a, b), 0)
  return { real, imaginary, lower: least < -1e-12 * radius ? 1 / least : -1 / radius, upper: most > 1e-12 * radius ? 1 / most : 1 / radius }
}

export const noSpatialLink = (): Fault =>
  new Fault("no-spatial-link", "the spatial weights have no eigenvalue but zero: there is no spatial dependence to estimate")

/** ln |I - rho W| = sum ln |1 - rho lambda| (Ord 1975). */
export const logDeterminant = ({ real, imaginary }: Spectrum, rho: number): number =>
  real.reduce((sum, x, i) => sum + Math.log(Math.hypot(1 - rho * x, rho * imaginary[i]!)), 0)

/** The trace of (I - rho W)^-k W^m = sum lambda^m/(1 - rho lambda)^k; the imaginary parts of conjugate pairs cancel. */
export const traceOf = ({ real, imaginary }: Spectrum, rho: number, k: number, m: number): number => {
  let sum = 0
  for (let i = 0; i < real.length; i++) {
    const length = Math.hypot(real[i]!, imaginary[i]!)
    const angle = Math.atan2(imaginary[i]!, real[i]!)
    const denominator = Math.hypot(1 - rho * real[i]!, rho * imaginary[i]!)
    const turn = Math.atan2(-rho * imaginary[i]!, 1 - rho * real[i]!)
    sum += (length ** m / denominator ** k) * Math.cos(m * angle - k * turn)
  }
  return sum
}
