import type { Out } from "@sediment/sediment"
import type { PrintedTable } from "../table-types.ts"
import type { Cell, Draft } from "./draft.ts"
import { transposed } from "./transpose.ts"

/** The tidy form of a draft: the title, every cell (blank ones too, so that no column is lost), then the notes. A rule is a row number left out. `transpose` turns rows into columns. */
export const printedTable = (upright: Draft, { transpose = false }: { readonly transpose?: boolean } = {}): Out<typeof PrintedTable> => {
  const draft = transpose ? transposed(upright) : upright
  const part: Array<string> = []
  const row: Array<number> = []
  const column: Array<number> = []
  const rowLabel: Array<string> = []
  const columnGroup: Array<string> = []
  const columnLabel: Array<string> = []
  const value: Array<number> = []
  const text: Array<string> = []
  const published: Array<string | null> = []
  const publishedValue: Array<number> = []
  const publishedPlace: Array<string | null> = []
  const add = (kind: string, r: number, c: number, labels: readonly [string, string, string], cell: Cell) => {
    part.push(kind)
    row.push(r)
    column.push(c)
    rowLabel.push(labels[0])
    columnGroup.push(labels[1])
    columnLabel.push(labels[2])
    value.push(cell.value ?? Number.NaN)
    text.push(cell.text)
    published.push(cell.published?.text ?? null)
    publishedValue.push(cell.published?.value ?? Number.NaN)
    publishedPlace.push(cell.published?.place ?? null)
  }
  const aside = ["", "", ""] as const
  if (draft.title !== "") add("title", 0, 0, aside, { text: draft.title })
  let r = 0
  draft.rows.forEach((line, i) => {
    if (line.ruled === true && i > 0) r++
    draft.columns.forEach((head, c) => {
      add("cell", r, c, [line.label, head.group ?? "", head.label], line.cells[c] ?? { text: "" })
    })
    r++
  })
  for (const note of draft.notes) add("note", 0, 0, aside, { text: note })
  return {
    part,
    row: Int32Array.from(row),
    column: Int32Array.from(column),
    row_label: rowLabel,
    column_group: columnGroup,
    column_label: columnLabel,
    value: Float64Array.from(value),
    text,
    published,
    published_value: Float64Array.from(publishedValue),
    published_place: publishedPlace
  }
}
