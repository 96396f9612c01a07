import { Fault } from "../fault.ts"
import type { WithinFit } from "../regression/within.ts"
import { type InteractionForm, interactionScale } from "../sample/interaction.ts"
import type { Variable } from "../sample/variable.ts"

/** The paths of a mediation that a moderator can change: treatment on mediator, mediator on outcome, treatment on outcome beside the mediator. */
export type Path = "first" | "second" | "direct"

export const ALL_PATHS: ReadonlyArray<Path> = ["first", "second", "direct"]

/** What is wrong with the paths named, if anything. */
export const pathFaults = (paths: ReadonlyArray<string> = ALL_PATHS): ReadonlyArray<string> => {
  const unknown = paths.filter((path) => !(ALL_PATHS as ReadonlyArray<string>).includes(path))
  return unknown.length === 0 ? [] : [`${unknown.join(", ")}: a moderator changes the paths first, second and direct`]
}

/** Which paths are moderated; a Fault where neither stage of the indirect effect is. */
export const moderatedPaths = (paths: ReadonlyArray<Path>): Readonly<Record<Path, boolean>> => {
  const moderated = { first: paths.includes("first"), second: paths.includes("second"), direct: paths.includes("direct") }
  if (!moderated.first && !moderated.second)
    throw new Fault(
      "no-moderated-stage",
      `moderated is ${paths.length === 0 ? "empty" : `"${paths.join('", "')}" alone`}: a mediation is moderated in its first or its second stage, or both; name one of them, or fit the interaction with within`
    )
  return moderated
}

/** A slope that is linear in the moderator, base + slope M, with the variances of both and their covariance; slope 0 where it is not moderated. */
export interface ModeratedPath {
  readonly base: number
  readonly slope: number
  readonly v11: number
  readonly v13: number
  readonly v33: number
}

/** x's slope in a fit, with the product x*m if it has one, on m's own scale whatever the product multiplies. */
export const moderatedPath = (fit: WithinFit, x: Variable, m: Variable, form: InteractionForm): ModeratedPath => {
  const { coefficients, inference } = fit
  const covariance = fit.covariance.matrix
  const k = coefficients.length
  const i = inference.terms.indexOf(x.name)
  const j = inference.terms.indexOf(`${x.name}*${m.name}`)
  if (j === -1) return { base: coefficients[i]!, slope: 0, v11: covariance[i * k + i]!, v13: 0, v33: 0 }
  const forX = interactionScale(form, x.values)
  const forM = interactionScale(form, m.values)
  // b1 x + b3 (x - cx)/sx (m - cm)/sm has the slope b1 - b3 cm/(sx sm) + m b3/(sx sm) in x.
  const unit = 1 / (forX.scale * forM.scale)
  const shift = forM.centre * unit
  const [vii, vij, vjj] = [covariance[i * k + i]!, covariance[i * k + j]!, covariance[j * k + j]!]
  return {
    base: coefficients[i]! - shift * coefficients[j]!,
    slope: unit * coefficients[j]!,
    v11: vii - 2 * shift * vij + shift * shift * vjj,
    v13: unit * (vij - shift * vjj),
    v33: unit * unit * vjj
  }
}

/** The variance of p base + q slope. */
export const pathVariance = ({ v11, v13, v33 }: ModeratedPath, p: number, q: number): number => p * p * v11 + 2 * p * q * v13 + q * q * v33

export const pathAt = ({ base, slope }: ModeratedPath, m: number): number => base + slope * m
