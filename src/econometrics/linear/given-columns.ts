import { sumOf } from "../../linalg/sums.ts"
import { Fault } from "../fault.ts"
import type { Factor } from "../sample/factor.ts"
import type { Variable } from "../sample/variable.ts"
import type { Coordinates, RowWeights } from "./linear-fit.ts"

/** What an estimator is given: the columns that have a value for every row, and what is said beside them. */
export interface GivenColumns {
  readonly dependent?: Variable | undefined
  /** Each has one part in the model. */
  readonly variables: ReadonlyArray<Variable>
  readonly factors?: ReadonlyArray<Factor> | undefined
  /** The rows of a panel's index. */
  readonly rows?: number | undefined
  readonly weights?: RowWeights | undefined
  readonly coordinates?: Coordinates | undefined
  readonly tolerance?: number | undefined
  readonly level?: number | undefined
}

const listed = (names: ReadonlyArray<string>): string => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`)

const rowsNamed = (rows: number): string => `${rows} ${rows === 1 ? "row" : "rows"}`

/** "y: 69 rows; x and firm: 72 rows", where columns differ in length. */
const lengthFaults = (columns: ReadonlyArray<readonly [name: string, length: number]>): ReadonlyArray<string> => {
  const lengths = new Map<number, Array<string>>()
  for (const [name, length] of columns) lengths.set(length, [...(lengths.get(length) ?? []), name])
  if (lengths.size < 2) return []
  const parts = [...lengths].map(([length, names]) => `${listed([...new Set(names)])}: ${rowsNamed(length)}`)
  return [`columns differ in length: ${parts.join("; ")}. Give every column a value for every row`]
}

/** Where a column has no finite number. */
const incomplete = ({ name, values }: Variable): string | undefined => {
  // A sum of finite numbers is finite, unless it overflows; one that is not is looked into.
  if (Number.isFinite(sumOf(values))) return undefined
  let first = -1
  let count = 0
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]!)) {
      if (count === 0) first = i
      count++
    }
  return count === 0 ? undefined : `${name} has no finite number in ${rowsNamed(count)} (row ${first + 1} has ${values[first]})`
}

const repeated = (names: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(names.filter((name, i) => names.indexOf(name) < i))]

/** The row and value of the first weight that is none. */
const weightFaults = ({ kind, values }: RowWeights): ReadonlyArray<string> => {
  if (kind !== "aweight" && kind !== "fweight") return [`weights are of the kind aweight or fweight, not ${kind}`]
  const wrong = values.findIndex((w) => !(w > 0 && Number.isFinite(w) && (kind === "aweight" || Number.isInteger(w))))
  return wrong < 0
    ? []
    : [
        `row ${wrong + 1} has the weight ${values[wrong]}: ${kind === "aweight" ? "analytic weights are positive numbers" : "frequency weights are whole numbers from 1"}; leave rows of no weight out`
      ]
}

/** All that is wrong with what an estimator is given, a clause each. */
const columnFaults = ({ coordinates, dependent, factors = [], level, rows, tolerance, variables, weights }: GivenColumns): ReadonlyArray<string> => {
  const all = dependent === undefined ? variables : [dependent, ...variables]
  const without = all.map(incomplete).filter((found) => found !== undefined)
  const twice = repeated(variables.map(({ name }) => name))
  const factorsTwice = repeated(factors.map(({ name }) => name))
  return [
    ...lengthFaults([
      ...all.map(({ name, values }) => [name, values.length] as const),
      ...(rows === undefined ? [] : [["the panel's index", rows] as const]),
      ...factors.map(({ codes, name }) => [name, codes.length] as const),
      ...(weights === undefined ? [] : [["the weights", weights.values.length] as const]),
      ...(coordinates === undefined ? [] : [["latitude", coordinates.latitude.length] as const, ["longitude", coordinates.longitude.length] as const])
    ]),
    ...(without.length === 0 ? [] : [`${without.join(", ")}: estimators take complete columns; leave those rows out`]),
    ...(twice.length === 0
      ? []
      : [`${listed(twice)} ${twice.length === 1 ? "is" : "are"} given twice: each variable has one part in the model, and a name of its own`]),
    ...(factorsTwice.length === 0 ? [] : [`two factors have the name ${listed(factorsTwice)}: give each a name of its own`]),
    ...(weights === undefined ? [] : weightFaults(weights)),
    ...(tolerance === undefined || (tolerance >= 0 && tolerance < 1) ? [] : [`the tolerance of collinearity is a share, from 0 to below 1, not ${tolerance}`]),
    ...(level === undefined || (level > 0 && level < 1) ? [] : [`the level of intervals lies between 0 and 1 (0.95), not at ${level}`])
  ]
}

/** A Fault with all that is wrong with what an estimator is given: columns of different lengths, values that are no numbers, names given twice, weights that are none, a level or tolerance out of range. */
export const requireColumns = (given: GivenColumns, others: ReadonlyArray<string> = []): void => {
  const wrong = [...columnFaults(given), ...others]
  if (wrong.length > 0) throw new Fault("input", wrong.join("; "))
}

/** A Fault where no row is left of those given, those alone in one of their effects' groups having been dropped. */
export const requireRows = (left: number, dropped: ReadonlyArray<number>): void => {
  if (left > 0) return
  throw new Fault("no-rows", dropped.length === 0 ? "the sample has no row" : "no row is left in the sample: every row is alone in one of its effects' groups")
}
