import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Draft, Row } from "../../../stages/tables/draft.ts"
import { transposed } from "../../../stages/tables/transpose.ts"

const text = fc.constantFrom("0.770***", "(0.128)", "[0.20, 0.59]", "Yes", "589")
const label = fc.stringMatching(/^[a-z]{1,6}$/)

/** Entries of one to three lines under headings, every column and every line with a cell: tables in which nothing is superfluous. */
const tables: fc.Arbitrary<Draft> = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    title: fc.string(),
    notes: fc.array(fc.string()),
    columns: fc.tuple(...Array.from({ length: width }, () => fc.record({ label, group: fc.constantFrom("A", "B") }))),
    rows: fc
      .array(
        fc.record({
          heading: fc.constantFrom("", "X", "Y"),
          label,
          lines: fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 3 })
        }),
        { minLength: 1, maxLength: 5 }
      )
      .map((entries) =>
        entries.flatMap((entry, i): ReadonlyArray<Row> => {
          const lines = entry.lines.map((cells, k) => ({
            label: k > 0 ? "" : entry.heading === "" ? entry.label : `  ${entry.label}`,
            cells: cells.map((one) => ({ text: one }))
          }))
          return entry.heading === "" || entries[i - 1]?.heading === entry.heading ? lines : [{ label: entry.heading, cells: [] }, ...lines]
        })
      )
  })
)

/** What is to be seen of a table. */
const seen = ({ columns, notes, rows, title }: Draft) => ({
  title,
  notes,
  columns: columns.map(({ group = "", label: head }) => [group, head]),
  rows: rows.map((row) => [row.label, ...columns.map((_, c) => row.cells[c]?.text ?? "")])
})

describe("transposed tables", () => {
  it("are the table again when transposed twice", () => {
    fc.assert(
      fc.property(tables, (table) => {
        expect(seen(transposed(transposed(table)))).toEqual(seen(table))
      })
    )
  })

  it("keep every cell", () => {
    const cells = ({ rows }: Draft) => rows.flatMap(({ cells: own }) => own.flatMap((cell) => (cell === undefined ? [] : [cell.text]))).sort()
    fc.assert(
      fc.property(tables, (table) => {
        expect(cells(transposed(table))).toEqual(cells(table))
      })
    )
  })

  it("set lines of an entry as lines of each column, headings over columns, and number what has no label", () => {
    const turned = transposed({
      title: "T",
      columns: [{ label: "(1)", group: "Panel" }, { label: "" }],
      rows: [
        { label: "Controls", ruled: true, cells: [] },
        { label: "  hcl", cells: [{ text: "1" }, undefined] },
        { label: "", cells: [{ text: "(2)" }, undefined] },
        { label: "N", ruled: true, cells: [{ text: "9" }, { text: "8" }] }
      ],
      notes: ["n"]
    })
    expect(seen(turned)).toEqual({
      title: "T",
      notes: ["n"],
      columns: [
        ["Controls", "hcl"],
        ["", "N"]
      ],
      rows: [
        ["Panel", "", ""],
        ["  (1)", "1", "9"],
        ["", "(2)", ""],
        ["(2)", "", "8"]
      ]
    })
  })
})
