/** A place in the grid: a row by its place among those shown, -1 for the header, and a column. */
export interface Place {
  readonly row: number
  readonly column: number
}
export interface Extent {
  readonly rows: number
  readonly columns: number
  /** Rows that are in view at a time. */
  readonly page: number
}
export interface Key {
  readonly key: string
  /** Ctrl, or Cmd on a Mac. */
  readonly far: boolean
}

const between = (x: number, least: number, most: number): number => Math.min(Math.max(x, least), Math.max(least, most))

/** Where a key leads to from a place, as in the grids of other programs; undefined where it leads nowhere. */
export const moved = ({ column, row }: Place, { far, key }: Key, { columns, page, rows }: Extent): Place | undefined => {
  const to = (toRow: number, toColumn: number): Place => ({ row: between(toRow, -1, rows - 1), column: between(toColumn, 0, columns - 1) })
  const [lastRow, lastColumn] = [rows - 1, columns - 1]
  switch (key) {
    case "ArrowDown":
      return to(far ? lastRow : row + 1, column)
    case "ArrowUp":
      // From the first row on to the header.
      return to(far && row > 0 ? 0 : row - 1, column)
    case "ArrowRight":
      return to(row, far ? lastColumn : column + 1)
    case "ArrowLeft":
      return to(row, far ? 0 : column - 1)
    case "PageDown":
      return to(row + page, column)
    case "PageUp":
      return to(row === -1 ? -1 : Math.max(0, row - page), column)
    case "Home":
      return far ? to(0, 0) : to(row, 0)
    case "End":
      return far ? to(lastRow, lastColumn) : to(row, lastColumn)
    default:
      return undefined
  }
}

/** Cells from one place to another, both of them in it. */
export interface Rectangle {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}
export const rectangleOf = (a: Place, b: Place): Rectangle => ({
  top: Math.max(0, Math.min(a.row, b.row)),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.column, b.column),
  right: Math.max(a.column, b.column)
})
