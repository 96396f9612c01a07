import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import fc from "fast-check"
import { expect } from "vitest"
import type { StoredTable } from "../../src/artifact/column.ts"
import type { StageFailure } from "../../src/sediment.ts"
import { published } from "../../stages/published.ts"
import { publishedComparison } from "../../stages/published-comparison.ts"
import { type Printed, publishedTable, shownTable } from "./published-comparison/comparison-inputs.ts"
import { column, numbers, runStage } from "./run-stage.ts"
import { publishedFile } from "./tables/estimates.ts"

const compare = (rows: ReadonlyArray<Printed>, tables: ReadonlyArray<StoredTable>, params: unknown = {}) =>
  Effect.map(runStage(publishedComparison, { tables, published: [publishedTable(rows)] }, params), ({ outputs, warnings }) => ({
    warnings,
    outcome: column(outputs["numbers"], "outcome"),
    reasons: column(outputs["numbers"], "reasons"),
    numbers: outputs["numbers"]!,
    summary: outputs["summary"]!
  }))

const coagglo: ReadonlyArray<Printed> = [
  { term: "coagglo", text: "0.767 ***" },
  { term: "coagglo", kind: "std_error", text: "(0.130)" },
  { term: "nobs", kind: "nobs", text: "589" },
  { term: "province_effects", kind: "flag", text: "Yes" }
]
const withEstimate = (value: number, text: string) =>
  shownTable(coagglo, (row) => (row.kind === undefined ? { value, text } : { value: row.kind === "nobs" ? 589 : 0.13, text: "" }))

const files = ["table-02", "table-03", "table-04", "table-05", "table-06", "table-07", "table-08", "table-09", "table-10", "table-11", "text"]

describe("published numbers beside a run's", () => {
  it.effect("differ nowhere where the run is what is published: every table of the paper", () =>
    Effect.gen(function* () {
      const paper: Array<StoredTable> = []
      for (const file of files) paper.push((yield* runStage(published, { source: publishedFile(file) })).outputs["output"]!)
      const rows = paper.flatMap((table) => {
        const texts = (name: string) => column(table, name) as ReadonlyArray<string>
        const value = numbers(table, "value")
        return texts("term").flatMap((term, i): ReadonlyArray<Printed> => {
          const one = { table: texts("table")[i]!, column: texts("column")[i]!, term, kind: texts("kind")[i]! }
          const text = one.kind === "rank" ? String(value[i]) : texts("text")[i]!
          return term === "" || Number.isNaN(value[i]!) ? [] : [{ ...one, text }]
        })
      })
      const itself = shownTable(rows)
      const { outputs } = yield* runStage(publishedComparison, { tables: [itself], published: paper })
      const without = (column(outputs["numbers"], "outcome") as ReadonlyArray<string>).flatMap((outcome, i) =>
        outcome === "rounding" ? [] : [(column(outputs["numbers"], "published") as ReadonlyArray<string>)[i]]
      )
      // The two Hausman tests print a bound and no number.
      expect(without).toEqual(["less than 0.05", "below 0.05"])
      expect(numbers(outputs["summary"], "numbers").at(-1)).toBe(887)
      for (const name of ["within_tolerance", "beyond_tolerance", "sign_differs", "stars_differ"])
        expect(numbers(outputs["summary"], name).at(-1), name).toBe(0)
      expect(numbers(outputs["summary"], "stars_compared").at(-1)).toBe(336)
    })
  )

  it.effect("are told beyond rounding in units of the last decimal, in published standard errors and relatively", () =>
    Effect.gen(function* () {
      const { numbers: all, outcome, reasons } = yield* compare(coagglo, [withEstimate(0.9, "0.900***")])
      expect(outcome).toEqual(["beyond", "rounding", "rounding"])
      expect(reasons).toEqual(["size", "", ""])
      expect(numbers(all, "rounding_units")[0]).toBeCloseTo(133, 6)
      expect(numbers(all, "in_std_errors")[0]).toBeCloseTo(0.133 / 0.13, 12)
      expect(numbers(all, "relative")[0]).toBeCloseTo(0.133 / 0.767, 12)
      expect(numbers(all, "excess")[0]).toBeCloseTo(0.1325, 9)
    })
  )

  it("are found wherever they lie: half a unit of the last decimal never differs, more than the tolerance always does", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -3000, max: 3000 }), fc.double({ min: -2, max: 2, noNaN: true }), async (digits, off) => {
        const text = (digits / 1000).toFixed(3)
        const { outcome } = await Effect.runPromise(
          compare([{ term: "x", text }], [shownTable([{ term: "x", text }], () => ({ value: digits / 1000 + off / 1000, text }))], {
            tolerances: { estimate: { absolute: 0.0005 } }
          })
        )
        const size = Math.abs(off)
        // Within a millionth of a unit of a boundary either answer is right.
        if (Math.abs(size - 0.5) < 1e-6 || Math.abs(size - 1) < 1e-6) return
        expect(outcome).toEqual([size < 0.5 ? "rounding" : size < 1 ? "tolerance" : "beyond"])
      }),
      { numRuns: 60 }
    )
  })

  it.effect("tolerate what the parameters say, the larger of what is said, by kind", () =>
    Effect.gen(function* () {
      const at = (tolerances: unknown) =>
        Effect.map(compare(coagglo, [withEstimate(0.8, "0.800***")], { tolerances }), ({ outcome }) => (outcome as ReadonlyArray<string>)[0])
      expect(yield* at({})).toBe("tolerance")
      expect(yield* at({ estimate: {} })).toBe("beyond")
      expect(yield* at({ estimate: { std_errors: 0.2 } })).toBe("beyond")
      expect(yield* at({ estimate: { std_errors: 0.2, absolute: 0.04 } })).toBe("tolerance")
      expect(yield* at({ std_error: {} })).toBe("tolerance")
    })
  )

  it.effect("tell a sign that changed and stars that did, however small the difference; a zero has no sign", () =>
    Effect.gen(function* () {
      const two: ReadonlyArray<Printed> = [
        { term: "a", text: "0.012 **" },
        { term: "b", text: "0.000" },
        { term: "c", text: "-1.5" },
        { term: "d", text: "2.0 *" }
      ]
      const run = { a: [-0.001, "-0.001"], b: [-0.0004, "-0.0004"], c: [1.4, "1.4*"], d: [2, "2.0***"] } as const
      const { numbers: all, reasons } = yield* compare(two, [shownTable(two, ({ term }) => ({ value: run[term as "a"][0], text: run[term as "a"][1] }))], {
        tolerances: { estimate: { absolute: 9 } }
      })
      expect(reasons).toEqual(["sign; stars lost", "", "sign; stars gained", "more stars"])
      expect(numbers(all, "sign_differs")).toEqual([1, 0, 1, 0])
    })
  )

  it.effect("have no stars to compare where print has none in the table, or the study says so", () =>
    Effect.gen(function* () {
      const plain: ReadonlyArray<Printed> = [{ term: "a", text: "1.00" }]
      expect((yield* compare(plain, [shownTable(plain, () => ({ value: 1, text: "1.00***" }))])).reasons).toEqual([""])
      const starred: ReadonlyArray<Printed> = [{ term: "a", text: "1.00 *" }]
      const run = [shownTable(starred, () => ({ value: 1, text: "1.00" }))]
      expect((yield* compare(starred, run)).reasons).toEqual(["stars lost"])
      expect((yield* compare(starred, run, { withoutStars: ["4"] })).reasons).toEqual([""])
    })
  )

  it.effect("have the run's stars wherever its table sets them: with the estimate, before brackets in the same line, with the brackets below", () =>
    Effect.gen(function* () {
      const texts = (estimate: string, error: string) =>
        Effect.map(
          compare(coagglo.slice(0, 2), [
            shownTable(coagglo.slice(0, 2), ({ kind }) => (kind === undefined ? { value: 0.767, text: estimate } : { value: 0.13, text: error }))
          ]),
          ({ numbers: all }) => [(column(all, "stars_run") as ReadonlyArray<string>)[0], numbers(all, "stars_differ")[0]]
        )
      expect(yield* texts("0.767***", "(0.130)")).toEqual(["***", 0])
      expect(yield* texts("0.767*** (0.130)", "")).toEqual(["***", 0])
      expect(yield* texts("0.767", "(0.130)***")).toEqual(["***", 0])
      expect(yield* texts("0.767", "(0.130)**")).toEqual(["**", 1])
    })
  )

  it.effect("take a standard error from the statistic where that is printed instead", () =>
    Effect.gen(function* () {
      const rows: ReadonlyArray<Printed> = [
        { table: "11", term: "x", text: "0.500" },
        { table: "11", term: "x", kind: "statistic", text: "(2.00)" }
      ]
      const { numbers: all } = yield* compare(rows, [shownTable(rows, ({ kind }) => ({ value: kind === undefined ? -0.5 : -4, text: "" }))])
      expect(numbers(all, "in_std_errors")[0]).toBeCloseTo(-4, 12)
      // The statistic has the estimate's sign: it is told once.
      expect(numbers(all, "sign_differs")).toEqual([1, 0])
    })
  )

  it.effect("are missing where no table shows them; what the text repeats of a table is taken from there", () =>
    Effect.gen(function* () {
      const rows: ReadonlyArray<Printed> = [
        { table: "8", term: "indirect", text: "0.367" },
        { table: "text", column: "5.4", term: "indirect", text: "0.367" },
        { table: "text", column: "5.6", term: "lm_lag", kind: "statistic", text: "183.745" }
      ]
      const { numbers: all, outcome, reasons } = yield* compare(rows, [shownTable(rows.slice(0, 1))])
      expect(outcome).toEqual(["rounding", "rounding", "missing"])
      expect(reasons).toEqual(["", "", "not in the run"])
      expect(numbers(all, "run_value")[2]).toBeNaN()
    })
  )

  it.effect("have the study's explanation where they differ and only there; one of nothing is warned of", () =>
    Effect.gen(function* () {
      const explanations = [
        { table: "4", kind: "estimate", why: "no data" },
        { table: "9", why: "never" }
      ]
      const { numbers: all, summary, warnings } = yield* compare(coagglo, [withEstimate(5, "5.000***")], { explanations })
      expect(column(all, "explanation")).toEqual(["no data", "", ""])
      expect(numbers(summary, "explained")).toEqual([1, 1])
      expect(warnings.map(({ message }) => message)).toEqual(['explanations[1] ("never") is of no published number: nothing fits {"table":"9"}'])
    })
  )

  it.effect("are warned of where a parameter names a kind or a table that there is not", () =>
    Effect.gen(function* () {
      const { warnings } = yield* compare(coagglo, [withEstimate(0.767, "0.767***")], {
        tolerances: { estimates: {}, otherwise: {} },
        withoutStars: ["4", "44"]
      })
      expect(warnings.map(({ message }) => message)).toEqual([
        'tolerances name the kind "estimates", which no published number has; the kinds are estimate, std_error, nobs',
        'withoutStars names the table "44", of which no number is published; the tables are 4'
      ])
    })
  )

  it.effect("are refused where they are published twice, or a table shows one that is not wired: all told together", () =>
    Effect.gen(function* () {
      const twice = [...coagglo, coagglo[0]!]
      const failure = (yield* Effect.flip(compare(twice, [shownTable([{ table: "5", term: "x", text: "1" }])]))) as StageFailure
      expect(failure.faults.map(({ code }) => code)).toEqual(["published-twice", "published-not-wired"])
    })
  )
})
