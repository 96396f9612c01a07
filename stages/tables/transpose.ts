import type { Cell, Draft, Row } from "./draft.ts"

const indent = "  "
const levelOf = (label: string): number => Math.floor((label.length - label.trimStart().length) / indent.length)
const filled = (cell: Cell | undefined): cell is Cell => cell !== undefined && (cell.text !== "" || cell.published !== undefined)

/** The lines of one thing, under which headings it stands. */
interface Entry {
  readonly group: string
  readonly label: string
  readonly lines: ReadonlyArray<Row>
}

/** The entries of a table; a heading (a label without cells) is told of those that are set under it. */
const entriesOf = (rows: ReadonlyArray<Row>): ReadonlyArray<Entry> => {
  const entries: Array<{ group: string; label: string; lines: Array<Row> }> = []
  let headings: ReadonlyArray<{ readonly level: number; readonly text: string }> = []
  let open: { group: string; label: string; lines: Array<Row> } | undefined
  for (const row of rows) {
    const label = row.label.trim()
    if (label === "" && row.ruled !== true && open !== undefined) {
      open.lines.push(row)
      continue
    }
    const level = levelOf(row.label)
    headings = headings.filter((heading) => heading.level < level)
    if (label !== "" && !row.cells.some(filled)) {
      headings = [...headings, { level, text: label }]
      open = undefined
      continue
    }
    open = { group: headings.map(({ text }) => text).join(": "), label, lines: [row] }
    entries.push(open)
  }
  return entries
}

/**
 * A table with its rows as columns: each column is an entry of as many lines as its cells need, under a heading where columns had one in common; headings of
 * rows come to stand over columns. Rules are not kept, since columns have none. Twice, it is the table again (without rules and lines that no cell needs).
 */
export const transposed = ({ columns, notes, rows, title }: Draft): Draft => {
  const entries = entriesOf(rows)
  const turned = columns.flatMap(({ group = "", label }, c): ReadonlyArray<Row> => {
    const height = Math.max(1, ...entries.map(({ lines }) => lines.findLastIndex(({ cells }) => filled(cells[c])) + 1))
    const under = group === "" ? "" : indent
    const lines = Array.from({ length: height }, (_, k) => ({
      label: k === 0 ? `${under}${label === "" ? `(${c + 1})` : label}` : "",
      cells: entries.map(({ lines: own }) => own[k]?.cells[c])
    }))
    return group === "" || columns[c - 1]?.group === group ? lines : [{ label: group, cells: [] }, ...lines]
  })
  return { title, columns: entries.map(({ group, label }) => ({ label, ...(group === "" ? {} : { group }) })), rows: turned, notes }
}
