import { Effect, Schema } from "effect"

const Amount = Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))

/** What is tolerated beyond rounding: the largest of what is said. Nothing said is no tolerance. */
const Tolerance = Schema.Struct({
  /** In units of the number itself. */
  absolute: Schema.optionalKey(Amount),
  /** A share of the published number's size. */
  relative: Schema.optionalKey(Amount),
  /** In published standard errors, of an estimate that has one. */
  std_errors: Schema.optionalKey(Amount)
})
type Tolerance = typeof Tolerance.Type

export const tolerancesParam = {
  /** By kind of number; a kind that is not named has `otherwise`. What is given replaces a kind's default. */
  tolerances: Schema.Record(Schema.String, Tolerance).pipe(Schema.withDecodingDefaultKey(Effect.succeed({})))
}

/** A tenth of a standard error is what nobody would read differently; counts are exact; of all else a twentieth. */
const defaults: Readonly<Record<string, Tolerance>> = {
  estimate: { std_errors: 0.1, relative: 0.05 },
  p_value: { absolute: 0.01 },
  nobs: {},
  rank: {},
  otherwise: { relative: 0.05 }
}

/** The amount that is tolerated of a number of this kind, published with this value and standard error (NaN: none). */
export const toleranceOf = (tolerances: Readonly<Record<string, Tolerance>>, kind: string, value: number, stdError: number): number => {
  const { absolute = 0, relative = 0, std_errors = 0 } = tolerances[kind] ?? defaults[kind] ?? tolerances["otherwise"] ?? defaults["otherwise"]!
  return Math.max(absolute, relative * (Number.isNaN(value) ? 0 : Math.abs(value)), std_errors * (Number.isNaN(stdError) ? 0 : stdError))
}

/** In words, for a note: "estimate: 0.1 standard errors or 5%; …". */
export const tolerancesInWords = (tolerances: Readonly<Record<string, Tolerance>>): string =>
  Object.entries({ ...defaults, ...tolerances })
    .sort(([a], [b]) => Number(a === "otherwise") - Number(b === "otherwise"))
    .map(([kind, { absolute, relative, std_errors }]) => {
      const parts = [
        ...(std_errors === undefined ? [] : [`${std_errors} published standard errors`]),
        ...(relative === undefined ? [] : [`${Number((relative * 100).toPrecision(6))}%`]),
        ...(absolute === undefined ? [] : [String(absolute)])
      ]
      return `${kind} ${parts.length === 0 ? "none" : parts.join(" or ")}`
    })
    .join("; ")
