import { excessOf, type PrintedNumber } from "../../src/render/printed-number.ts"
import { placeOf } from "../tables/published-numbers.ts"
import type { PublishedNumber, ShownCell } from "./shown-cells.ts"
import { toleranceOf } from "./tolerances.ts"

export type Outcome = "rounding" | "tolerance" | "beyond" | "missing"
/** A published number beside the run's. NaN is missing. */
export interface ComparedNumber {
  readonly published: PublishedNumber
  readonly run: ShownCell | undefined
  readonly difference: number
  readonly roundingUnits: number
  readonly stdError: number
  readonly inStdErrors: number
  readonly relative: number
  readonly excess: number
  readonly tolerance: number
  readonly outcome: Outcome
  readonly signDiffers: boolean
  readonly starsCompared: boolean
  readonly starsRun: string
  readonly starsDiffer: boolean
  readonly reasons: ReadonlyArray<string>
  readonly explanation: string
}
export interface Explanation {
  readonly table: string
  readonly column?: string
  readonly term?: string
  readonly kind?: string
  readonly why: string
}
interface ComparisonOptions {
  readonly tolerances: Parameters<typeof toleranceOf>[0]
  readonly withoutStars: ReadonlyArray<string>
  readonly explanations: ReadonlyArray<Explanation>
}

export const concerns = ({ column, kind, table, term }: Explanation, { published }: Pick<ComparedNumber, "published">): boolean =>
  published.table === table &&
  (column === undefined || published.column === column) &&
  (term === undefined || published.term === term) &&
  (kind === undefined || published.kind === kind)

const excludesZero = ({ high, low }: PrintedNumber): boolean => low > 0 || high < 0

/** The published standard error of an estimate: printed, or what a statistic printed in its place implies. */
const standardErrors = (numbers: ReadonlyArray<PublishedNumber>): ((of: PublishedNumber) => number) => {
  const at = new Map<string, number>()
  const key = ({ column, table, term }: PublishedNumber, kind: string) => JSON.stringify([table, column, term, kind])
  for (const one of numbers) at.set(key(one, one.kind), one.number.value)
  return (of) => {
    if (of.kind !== "estimate") return Number.NaN
    const printed = at.get(key(of, "std_error"))
    if (printed !== undefined) return printed > 0 ? printed : Number.NaN
    const ratio = Math.abs(of.number.value / (at.get(key(of, "statistic")) ?? Number.NaN))
    return Number.isFinite(ratio) && ratio > 0 ? ratio : Number.NaN
  }
}

/** What the running text repeats of a table has the table's cell: the one place of a table with this term and kind, if there is one only. */
const repeated = (numbers: ReadonlyArray<PublishedNumber>, cells: ReadonlyMap<string, ShownCell>) => (of: PublishedNumber) => {
  if (of.table !== "text") return undefined
  const places = numbers.filter(({ kind, table, term }) => table !== "text" && term === of.term && kind === of.kind).map(({ place }) => cells.get(place))
  return places.length === 1 ? places[0] : undefined
}

const below = ["std_error", "statistic", "p_value"] as const

/** The stars of the run's cell; of an estimate whose table sets them with the brackets, those that stand there. */
const starsOf = (of: PublishedNumber, run: ShownCell | undefined, cells: ReadonlyMap<string, ShownCell>): string => {
  if (run === undefined || run.stars !== "" || of.kind !== "estimate") return run?.stars ?? ""
  return below.map((kind) => cells.get(placeOf(of.table, of.column, of.term, kind))?.stars ?? "").find((stars) => stars !== "") ?? ""
}

const starsReason = (published: string, run: string): string =>
  run.length < published.length ? (run === "" ? "stars lost" : "fewer stars") : published === "" ? "stars gained" : "more stars"

/** Each published number with what the run shows in its place, in the order of print. */
export const compareNumbers = (
  numbers: ReadonlyArray<PublishedNumber>,
  cells: ReadonlyMap<string, ShownCell>,
  { explanations, tolerances, withoutStars }: ComparisonOptions
): ReadonlyArray<ComparedNumber> => {
  const stdErrorOf = standardErrors(numbers)
  const inText = repeated(numbers, cells)
  const kindIn = ({ kind, table }: PublishedNumber) => `${table} ${kind}`
  const estimates = new Set(numbers.filter(({ kind }) => kind === "estimate").map(({ column, table, term }) => JSON.stringify([table, column, term])))
  // A statistic under an estimate has its sign: one difference, not two.
  const repeatsSign = ({ column, kind, table, term }: PublishedNumber) => kind === "statistic" && estimates.has(JSON.stringify([table, column, term]))
  const starred = new Set(numbers.filter(({ stars }) => stars !== "").map(kindIn))
  return numbers.map((published) => {
    const { kind, number, stars, table } = published
    const found = cells.get(published.place) ?? inText(published)
    const run = found === undefined || Number.isNaN(found.value) ? undefined : found
    const value = run?.value ?? Number.NaN
    const stdError = stdErrorOf(published)
    const tolerance = toleranceOf(tolerances, kind, number.value, stdError)
    const excess = run === undefined ? Number.NaN : excessOf(number, value)
    const difference = value - number.value
    const outcome: Outcome = run === undefined ? "missing" : excess === 0 ? "rounding" : excess <= tolerance ? "tolerance" : "beyond"
    const opposite = run !== undefined && value !== 0 && excludesZero(number) && Math.sign(value) !== (number.low > 0 ? 1 : -1)
    const signDiffers = opposite && !repeatsSign(published)
    const starsCompared = run !== undefined && starred.has(kindIn(published)) && !withoutStars.includes(table)
    const starsRun = starsOf(published, run, cells)
    const starsDiffer = starsCompared && starsRun !== stars
    const reasons = [
      ...(signDiffers ? ["sign"] : []),
      ...(starsDiffer ? [starsReason(stars, starsRun)] : []),
      ...(outcome === "beyond" ? ["size"] : outcome === "missing" ? ["not in the run"] : [])
    ]
    return {
      published,
      run,
      difference,
      roundingUnits: difference / number.unit,
      stdError,
      inStdErrors: difference / stdError,
      relative: number.value === 0 ? Number.NaN : difference / Math.abs(number.value),
      excess,
      tolerance,
      outcome,
      signDiffers,
      starsCompared,
      starsRun,
      starsDiffer,
      reasons,
      explanation: reasons.length === 0 ? "" : (explanations.find((one) => concerns(one, { published }))?.why ?? "")
    }
  })
}
