import { describe, expect, it } from "vitest"
import { matchRows } from "../../../src/engine/diff/match-rows.ts"
import { columnOf, tableOf } from "../../artifact/tables.ts"

const panel = (rows: ReadonlyArray<readonly [string, number, number]>) =>
  tableOf([
    columnOf(
      "entity",
      "category",
      rows.map(([entity]) => entity)
    ),
    columnOf(
      "year",
      "integer",
      Int32Array.from(rows, ([, year]) => year)
    ),
    columnOf(
      "gov",
      "number",
      Float64Array.from(rows, ([, , gov]) => gov)
    )
  ])

describe("matchRows", () => {
  it("matches by entity and year, in whatever order the rows stand", () => {
    const before = panel([
      ["Hebei", 2003, 1],
      ["Hebei", 2004, 2],
      ["Shanxi", 2003, 3]
    ])
    const after = panel([
      ["Shanxi", 2003, 3],
      ["Shanxi", 2004, 4],
      ["Hebei", 2003, 1]
    ])
    expect(matchRows(before, after)).toEqual({
      key: ["entity", "year"],
      pairs: [
        [2, 0],
        [0, 2]
      ],
      added: [1],
      removed: [1]
    })
  })

  it("takes the fewest columns that tell all rows apart: what is one everywhere, or follows from another, is no key", () => {
    const estimates = (equations: ReadonlyArray<string>, terms: ReadonlyArray<string>) =>
      tableOf([
        columnOf("equation", "category", equations),
        columnOf("term", "text", terms),
        columnOf(
          "label",
          "text",
          terms.map((term) => term.toUpperCase())
        ),
        columnOf("estimate", "number", new Float64Array(terms.length))
      ])
    const one = estimates(["ami", "ami"], ["coagglo", "gov"])
    expect(matchRows(one, one).key).toEqual(["term"])
    const two = estimates(["ami", "uic"], ["coagglo", "coagglo"])
    expect(matchRows(one, two).key).toEqual(["equation", "term"])
  })

  it("takes no value for a key: neither a number, nor a flag, nor what stands behind a number where something stands before", () => {
    const glance = tableOf([
      columnOf("model", "category", ["within", "random"]),
      columnOf("r_squared", "number", Float64Array.of(0.4, 0.5)),
      columnOf("remark", "text", ["x", "y"]),
      columnOf("converged", "flag", Uint8Array.of(1, 0))
    ])
    expect(matchRows(glance, glance).key).toEqual(["model"])
  })

  it("matches by position where there is nothing else, and rows of one key in their order", () => {
    const draws = (...values: ReadonlyArray<number>) => tableOf([columnOf("draw", "number", Float64Array.from(values))])
    expect(matchRows(draws(1, 2), draws(3, 4, 5))).toEqual({
      key: [],
      pairs: [
        [0, 0],
        [1, 1]
      ],
      added: [2],
      removed: []
    })
    const notes = (...texts: ReadonlyArray<string>) =>
      tableOf([
        columnOf(
          "part",
          "category",
          texts.map(() => "note")
        ),
        columnOf("value", "number", new Float64Array(texts.length)),
        columnOf("text", "text", texts)
      ])
    expect(matchRows(notes("a", "b", "c"), notes("a", "x"))).toMatchObject({
      pairs: [
        [0, 0],
        [1, 1]
      ],
      added: [],
      removed: [2]
    })
  })
})
