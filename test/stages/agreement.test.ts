import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { nullable, number, text } from "../../src/artifact/column.ts"
import { table } from "../../src/artifact/table-type.ts"
import type { StageFailure } from "../../src/dag/stage.ts"
import { agreement } from "../../stages/agreement.ts"
import { column, runStage, tableOf } from "./run-stage.ts"

const Estimates = table("Some", { term: text(), model: text(), estimate: nullable(number()), note: text() })
const rows = (...all: ReadonlyArray<readonly [term: string, estimate: number]>) =>
  tableOf(Estimates, {
    term: all.map(([term]) => term),
    model: all.map(() => "m"),
    estimate: Float64Array.from(all, ([, estimate]) => estimate),
    note: all.map(() => "")
  })
const params = { by: ["term", "model"], compare: ["estimate"] }
const run = (here: ReturnType<typeof rows>, there: ReturnType<typeof rows>, more: object = {}) =>
  Effect.runPromise(runStage(agreement, { here, there }, { ...params, ...more }))
const faults = (here: ReturnType<typeof rows>, there: ReturnType<typeof rows>, more: object = {}) =>
  Effect.runPromise(Effect.flip(runStage(agreement, { here, there }, { ...params, ...more }))).then((error) =>
    (error as StageFailure).faults.map(({ message }) => message)
  )

describe("agreement", () => {
  it("tells the largest relative difference and where it is, whatever the order of rows, and warns of none within the tolerance", async () => {
    const { outputs, reads, warnings } = await run(rows(["a", 2], ["b", -4], ["c", 1]), rows(["b", -4 * (1 + 1e-10)], ["a", 2]))
    const found = outputs["output"]
    expect(column(found, "rows")[0]).toBe(2)
    expect(column(found, "difference")[0]).toBeCloseTo(1e-10, 14)
    expect([column(found, "at")[0], column(found, "here")[0], column(found, "agrees")[0]]).toEqual(["b, m", -4, 1])
    expect(warnings).toEqual([])
    expect(reads).not.toContain("here column note")
  })

  it("warns of a number that is another, and of one that only one of them has; two that are missing agree", async () => {
    const other = await run(rows(["a", 2]), rows(["a", 2.5]))
    expect(other.warnings.map(({ message }) => message)).toEqual(["estimate at a, m: 2 here, 2.5 there; they are to agree to 1e-8"])
    expect(column(other.outputs["output"], "agrees")[0]).toBe(0)
    const missing = await run(rows(["a", Number.NaN]), rows(["a", 1]))
    expect(missing.warnings.map(({ message }) => message)).toEqual(["estimate at a, m: missing here, 1 there; they are to agree to 1e-8"])
    expect(column(missing.outputs["output"], "difference")[0]).toBe(Number.POSITIVE_INFINITY)
    const both = await run(rows(["a", Number.NaN]), rows(["a", Number.NaN]))
    expect(column(both.outputs["output"], "difference")[0]).toBe(0)
    expect((await run(rows(["a", 0]), rows(["a", 1e-300]))).warnings).toHaveLength(1)
    expect((await run(rows(["a", 2]), rows(["a", 2.5]), { tolerance: 0.3 })).warnings).toEqual([])
  })

  it("fails of rows that it cannot pair and of columns that hold no numbers, all told", async () => {
    expect(await faults(rows(["a", 1], ["a", 2]), rows(["a", 1], ["z", 3]), { compare: ["estimate", "note"] })).toEqual([
      "the input here has two rows of term, model = a, m",
      "the input there has a row of term, model = z, m, and the input here has none",
      'the input here has texts in its column "note"; expected numbers to compare',
      'the input there has texts in its column "note"; expected numbers to compare'
    ])
    expect(await faults(rows(["a", 1]), rows())).toEqual(["the input there has no row"])
  })
})
