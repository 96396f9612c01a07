import { describe, expect, it } from "vitest"
import { compareEstimates, hasEstimates } from "../../../src/engine/diff/compare-estimates.ts"
import { matchRows } from "../../../src/engine/diff/match-rows.ts"
import { columnOf, tableOf } from "../../artifact/tables.ts"

type Row = readonly [term: string, estimate: number, error: number, p: number]
const estimates = (...rows: ReadonlyArray<Row>) =>
  tableOf([
    columnOf(
      "equation",
      "category",
      rows.map(() => "ami")
    ),
    columnOf(
      "term",
      "text",
      rows.map(([term]) => term)
    ),
    columnOf(
      "estimate",
      "number",
      Float64Array.from(rows, (row) => row[1])
    ),
    columnOf(
      "std_error",
      "number",
      Float64Array.from(rows, (row) => row[2]),
      { valid: rows.map((row) => (Number.isNaN(row[2]) ? 0 : 1)) }
    ),
    columnOf(
      "p_value",
      "number",
      Float64Array.from(rows, (row) => row[3]),
      { valid: rows.map((row) => (Number.isNaN(row[3]) ? 0 : 1)) }
    )
  ])
const compared = (before: ReturnType<typeof estimates>, after: ReturnType<typeof estimates>) => compareEstimates(before, after, matchRows(before, after))

describe("estimates", () => {
  it("are told by term, with coefficient, standard error and stars of before and after", () => {
    const [change, ...others] = compared(
      estimates(["coagglo", 0.5, 0.1, 0.001], ["gov", 1, 1, 0.3]),
      estimates(["gov", 1, 1, 0.3], ["coagglo", 0.4, 0.2, 0.04])
    )
    expect(others).toEqual([])
    expect(change).toEqual({
      of: { term: "coagglo" },
      before: { estimate: 0.5, std_error: 0.1, p_value: 0.001, conf_low: null, conf_high: null, stars: 3 },
      after: { estimate: 0.4, std_error: 0.2, p_value: 0.04, conf_low: null, conf_high: null, stars: 2 },
      signFlipped: false,
      starsGained: -1,
      // Down, by the standard error of before.
      moved: expect.closeTo(-1, 12)
    })
  })

  it("come with a significant sign that flipped first, then stars lost or gained, other signs, terms that came or went, the rest by how far it moved, and intercepts", () => {
    const before = estimates(
      ["far", 1, 0.1, 0.001],
      ["near", 1, 0.1, 0.001],
      ["flipped", 0.5, 0.1, 0.001],
      ["weak", 0.1, 1, 0.9],
      ["(constant)", 9, 1, 0.001],
      ["lost", 1, 0.5, 0.04],
      ["gained", 1, 0.5, 0.2],
      ["went", 1, 1, 0.5]
    )
    const after = estimates(
      ["far", 1.3, 0.1, 0.001],
      ["near", 1.1, 0.1, 0.001],
      ["flipped", -0.5, 0.5, 0.4],
      ["weak", -0.1, 1, 0.9],
      ["(constant)", -9, 1, 0.001],
      ["lost", 1, 0.6, 0.06],
      ["gained", 1, 0.3, 0.001],
      ["came", 1, 1, 0.5]
    )
    expect(compared(before, after).map(({ of }) => of["term"])).toEqual(["flipped", "gained", "lost", "weak", "came", "went", "far", "near", "(constant)"])
  })

  it("may lack standard errors and p values: no star, and no telling how far they moved", () => {
    expect(compared(estimates(["rho", 1, Number.NaN, Number.NaN]), estimates(["rho", -2, Number.NaN, Number.NaN]))).toEqual([
      {
        of: { term: "rho" },
        before: { estimate: 1, std_error: null, p_value: null, conf_low: null, conf_high: null, stars: 0 },
        after: { estimate: -2, std_error: null, p_value: null, conf_low: null, conf_high: null, stars: 0 },
        signFlipped: true,
        starsGained: 0,
        moved: null
      }
    ])
  })

  it("are in tables that have a term and an estimate", () => {
    expect(hasEstimates(estimates(["gov", 1, 1, 1]))).toBe(true)
    expect(hasEstimates(tableOf([columnOf("term", "text", ["gov"])]))).toBe(false)
  })

  it("an estimate that came to zero has not flipped its sign", () =>
    expect(compared(estimates(["gov", 1, 1, 1]), estimates(["gov", 0, 1, 1]))[0]?.signFlipped).toBe(false))
})
