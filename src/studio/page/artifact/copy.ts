import type { CellValue } from "../../messages/artifact.ts"
import { ask } from "../ask.ts"
import { copiedText } from "./grid/cell-text.ts"
import type { ColumnLayout } from "./grid/columns.ts"
import type { Rectangle } from "./grid/moves.ts"
import type { Windows } from "./grid/windows.ts"

/** Cells that may be copied at a time: what is more is a file. */
const MOST = 200_000
const MOST_ROWS = 20_000
const MOST_COLUMNS = 256

const isHere = (value: CellValue | undefined): boolean => value !== undefined && !(typeof value === "object" && value !== null)

/** Without the clipboard of a page that came by a safe way, what is selected is copied. */
const byHand = (text: string): void => {
  const area = document.createElement("textarea")
  area.value = text
  area.className = "unseen"
  document.body.append(area)
  area.select()
  document.execCommand("copy")
  area.remove()
}

/** Copies cells as text that a spreadsheet takes apart into cells: tabs and lines. More than one row has the columns' names above. Gives what to tell. */
export const copyCells = async (windows: Windows, { columns }: ColumnLayout, { bottom, left, right, top }: Rectangle): Promise<string> => {
  const [rows, wide] = [bottom - top + 1, right - left + 1]
  if (rows * wide > MOST || rows > MOST_ROWS || wide > MOST_COLUMNS)
    return `${rows * wide} cells are too many to copy (at most ${MOST}, in ${MOST_ROWS} rows and ${MOST_COLUMNS} columns): download them as CSV`
  const known = Array.from({ length: rows }, (_, i) => Array.from({ length: wide }, (_, j) => windows.cell(top + i, left + j)?.value))
  let cells = known as ReadonlyArray<ReadonlyArray<CellValue>>
  if (!known.every((row) => row.every(isHere))) {
    const names = columns.slice(left, right + 1).map(({ name }) => name)
    const window = await ask("rows", { ...windows.selection, columns: names, from: top, count: rows, whole: true })
    cells = window.rows.map((_, i) => window.columns.map((column) => column.cells[i]!))
  }
  const lines = cells.map((row) => row.map(copiedText).join("\t"))
  if (rows > 1)
    lines.unshift(
      columns
        .slice(left, right + 1)
        .map(({ name }) => copiedText(name))
        .join("\t")
    )
  const text = rows * wide === 1 ? String(typeof cells[0]![0] === "object" ? "" : cells[0]![0]) : `${lines.join("\n")}\n`
  if (navigator.clipboard === undefined) byHand(text)
  else await navigator.clipboard.writeText(text)
  return rows * wide === 1 ? "1 cell copied" : `${rows * wide} cells copied${rows > 1 ? ", with the columns' names" : ""}`
}
