import { type Align, intoBlocks, pad, width } from "../monospace.ts"

export interface GridColumn {
  readonly header: string
  readonly align: Align
  readonly cells: ReadonlyArray<string>
  /** Cells may be cut down to this where all columns then stand beside each other; without it the column keeps its width. */
  readonly least?: number
}

const gap = 2

const together = (widths: ReadonlyArray<number>): number => widths.reduce((sum, w) => sum + w + gap, -gap)

/**
 * Widths of the columns: the widest of those that may be cut are narrowed until all fit in `total`. Where even that is too wide, nothing is cut, since the
 * table goes on in further blocks anyway.
 */
const fitted = (columns: ReadonlyArray<GridColumn>, total: number): ReadonlyArray<number> => {
  const whole = columns.map(({ cells, header }) => Math.max(width(header), ...cells.map(width)))
  if (together(columns.map(({ least }, i) => Math.min(whole[i]!, least ?? Number.POSITIVE_INFINITY))) > total) return whole
  const widths = [...whole]
  while (together(widths) > total) {
    let widest = -1
    columns.forEach(({ least }, i) => {
      if (least !== undefined && widths[i]! > least && (widest === -1 || widths[i]! > widths[widest]!)) widest = i
    })
    widths[widest] = widths[widest]! - 1
  }
  return widths
}

/** Columns beside each other under their headers; the first `keys` are repeated where the rest goes on in a block underneath. No line is wider than `total`. */
export const gridLines = (columns: ReadonlyArray<GridColumn>, total: number, keys: number, heading: (text: string) => string): ReadonlyArray<string> => {
  const natural = fitted(columns, total)
  let stub = together(natural.slice(0, keys))
  // A column too wide for a line beside the keys is cut to what is left of it.
  const widths = natural.map((w, i) => Math.min(w, total, i < keys ? total : Math.max(columns[i]!.least ?? w, total - stub - gap)))
  // Keys that leave no room for anything beside them are not repeated.
  const repeated = stub + gap + Math.max(0, ...widths.slice(keys)) <= total ? keys : 0
  if (repeated === 0) stub = -gap
  const blocks = intoBlocks(widths.slice(repeated), stub, gap, total)
  const rows = columns[0]?.cells.length ?? 0
  return (blocks.length === 0 ? [[]] : blocks).flatMap((block, b) => {
    const shown = [...Array(repeated).keys(), ...block.map((i) => i + repeated)]
    const line = (cell: (column: GridColumn) => string) =>
      shown
        .map((i) => pad(cell(columns[i]!), widths[i]!, columns[i]!.align))
        .join(" ".repeat(gap))
        .trimEnd()
    return [...(b > 0 ? [""] : []), heading(line((column) => column.header)), ...Array.from({ length: rows }, (_, row) => line((column) => column.cells[row]!))]
  })
}
