/**
 * How ln|I - rho W| is computed. eigenvalues: from all of them (Ord 1975); hessenberg: from the determinant of I - rho H, H a Hessenberg matrix similar to W;
 * sparse: from sparse factors of I - rho W (Pace and Barry 1997); chebyshev, monte-carlo: approximations from traces of powers of W, with their errors
 * (Pace and LeSage 2004; Barry and Pace 1999).
 */
export type DeterminantMethod = "eigenvalues" | "hessenberg" | "sparse" | "chebyshev" | "monte-carlo"

/** ln|I - rho W| as a function of rho, with its derivatives: G = W (I - rho W)^-1. */
export interface Determinant {
  readonly method: DeterminantMethod
  /** What was used, in words. */
  readonly description: string
  /** The interval of rho around zero where I - rho W has an inverse: 1/smallest real eigenvalue, or where none is negative -1/spectral radius; 1/largest. */
  readonly lower: number
  readonly upper: number
  /** ln|I - rho W|. */
  readonly logAbsolute: (rho: number) => number
  /** tr G, which is -d/drho ln|I - rho W|. */
  readonly trace: (rho: number) => number
  /** tr(G G), which is d/drho tr G. */
  readonly traceSquare: (rho: number) => number
  /** Of an approximation: how far `logAbsolute` may be off (a bound, or a standard error with what the cut series leaves out). */
  readonly error?: (rho: number) => number
}
