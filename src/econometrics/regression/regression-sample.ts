import type { Warning } from "../fault.ts"
import { type GivenColumns, requireColumns, requireRows } from "../linear/given-columns.ts"
import type { Coordinates, RowWeights } from "../linear/linear-fit.ts"
import { type Factor, pickFactor } from "../sample/factor.ts"
import { everyRow, singletonsWarning, withoutSingletons } from "../sample/singletons.ts"
import type { Variable } from "../sample/variable.ts"

/** What regressions have in common beside their regressors. All columns have a value for every row. */
export interface RegressionData {
  readonly dependent: Variable
  /** The factors whose effects are absorbed; with none, a constant is among the regressors. */
  readonly effects: ReadonlyArray<Factor>
  readonly weights?: RowWeights | undefined
  /** Further factors for a variance to cluster by, or to take as time. */
  readonly groups?: ReadonlyArray<Factor> | undefined
  readonly coordinates?: Coordinates | undefined
}

/** The same on the rows that are the sample. */
export interface RegressionSample {
  /** The rows of the given columns that are the sample. */
  readonly rows: Int32Array
  readonly pick: (variable: Variable) => Variable
  readonly dependent: Variable
  readonly effects: ReadonlyArray<Factor>
  readonly weights: RowWeights | undefined
  readonly groups: ReadonlyArray<Factor>
  readonly coordinates: Coordinates | undefined
  /** The constant where no effects are absorbed, else nothing. */
  readonly constant: ReadonlyArray<Variable>
  /** Number of observations: rows, or the sum of frequency weights. */
  readonly nobs: number
  readonly warnings: ReadonlyArray<Warning>
}

export const CONSTANT = "(constant)"

/** Drops rows that are alone in a group of any effect, and names them. A Fault where no row is left (`no-rows`), and where the columns or options given are none (`input`). */
export const regressionSample = (
  given: RegressionData,
  regressors: ReadonlyArray<Variable>,
  { essential = [], level, tolerance }: Pick<GivenColumns, "level" | "tolerance"> & { readonly essential?: ReadonlyArray<string> | undefined }
): RegressionSample => {
  const absent = essential.filter((term) => !regressors.some(({ name }) => name === term))
  const columns: GivenColumns = {
    dependent: given.dependent,
    variables: regressors,
    factors: [...given.effects, ...(given.groups ?? [])],
    weights: given.weights,
    coordinates: given.coordinates,
    tolerance,
    level
  }
  requireColumns(
    columns,
    absent.length === 0 ? [] : [`${absent.join(", ")}: essential, but not among the regressors, which are ${regressors.map(({ name }) => name).join(", ")}`]
  )
  const single = withoutSingletons(given.effects)
  const whole = single.dropped.length === 0
  const rows = whole ? everyRow(given.dependent.values.length) : single.rows
  requireRows(rows.length, single.dropped)
  const pickValues = (values: Float64Array): Float64Array => (whole ? values : Float64Array.from(rows, (row) => values[row]!))
  const pick = ({ name, values }: Variable): Variable => ({ name, values: pickValues(values) })
  const pickGroup = (one: Factor): Factor => (whole ? one : pickFactor(one, rows))
  const weights = given.weights === undefined ? undefined : { kind: given.weights.kind, values: pickValues(given.weights.values) }
  return {
    rows,
    pick,
    dependent: pick(given.dependent),
    effects: given.effects.map(pickGroup),
    weights,
    groups: (given.groups ?? []).map(pickGroup),
    coordinates:
      given.coordinates === undefined ? undefined : { latitude: pickValues(given.coordinates.latitude), longitude: pickValues(given.coordinates.longitude) },
    constant: given.effects.length === 0 ? [{ name: CONSTANT, values: new Float64Array(rows.length).fill(1) }] : [],
    nobs: weights?.kind === "fweight" ? weights.values.reduce((sum, w) => sum + w, 0) : rows.length,
    warnings: singletonsWarning(given.effects, single.dropped)
  }
}
