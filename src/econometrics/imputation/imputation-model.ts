import { Fault } from "../fault.ts"

/** How the missing values of one variable are drawn: from the normal distribution around what the regression predicts, or as the value of a row that it predicts much the same for (predictive mean matching). */
export type ImputationMethod = "normal" | "pmm"

export interface ImputedVariable {
  readonly name: string
  /** NaN where it is missing. */
  readonly values: Float64Array
  readonly method: ImputationMethod
  /** What draws must lie in; of `normal` alone. */
  readonly min?: number | undefined
  readonly max?: number | undefined
}

/** A panel that lacks cells: rows sorted by entity, then year. */
export interface ImputationModel {
  /** The number of each row's entity, from 0, ascending. */
  readonly entity: Int32Array
  readonly year: Int32Array
  /** Those that have missing values are imputed; all predict one another. */
  readonly variables: ReadonlyArray<ImputedVariable>
}

export interface ImputationOptions {
  /** The random numbers: stream `imputation` of `seed`, so that each imputation is the same however many there are. */
  readonly seed: number
  readonly imputation: number
  /** Which effects each regression has. */
  readonly effects?: "none" | "entity" | "two-way"
  /** A line in the year for each entity. */
  readonly trend?: "none" | "linear"
  /** Whether the years before and after predict a variable. Off by default: at the ends of short series they are noise. */
  readonly neighbours?: boolean
  /** Sweeps over all variables. */
  readonly iterations?: number
  /** Of predictive mean matching: among how many of the nearest rows one is drawn. */
  readonly donors?: number
}

/** Everything about a model that leaves nothing to impute with, told together. */
export const checkImputationModel = ({ variables }: ImputationModel): void => {
  const wrong = variables.flatMap(({ name, values }) => {
    const seen = values.filter((value) => !Number.isNaN(value))
    if (seen.length === values.length) return []
    if (seen.length < 2) return [`${name} has ${seen.length === 0 ? "no value" : "one value"} in all rows`]
    return seen.every((value) => value === seen[0]) ? [`${name} has the same value, ${seen[0]}, in all rows that have one`] : []
  })
  if (wrong.length > 0) throw new Fault("nothing-to-impute-from", `${wrong.join("; ")}: nothing can be learned of the missing ones; leave such variables out`)
}
