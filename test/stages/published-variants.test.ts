import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import type { StoredTable } from "../../src/artifact/column.ts"
import type { StageFailure } from "../../src/sediment.ts"
import { publishedComparison } from "../../stages/published-comparison.ts"
import { publishedVariants } from "../../stages/published-variants.ts"
import { type Printed, publishedTable, shownTable } from "./published-comparison/comparison-inputs.ts"
import { column, numbers, runStage } from "./run-stage.ts"

const paper: ReadonlyArray<Printed> = [
  { term: "a", text: "1.000 ***" },
  { term: "a", kind: "std_error", text: "(0.200)" },
  { term: "b", text: "0.500" },
  { term: "b", kind: "std_error", text: "(0.400)" },
  { table: "11", term: "c", text: "3.000 **" },
  { table: "11", term: "c", kind: "statistic", text: "(2.00)" }
]
const comparison = (of: ReadonlyArray<Printed>, run: (row: Printed) => { value: number; text: string }) =>
  Effect.map(runStage(publishedComparison, { tables: [shownTable(of, run)], published: [publishedTable(of)] }), ({ outputs }) => outputs["numbers"]!)
/** Published estimates and stars, standard errors times a factor. */
const scaled = (factor: number) => (row: Printed) => {
  const value = Number(row.text.replace(/[()* ]/g, ""))
  if (row.kind === "std_error") return { value: value * factor, text: "" }
  return row.kind === "statistic" ? { value: value / factor, text: "" } : { value, text: row.term === "c" && factor > 1 ? "3.000" : row.text.replace(" ", "") }
}
const variants = (comparisons: ReadonlyArray<StoredTable>, names: ReadonlyArray<string>) => runStage(publishedVariants, { comparisons }, { names })

describe("variants of a run against what is published", () => {
  it.effect("count stars that agree, and take the ratio of standard errors, implied ones too, by column, table and over all", () =>
    Effect.gen(function* () {
      const { outputs } = yield* variants([yield* comparison(paper, scaled(1)), yield* comparison(paper, scaled(1.5))], ["iid", "clustered"])
      const fits = outputs["output"]!
      const row = (variant: string, table: string, at: string) => {
        const [names, tables, columns] = ["variant", "table", "column"].map((name) => column(fits, name) as ReadonlyArray<string>)
        const i = names!.findIndex((name, k) => name === variant && tables![k] === table && columns![k] === at)
        const counts = ["stars_compared", "stars_agree", "std_errors_compared", "std_errors_within_rounding", "std_errors_nearest"]
        return { counts: counts.map((name) => numbers(fits, name)[i]), median: numbers(fits, "ratio_median")[i]! }
      }
      expect(row("iid", "4", "1")).toEqual({ counts: [2, 2, 2, 2, 2], median: 1 })
      expect(row("clustered", "4", "all").counts).toEqual([2, 2, 2, 0, 0])
      expect(row("iid", "all", "all").counts).toEqual([3, 3, 3, 2, 3])
      expect(row("clustered", "all", "all").counts).toEqual([3, 2, 3, 0, 0])
      expect(row("clustered", "11", "1").median).toBeCloseTo(1.5, 12)
      expect(numbers(fits, "ratio_median")).toHaveLength(10)
    })
  )

  it.effect("are nearest nowhere where they are alike", () =>
    Effect.gen(function* () {
      const same = yield* comparison(paper, scaled(1.2))
      const { outputs } = yield* variants([same, same], ["one", "other"])
      expect(new Set(numbers(outputs["output"], "std_errors_nearest"))).toEqual(new Set([0]))
    })
  )

  it.effect("must be of the same numbers and have a name each", () =>
    Effect.gen(function* () {
      const all = yield* comparison(paper, scaled(1))
      const part = yield* comparison(paper.slice(0, 2), scaled(1))
      const failure = (yield* Effect.flip(variants([all, part], ["iid", "iid", "x"]))) as StageFailure
      expect(failure.faults.map(({ code }) => code)).toEqual(["names-and-comparisons", "variant-named-twice", "other-numbers"])
    })
  )
})
