import { anyTable, type Fault, Stage, type Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "./fail-together.ts"
import { Agreement } from "./table-types.ts"

const Name = Schema.NonEmptyString

const AgreementParams = Schema.Struct({
  /** The columns by which a row of one table is found in the other. */
  by: Schema.NonEmptyArray(Name),
  /** The columns of numbers that are compared. */
  compare: Schema.NonEmptyArray(Name),
  /** The largest relative difference at which they agree. */
  tolerance: Schema.Finite.check(Schema.isGreaterThan(0)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(1e-8)))
})

type Input = "here" | "there"

/** The row of each key. */
const rowsByKey = (input: Input, table: Tracked<typeof anyTable>, by: ReadonlyArray<string>, faults: Array<Fault>): ReadonlyMap<string, number> => {
  const keys = by.map((name) => table.column(name))
  const rows = new Map<string, number>()
  for (let row = 0; row < table.rows; row++) {
    const key = keys.map(({ valid, values }) => (valid?.[row] === 0 ? "" : String(values[row]))).join(", ")
    if (rows.has(key))
      faults.push({ code: "key-twice", message: `the input ${input} has two rows of ${by.join(", ")} = ${key}`, where: { row: row + 1, value: key } })
    rows.set(key, row)
  }
  return rows
}

const numbersOf = (input: Input, table: Tracked<typeof anyTable>, name: string, faults: Array<Fault>): ArrayLike<number> => {
  const { kind, valid, values } = table.column(name)
  if (kind === "number" || kind === "integer")
    return Array.from(values as unknown as ArrayLike<number>, (value, row) => (valid?.[row] === 0 ? Number.NaN : value))
  faults.push({ code: "no-numbers", message: `the input ${input} has ${kind}s in its column "${name}"; expected numbers to compare`, where: { column: name } })
  return []
}

/**
 * How far two computations of the same are apart: a row a column, the largest relative difference |here - there| / |here| and where it is. Every row of `there` must
 * be in `here`, which may have more. A warning where they do not agree.
 */
export const agreement = Stage.make("agreement", {
  inputs: { here: anyTable, there: anyTable },
  params: AgreementParams,
  output: Agreement,
  run: ({ here, there }, { by, compare, tolerance }) =>
    Effect.gen(function* () {
      const faults: Array<Fault> = []
      const ours = rowsByKey("here", here, by, faults)
      const theirs = rowsByKey("there", there, by, faults)
      for (const key of theirs.keys())
        if (!ours.has(key))
          faults.push({
            code: "no-such-row",
            message: `the input there has a row of ${by.join(", ")} = ${key}, and the input here has none`,
            where: { value: key }
          })
      if (theirs.size === 0) faults.push({ code: "nothing-to-compare", message: "the input there has no row" })
      const numbers = compare.map((name) => [name, numbersOf("here", here, name, faults), numbersOf("there", there, name, faults)] as const)
      yield* failTogether(faults)
      const farthest = numbers.map(([column, a, b]) => {
        let found = { difference: -1, at: "", here: Number.NaN, there: Number.NaN }
        for (const [key, row] of theirs) {
          const [x, y] = [a[ours.get(key)!]!, b[row]!]
          const apart = x === y || (Number.isNaN(x) && Number.isNaN(y)) ? 0 : Math.abs(x - y) / Math.abs(x)
          // One that only one of them has is as far apart as can be.
          const difference = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart
          if (difference > found.difference) found = { difference, at: key, here: x, there: y }
        }
        return { column, ...found }
      })
      for (const { at, column, difference, here: x, there: y } of farthest)
        if (difference > tolerance)
          yield* Stage.warn({
            code: "no-agreement",
            message: `${column} at ${at}: ${Number.isNaN(x) ? "missing" : x} here, ${Number.isNaN(y) ? "missing" : y} there; they are to agree to ${tolerance}`,
            where: { column, value: at }
          })
      return {
        column: farthest.map(({ column }) => column),
        rows: Int32Array.from(farthest, () => theirs.size),
        difference: Float64Array.from(farthest, ({ difference }) => difference),
        at: farthest.map(({ at }) => at),
        here: Float64Array.from(farthest, (one) => one.here),
        there: Float64Array.from(farthest, (one) => one.there),
        tolerance: Float64Array.from(farthest, () => tolerance),
        agrees: Uint8Array.from(farthest, ({ difference }) => (difference <= tolerance ? 1 : 0))
      }
    })
})
