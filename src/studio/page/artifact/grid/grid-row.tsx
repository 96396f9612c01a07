import { Component } from "preact"
import { cellText } from "./cell-text.ts"
import type { ColumnLayout } from "./columns.ts"
import { ROW } from "./sizes.ts"
import type { Windows } from "./windows.ts"

export interface RowProps {
  readonly position: number
  /** Pixels from the top of the rows' layer. */
  readonly y: number
  readonly layout: ColumnLayout
  readonly windows: Windows
  /** Goes up when cells have come. */
  readonly arrived: number
  /** The scrolled columns that are drawn. */
  readonly from: number
  readonly to: number
  /** Of so many elements the scrolled columns are drawn by turns. */
  readonly pool: number
  /** The cell that keys act on; -1 where it is in another row. */
  readonly active: number
  /** The columns that are selected in this row: from, and up to with; -1 where none is. */
  readonly left: number
  readonly right: number
}

const Cell = ({ column, row }: { readonly column: number; readonly row: RowProps }) => {
  const { active, layout, left, position, right, windows } = row
  const cell = windows.cell(position, column)
  const selected = column >= left && column <= right
  const classes = ["artifact-cell"]
  const style = { left: `${layout.lefts[column]}px`, width: `${layout.widths[column]}px` }
  if (selected) classes.push("artifact-selected")
  if (active === column) classes.push("artifact-active")
  const id = active === column ? "artifact-active-cell" : undefined
  if (cell === undefined)
    return (
      <div
        role="gridcell"
        id={id}
        class={`${classes.join(" ")} artifact-awaited`}
        style={style}
        aria-colindex={column + 2}
        aria-selected={selected}
        aria-busy="true"
      />
    )
  const { kind } = layout.columns[column]!
  const { shown, text } = cellText(cell.value, layout.columns[column]!)
  classes.push(`artifact-is-${shown}`)
  // What is missing stands where a number would.
  if (kind === "number" || kind === "integer") classes.push("artifact-is-number")
  if (cell.filled) classes.push("artifact-filled")
  return (
    <div role="gridcell" id={id} class={classes.join(" ")} style={style} aria-colindex={column + 2} aria-selected={selected}>
      {shown === "missing" ? (
        <span aria-label="missing" role="img">
          —
        </span>
      ) : (
        text
      )}
      {cell.filled ? <span class="unseen"> (filled in)</span> : null}
    </div>
  )
}

/** A row of what is in view; drawn anew only when something of it changes. */
export class GridRow extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    return (Object.keys(next) as Array<keyof RowProps>).some((key) => next[key] !== this.props[key])
  }
  render() {
    const row = this.props
    const { from, layout, pool, position, to, windows, y } = row
    const number = windows.row(position, 0)
    const columns = (first: number, end: number) =>
      Array.from({ length: end - first }, (_, i) => <Cell key={(first + i) % pool} column={first + i} row={row} />)
    return (
      <div
        role="row"
        aria-rowindex={position + 2}
        class={`artifact-row${position % 2 === 1 ? " artifact-odd-row" : ""}`}
        style={{ transform: `translateY(${y}px)`, height: `${ROW}px` }}
      >
        <div class="artifact-scrolled">
          <div class="artifact-moved">{columns(from, to)}</div>
        </div>
        <div class="artifact-sticky" style={{ width: `calc(var(--numbers) + ${layout.stickyWidth}px)` }}>
          <div role="rowheader" class="artifact-number" aria-colindex={1}>
            {number === undefined ? "" : number + 1}
          </div>
          <div class="artifact-keys">{columns(0, layout.sticky)}</div>
        </div>
      </div>
    )
  }
}
