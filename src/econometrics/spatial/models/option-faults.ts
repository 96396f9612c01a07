import { errorWeightsFaults } from "../weights/weights-faults.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { SPECIFICATIONS, type SpatialSpecification } from "./specification.ts"

/** A clause for each option that has none of its values. `of` says whose options they are, where not all models have the same. */
export const choiceFaults = <Name extends string>(
  options: { readonly [name in NoInfer<Name>]?: string | undefined },
  values: Readonly<Record<Name, ReadonlyArray<string>>>,
  of = ""
): ReadonlyArray<string> => {
  const wrong: Array<string> = []
  for (const name in values) {
    const value = options[name]
    if (value !== undefined && !values[name].includes(value)) wrong.push(`${name}${of} is one of ${values[name].join(", ")}, not ${value}`)
  }
  return wrong
}

/** The names in `lagged` that no regressor has. */
export const laggedFaults = (lagged: ReadonlyArray<string> | undefined, regressors: ReadonlyArray<string>): ReadonlyArray<string> => {
  const unknown = (lagged ?? []).filter((name) => !regressors.includes(name))
  return unknown.length === 0 ? [] : [`lagged names regressors of the model; ${unknown.join(", ")} is none (they are ${regressors.join(", ")})`]
}

/** What is wrong with a specification and with the lags and the error's weights that are said beside it. `usual` are the regressors with a spatial lag where `lagged` is not given. */
export const specificationFaults = (
  regressors: ReadonlyArray<string>,
  weights: WeightsMatrix,
  {
    errorWeights,
    lagged,
    specification
  }: {
    readonly specification: SpatialSpecification
    readonly lagged?: ReadonlyArray<string> | undefined
    readonly errorWeights?: WeightsMatrix | undefined
  },
  usual: ReadonlyArray<string> = regressors
): ReadonlyArray<string> => {
  const parts = Object.hasOwn(SPECIFICATIONS, specification) ? SPECIFICATIONS[specification] : undefined
  const clashing = parts?.durbin === true ? regressors.filter((name) => (lagged ?? usual).some((other) => name === `W*${other}`)) : []
  return [
    ...(parts === undefined ? [`a specification is one of ${Object.keys(SPECIFICATIONS).join(", ")}, not ${specification}`] : []),
    ...(clashing.length === 0
      ? []
      : [`${specification} makes the lags ${clashing.join(", ")}, and regressors are called so too: rename these, or leave their originals out of lagged`]),
    ...laggedFaults(lagged, regressors),
    ...(lagged !== undefined && parts?.durbin === false
      ? [`${specification} has no spatial lags of regressors: take sdm, sdem, slx or gns, or leave lagged out`]
      : []),
    ...(errorWeights !== undefined && parts?.error === false
      ? [`${specification} has no spatial error: take sem, sdem, sac or gns, or leave errorWeights out`]
      : []),
    ...(errorWeights === undefined ? [] : errorWeightsFaults(errorWeights, weights))
  ]
}
