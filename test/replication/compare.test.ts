import { describe, expect, it } from "vitest"
import type { StoredColumn, StoredTable } from "../../src/artifact/column.ts"
import { differenceOf } from "../../src/replication/compare.ts"

const column = (name: string, kind: "number" | "text", values: ReadonlyArray<number | string>): StoredColumn =>
  ({
    name,
    kind,
    values: kind === "number" ? Float64Array.from(values as ReadonlyArray<number>) : values,
    valid: undefined,
    unit: "",
    description: ""
  }) as StoredColumn
const table = (columns: ReadonlyArray<StoredColumn>): StoredTable => ({ rows: columns[0]!.values.length, columns, notes: [] })
const printed = (cells: ReadonlyArray<readonly [label: string, value: number, text: string]>) =>
  table([
    column(
      "row_label",
      "text",
      cells.map(([label]) => label)
    ),
    column(
      "value",
      "number",
      cells.map(([, value]) => value)
    ),
    column(
      "text",
      "text",
      cells.map(([, , text]) => text)
    )
  ])

describe("the difference of two tables", () => {
  it("is the number that differs by most relative to itself, not the largest gap", () => {
    const difference = differenceOf(
      table([column("series", "text", ["a", "b", "c"]), column("y", "number", [1000, 0.01, 5])]),
      table([column("series", "text", ["a", "b", "c"]), column("y", "number", [1001, 0.02, 5])])
    )
    expect(difference).toEqual({ cells: 2, largest: { expected: 0.01, found: 0.02, relative: 0.5, about: "b", printed: undefined } })
  })

  it("is told of the cells that print otherwise, where any do", () => {
    const difference = differenceOf(
      printed([
        ["x", 0.5, "0.50"],
        ["p", 1e-30, "<0.001"]
      ]),
      printed([
        ["x", 0.51, "0.51"],
        ["p", 2e-30, "<0.001"]
      ])
    )
    expect(difference.cells).toBe(1)
    expect(difference.largest).toMatchObject({ expected: 0.5, found: 0.51, about: "x", printed: { expected: "0.50", found: "0.51" } })
  })

  it("counts a cell that is missing in one, and has no number then", () => {
    const y = column("y", "number", [1, 2])
    expect(differenceOf(table([y]), table([{ ...y, valid: Uint8Array.of(1, 0) }]))).toEqual({ cells: 1, largest: undefined })
    expect(differenceOf(table([{ ...y, valid: Uint8Array.of(1, 0) }]), table([{ ...column("y", "number", [1, 99]), valid: Uint8Array.of(1, 0) }]))).toEqual({
      cells: 0,
      largest: undefined
    })
  })

  it("has no cells where rows or columns are others", () => {
    const none = { cells: undefined, largest: undefined }
    expect(differenceOf(table([column("y", "number", [1])]), table([column("y", "number", [1, 2])]))).toEqual(none)
    expect(differenceOf(table([column("y", "number", [1])]), table([column("z", "number", [1])]))).toEqual(none)
  })
})
