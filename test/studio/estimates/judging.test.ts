/** What the server tells of printed numbers, as plain functions. */
import { describe, expect, it } from "vitest"
import type { StoredColumn, StoredTable } from "../../../src/artifact/column.ts"
import { printedNumber } from "../../../src/render/printed-number.ts"
import { variablesIn } from "../../../src/studio/server/estimates/chain-below.ts"
import { intervalOf, namedLevel } from "../../../src/studio/server/estimates/interval-level.ts"
import type { PrintedCellAt } from "../../../src/studio/server/estimates/printed-cells.ts"
import { judgeOf, tallied } from "../../../src/studio/server/estimates/verdicts.ts"

const cell = (text: string, value: number, published: string, publishedValue: number, kind = "estimate"): PrintedCellAt => ({
  artifactRow: 0,
  text,
  value,
  published,
  publishedValue,
  place: published === "" ? "" : `1.1 x ${kind}`
})

describe("a table that no comparison looks at", () => {
  const cells = [
    cell("0.767***", 0.7665, "0.767***", 0.767),
    cell("0.767**", 0.76649, "0.767***", 0.767),
    cell("-0.100", -0.1, "0.1", 0.1),
    cell("", Number.NaN, "1.5", 1.5),
    cell("Yes", Number.NaN, "yes", Number.NaN, "flag"),
    cell("588", 588, "589", 589, "nobs"),
    cell("2.0", 2, "", Number.NaN)
  ]
  const judge = judgeOf(cells, undefined)

  it("is judged by what rounds to print; signs and stars besides; words by themselves", () => {
    expect(cells.map((one) => judge(one).verdict)).toEqual(["rounding", "beyond", "beyond", "missing", "rounding", "beyond", "none"])
    expect(cells.map((one) => judge(one).starsDiffer)).toEqual([false, true, false, false, false, false, false])
    expect(cells.map((one) => judge(one).signDiffers)).toEqual([false, false, true, false, false, false, false])
  })

  it("numbers are counted, words are not", () => {
    expect(tallied(cells.map(judge))).toEqual({ numbers: 5, rounding: 1, tolerance: 0, beyond: 3, missing: 1, signs: 1, stars: 1 })
    expect(tallied([judge(cells[6]!)])).toBeNull()
  })
})

describe("a table that a comparison looks at", () => {
  /** A column of texts, numbers or flags, by what its values are. */
  const columnOf = (name: string, values: ReadonlyArray<string> | ReadonlyArray<number> | ReadonlyArray<boolean>): StoredColumn => {
    const kind = typeof values[0] === "string" ? ("text" as const) : typeof values[0] === "number" ? ("number" as const) : ("flag" as const)
    return {
      name,
      kind,
      values: kind === "text" ? (values as ReadonlyArray<string>) : Float64Array.from(values, Number),
      valid: undefined,
      unit: "",
      description: ""
    }
  }
  const printed = printedNumber("0.767***", "estimate")!
  const compared = {
    kind: ["estimate"],
    run_value: [0.77],
    published_low: [printed.low],
    published_high: [printed.high],
    stars_compared: [true],
    stars_run: ["***"],
    stars_published: ["***"],
    outcome: ["tolerance"],
    sign_differs: [false],
    stars_differ: [false]
  }
  const table: StoredTable = { rows: 1, columns: Object.entries(compared).map(([name, values]) => columnOf(name, values)), notes: [] }
  const comparison = { table, rows: new Map([["1.1 x estimate", 0]]) }
  const verdictOf = (...of: Parameters<typeof cell>) => judgeOf([cell(...of)], comparison)(cell(...of)).verdict

  it("is judged by it where it has seen the same numbers and stars, the run's and the published ones", () => {
    expect(verdictOf("0.770***", 0.77, "0.767***", 0.767)).toBe("tolerance")
    expect(verdictOf("0.771***", 0.7705, "0.767***", 0.767)).toBe("beyond")
    expect(verdictOf("0.770***", 0.77, "0.770***", 0.77)).toBe("rounding")
    expect(verdictOf("0.770**", 0.77, "0.767***", 0.767)).toBe("beyond")
    expect(verdictOf("0.770***", 0.77, "0.767**", 0.767)).toBe("beyond")
  })
})

describe("intervals", () => {
  it("the 90 % interval of a t, and of a normal (R: qt(c(0.95, 0.975), 30), qnorm(c(0.95, 0.975)))", () => {
    const of = (df: number | null, half: number) => intervalOf({ estimate: 2, stdError: 0.5, df, low: 2 - half, high: 2 + half })
    const t = of(30, 0.5 * 2.042272456301238)
    expect(t.level).toBe(95)
    expect(t.inner![0]).toBeCloseTo(2 - 0.5 * 1.697260886593957, 10)
    expect(t.inner![1]).toBeCloseTo(2 + 0.5 * 1.697260886593957, 10)
    const z = of(null, 0.5 * 1.959963984540054)
    expect([z.level, z.inner![1]]).toEqual([95, expect.closeTo(2 + 0.5 * 1.644853626951472, 10)])
    expect(of(null, 0.5 * 1.644853626951472)).toEqual({ level: 90, inner: null })
  })

  it("of one that was made otherwise nothing more is told", () => {
    expect(intervalOf({ estimate: 2, stdError: 0.5, df: null, low: 1.1, high: 3.3 })).toEqual({ level: null, inner: null })
    expect(intervalOf({ estimate: 2, stdError: null, df: null, low: 1, high: 3 })).toEqual({ level: null, inner: null })
  })

  it("its level is the one that its node names; 80 % has no 90 % inside", () => {
    expect(intervalOf({ estimate: 2, stdError: 0.5, df: null, low: 1.1, high: 3.3 }, 90)).toEqual({ level: 90, inner: null })
    const half = 0.5 * 1.2815515655446004
    expect(intervalOf({ estimate: 2, stdError: 0.5, df: null, low: 2 - half, high: 2 + half }, 80)).toEqual({ level: 80, inner: null })
    expect(namedLevel({ params: '{"level":0.9}' })).toBe(90)
    for (const params of ['{"level":"0.9"}', '{"level":1}', "{}"]) expect(namedLevel({ params })).toBeUndefined()
  })
})

it("the variables of a term", () => {
  expect(["x", "L.x", "L2.x", "W*x", "x*m", "x -> m -> y", "(constant)"].map(variablesIn)).toEqual([
    ["x"],
    ["x"],
    ["x"],
    ["x"],
    ["x", "m"],
    ["x", "m", "y"],
    []
  ])
})
