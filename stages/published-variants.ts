import { type Fault, many, type Out, Stage, type Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { quantile } from "../src/stats/quantile.ts"
import { failTogether } from "./fail-together.ts"
import { PublishedComparison, VariantFit } from "./published-comparison/comparison-types.ts"

const PublishedVariantsParams = Schema.Struct({
  /** A name for each comparison, in their order. */
  names: Schema.NonEmptyArray(Schema.NonEmptyString)
})

/** A published number with a standard error or stars, beside those of a variant. */
interface Pair {
  readonly key: string
  readonly table: string
  readonly column: string
  readonly columnLabel: string
  /** Undefined where stars are not compared. */
  readonly starsAgree: boolean | undefined
  /** The run's standard error by the published one; NaN where either has none. */
  readonly ratio: number
  readonly withinRounding: boolean
}

/** As columns stand in print: a file of published numbers goes row by row, and its first row may lack some. */
const inOrder = <T extends { readonly column: string }>(groups: ReadonlyArray<T>): ReadonlyArray<T> =>
  [...groups].sort((a, b) => Number(a.column) - Number(b.column) || 0)

const readPairs = (numbers: Tracked<typeof PublishedComparison>): ReadonlyArray<Pair> => {
  const table = numbers.column("table").values
  const column = numbers.column("column").values
  const label = numbers.column("column_label").values
  const term = numbers.column("term").values
  const kind = numbers.column("kind").values
  const published = numbers.column("published_value").values
  const run = numbers.column("run_value").values
  const outcome = numbers.column("outcome").values
  const [compared, differ] = [numbers.column("stars_compared").values, numbers.column("stars_differ").values]
  const at = new Map(kind.map((name, i) => [JSON.stringify([table[i], column[i], term[i], name]), i]))
  return [...kind.keys()].flatMap((i): ReadonlyArray<Pair> => {
    if (kind[i] !== "estimate" || table[i] === "text") return []
    const below = (name: string) => at.get(JSON.stringify([table[i], column[i], term[i], name]))
    const [se, z] = [below("std_error"), below("statistic")]
    const implied = (values: Float64Array): number => (z === undefined ? Number.NaN : Math.abs(values[i]! / values[z]!))
    const ratio = se !== undefined ? run[se]! / published[se]! : implied(run) / implied(published)
    return [
      {
        key: JSON.stringify([table[i], column[i], term[i]]),
        table: table[i]!,
        column: column[i]!,
        columnLabel: label[i]!,
        starsAgree: compared[i] === 1 ? differ[i] !== 1 : undefined,
        // A published standard error of 0.000, or a statistic of 0.00, has no ratio.
        ratio: ratio > 0 && Number.isFinite(ratio) ? ratio : Number.NaN,
        withinRounding: se !== undefined && outcome[se] === "rounding"
      }
    ]
  })
}

/**
 * Several variants of a run, of the variance, say, each compared with the same published numbers: which of them has the published stars and standard errors? By
 * published column, by table and over all. A standard error's distance is that of the logarithm of its ratio from 0.
 */
export const publishedVariants = Stage.make("published-variants", {
  inputs: { comparisons: many(PublishedComparison) },
  params: PublishedVariantsParams,
  output: VariantFit,
  run: ({ comparisons }, { names }) =>
    Effect.gen(function* () {
      const variants = comparisons.map(readPairs)
      const faults: Array<Fault> = []
      const wrong = (code: string, message: string) => faults.push({ code, message, where: { parameter: "names" } })
      if (names.length !== comparisons.length) wrong("names-and-comparisons", `${names.length} names are given for ${comparisons.length} comparisons`)
      if (new Set(names).size < names.length) wrong("variant-named-twice", `a name is given twice: ${names.join(", ")}`)
      const keys = (pairs: ReadonlyArray<Pair>) => pairs.map(({ key }) => key).join()
      variants.forEach((pairs, v) => {
        if (keys(pairs) !== keys(variants[0]!)) {
          const message = `the comparison ${names[v] ?? v} is of other published numbers than ${names[0]} (${pairs.length} and ${variants[0]!.length} estimates); wire comparisons of the same published tables`
          wrong("other-numbers", message)
        }
      })
      yield* failTogether(faults)
      const distance = (pair: Pair): number => Math.abs(Math.log(pair.ratio))
      const isNearest = (v: number, i: number): boolean => {
        const own = distance(variants[v]![i]!)
        return variants.every((pairs, other) => other === v || own < distance(pairs[i]!))
      }
      const groups = [
        ...new Map((variants[0] ?? []).flatMap(({ column, columnLabel, table }) => [[`${table} ${column}`, { table, column, columnLabel }] as const])).values()
      ]
      const tables = [...new Set(groups.map(({ table }) => table))]
      const parts = [
        ...tables.flatMap((table) => [...inOrder(groups.filter((group) => group.table === table)), { table, column: "all", columnLabel: "" }]),
        { table: "all", column: "all", columnLabel: "" }
      ]
      const rows = parts.flatMap((part) =>
        variants.map((pairs, v) => {
          const own = [...pairs.entries()].filter(
            ([, { column, table }]) => (part.table === "all" || table === part.table) && (part.column === "all" || column === part.column)
          )
          const ratios = own.map(([, { ratio }]) => ratio).filter((ratio) => !Number.isNaN(ratio))
          const at = (p: number): number => (ratios.length === 0 ? Number.NaN : quantile(ratios, p, 7))
          return {
            ...part,
            variant: names[v]!,
            starsCompared: own.filter(([, { starsAgree }]) => starsAgree !== undefined).length,
            starsAgree: own.filter(([, { starsAgree }]) => starsAgree === true).length,
            compared: ratios.length,
            withinRounding: own.filter(([, { withinRounding }]) => withinRounding).length,
            low: at(0.25),
            median: at(0.5),
            high: at(0.75),
            nearest: own.filter(([i]) => isNearest(v, i)).length
          }
        })
      )
      return {
        variant: rows.map(({ variant }) => variant),
        table: rows.map(({ table }) => table),
        column: rows.map(({ column }) => column),
        column_label: rows.map(({ columnLabel }) => columnLabel),
        stars_compared: Int32Array.from(rows, ({ starsCompared }) => starsCompared),
        stars_agree: Int32Array.from(rows, ({ starsAgree }) => starsAgree),
        std_errors_compared: Int32Array.from(rows, ({ compared }) => compared),
        std_errors_within_rounding: Int32Array.from(rows, ({ withinRounding }) => withinRounding),
        ratio_low: Float64Array.from(rows, ({ low }) => low),
        ratio_median: Float64Array.from(rows, ({ median }) => median),
        ratio_high: Float64Array.from(rows, ({ high }) => high),
        std_errors_nearest: Int32Array.from(rows, ({ nearest }) => nearest)
      } satisfies Out<typeof VariantFit>
    })
})
