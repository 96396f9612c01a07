import { Fault } from "../../fault.ts"
import { determinant } from "../determinant/determinant.ts"
import type { Determinant } from "../determinant/method.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import type { Dynamics } from "./stability.ts"

/** The expectation of the score at the truth with its sign turned, of the parameters that have one: what the entity effects leave, times T/T. */
export interface ScoreBias {
  readonly tau: number
  readonly eta: number
  readonly rho: number
  readonly sigma2: number
}

/** All eigenvalues are taken for so many entities, where a root lies beyond the bounds within which other methods know ln|I - rho W|. */
const MOST = 2000

/**
 * a of Yu, de Jong and Lee (2008, theorem 3) and Lee and Yu (2010, Econometric Theory 26): with M = ((1 - tau) I - (rho + eta) W)^-1, G = W (I - rho W)^-1
 * (of W* = F'WF where time effects are transformed away; m its rows), a = tr M, tr WM, tau tr GM + eta tr GWM + tr G, m/(2 s2). The estimates' bias is
 * -I^-1 a, I the information of all T years. The traces are those of W (I - q W)^-1 at q = rho and q = (rho + eta)/(1 - tau), by partial fractions.
 */
export const scoreBias = ({ eta, rho, tau }: Dynamics, sigma2: number, m: number, weights: WeightsMatrix, used: Determinant, deflated: boolean): ScoreBias => {
  const left = 1 - tau
  const q = (rho + eta) / left
  const inside = q > used.lower && q < used.upper
  if (!Number.isFinite(q) || (!inside && used.method !== "eigenvalues" && weights.entities.length > MOST))
    throw new Fault(
      "unstable",
      `(rho + eta)/(1 - tau) is ${q.toPrecision(4)}, outside (${used.lower.toPrecision(4)}, ${used.upper.toPrecision(4)}): the estimates are not stable and have no bias correction; set correction to "none"`
    )
  const { trace, traceSquare } = inside || used.method === "eigenvalues" ? used : determinant(weights.matrix, { method: "eigenvalues", deflated })
  const [atQ, atRho] = [trace(q), trace(rho)]
  const near = Math.abs(q - rho) < 1e-7
  const gm = near ? atRho + rho * traceSquare(rho) : (q * atQ - rho * atRho) / (q - rho)
  const gwm = near ? traceSquare(rho) : (atQ - atRho) / (q - rho)
  return { tau: (m + q * atQ) / left, eta: atQ / left, rho: (tau * gm + eta * gwm) / left + atRho, sigma2: m / (2 * sigma2) }
}
