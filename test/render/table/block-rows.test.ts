import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { blockRows } from "../../../src/render/table/block-rows.ts"
import type { PrintedRow } from "../../../src/render/table/printed-layout.ts"

/** A row from its label and a letter a column: "." is blank, "p" what only the paper prints; a label that starts with | has a rule above. */
const row = (label: string, cells: string): PrintedRow => ({
  label: label.replace("|", ""),
  ruled: label.startsWith("|"),
  cells: [...cells].map((cell) => ({
    text: cell === "." || cell === "p" ? "" : cell,
    value: Number.NaN,
    published: cell === "p" ? "1" : "",
    publishedValue: Number.NaN
  }))
})
const shown = (rows: ReadonlyArray<PrintedRow>, block: ReadonlyArray<number>, first: boolean) =>
  blockRows(rows, block, first).map(({ row: r, ruled }) => (ruled ? "|" : "") + (rows[r]!.label || "↳"))

describe("rows of a block", () => {
  const rows = [row("a", "1."), row("", "1."), row("b", ".1"), row("", ".1"), row("|c", "1."), row("", ".."), row("d", "11"), row("e", ".p")]
  it("a row without a cell in the block is left out with its second line, and a cell of the paper alone is one", () => {
    expect(shown(rows, [0], true)).toEqual(["a", "↳", "|c", "↳", "d"])
    expect(shown(rows, [1], false)).toEqual(["b", "↳", "|d", "e"])
  })
  it("all rows of a table in one block stand, and a row that has no cell in any column stands in the first block", () => {
    const absent = [row("a", ".1"), row("x", ".."), row("", ".."), row("|N", "11")]
    expect(shown(absent, [0, 1], true)).toEqual(["a", "x", "↳", "|N"])
    expect(shown(absent, [0], true)).toEqual(["x", "↳", "|N"])
    expect(shown(absent, [1], false)).toEqual(["a", "|N"])
  })
  it("a heading stands where a row under it does, and one over nothing in the first block", () => {
    const headed = [row("A", ".."), row("  a", ".1"), row("|B", ".."), row("  b", "1."), row("|C", ".."), row("  c", "11"), row("Z", "..")]
    expect(shown(headed, [0], true)).toEqual(["B", "  b", "|C", "  c", "Z"])
    expect(shown(headed, [1], false)).toEqual(["A", "  a", "|C", "  c"])
    expect(shown([row("A", ".."), row("B", ".."), row("b", ".1")], [1], false)).toEqual(["A", "B", "b"])
  })
  it("blocks together show every row, each in order", () => {
    const letters = fc.array(fc.tuple(fc.constantFrom("x", "", "|y", "|"), fc.constantFrom("...", "1..", ".1.", "..p", "111", "1.p")), { maxLength: 12 })
    fc.assert(
      fc.property(letters, (lines) => {
        const table = lines.map(([label, cells]) => row(label, cells))
        const blocks = [[0], [1], [2]].map((block, b) => blockRows(table, block, b === 0).map((shownRow) => shownRow.row))
        for (const block of blocks) expect(block).toEqual([...block].sort((a, b) => a - b))
        expect([...new Set(blocks.flat())].sort((a, b) => a - b)).toEqual(table.map((_, r) => r))
        expect(blockRows(table, [0, 1, 2], true)).toEqual(table.map(({ ruled }, r) => ({ row: r, ruled: ruled && r > 0 })))
      })
    )
  })
})
