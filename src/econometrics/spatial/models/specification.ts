import type { Determinant } from "../determinant/method.ts"

/**
 * y = rho W y + X b + W X theta + u, u = lambda M u + e, or the part of it that a specification has:
 * ols (none), sar (spatial lag), sem (spatial error), sdm (spatial Durbin), sdem (spatial Durbin error), slx (spatially lagged X), sac (lag and error; SARAR), gns
 * (general nesting: lag, error and lagged X; Elhorst 2014, figure 2.1).
 */
export type SpatialSpecification = "ols" | "sar" | "sem" | "sdm" | "sdem" | "slx" | "sac" | "gns"

interface Parts {
  /** rho W y */
  readonly lag: boolean
  /** lambda M u */
  readonly error: boolean
  /** W X theta */
  readonly durbin: boolean
  readonly label: string
}

export const SPECIFICATIONS: Readonly<Record<SpatialSpecification, Parts>> = {
  ols: { lag: false, error: false, durbin: false, label: "least squares" },
  sar: { lag: true, error: false, durbin: false, label: "spatial lag model (SAR)" },
  sem: { lag: false, error: true, durbin: false, label: "spatial error model (SEM)" },
  sdm: { lag: true, error: false, durbin: true, label: "spatial Durbin model (SDM)" },
  sdem: { lag: false, error: true, durbin: true, label: "spatial Durbin error model (SDEM)" },
  slx: { lag: false, error: false, durbin: true, label: "spatially lagged X (SLX)" },
  sac: { lag: true, error: true, durbin: false, label: "spatial lag and error model (SAC)" },
  gns: { lag: true, error: true, durbin: true, label: "general nesting spatial model (GNS)" }
}

/** A spatial parameter of a model, rho or lambda: the weights' determinant that bounds it and enters its likelihood. */
export interface SpatialParameter {
  readonly name: "rho" | "lambda"
  readonly determinant: Determinant
}
