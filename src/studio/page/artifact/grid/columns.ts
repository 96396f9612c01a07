import type { ArtifactColumn } from "../../../messages/artifact.ts"
import { numbersWidth } from "./sizes.ts"

/** Where each column of a table stands: those that stay in sight first, then the others, which are scrolled. */
export interface ColumnLayout {
  readonly columns: ReadonlyArray<ArtifactColumn>
  /** Pixels, by column. */
  readonly widths: ReadonlyArray<number>
  /** From the left of its group: those that stay, or the others. */
  readonly lefts: ReadonlyArray<number>
  /** Pixels of the rows' numbers, which stand before all columns. */
  readonly numbers: number
  /** The first so many columns stay in sight. */
  readonly sticky: number
  readonly stickyWidth: number
  /** Of the others together. */
  readonly width: number
}

const LETTER = 8.3
const NARROWEST = 72
const WIDEST = 320

const widthOf = ({ name, unit, width }: ArtifactColumn): number =>
  Math.round(Math.min(WIDEST, Math.max(NARROWEST, width * LETTER + 24, Math.min(name.length, 28) * LETTER + 40, Math.min(unit.length, 22) * 6 + 22)))

/** Columns in the order in which they are shown, whatever the room: those that say what a row is of come first. */
export const shownOrder = (columns: ReadonlyArray<ArtifactColumn>, keys: ReadonlyArray<string>): ReadonlyArray<ArtifactColumn> => {
  const first = keys.flatMap((key) => columns.filter(({ name }) => name === key))
  return [...first, ...columns.filter((column) => !first.includes(column))]
}

/** The first so many columns (`keys`) stay in sight, as far as they leave room for others: `most` pixels. None of them has more than most of these. */
export const layOut = (columns: ReadonlyArray<ArtifactColumn>, keys: number, most: number, rows: number): ColumnLayout => {
  const widths = columns.map((column, i) => (i < keys ? Math.max(NARROWEST, Math.min(widthOf(column), Math.round(0.6 * most))) : widthOf(column)))
  let [sticky, stickyWidth] = [0, 0]
  while (sticky < keys && stickyWidth + widths[sticky]! <= most) stickyWidth += widths[sticky++]!
  let left = 0
  const lefts = widths.map((width, i) => {
    if (i === sticky) left = 0
    const own = left
    left += width
    return own
  })
  return { columns, numbers: numbersWidth(rows), widths, lefts, sticky, stickyWidth, width: sticky === columns.length ? 0 : left }
}

/** The scrolled columns of which something is in view: from, and up to without. */
export const columnsInView = ({ columns, lefts, sticky, widths }: ColumnLayout, left: number, view: number): readonly [from: number, to: number] => {
  let [low, high] = [sticky, columns.length]
  // The first one whose right edge is in view.
  while (low < high) {
    const middle = (low + high) >> 1
    if (lefts[middle]! + widths[middle]! <= left) low = middle + 1
    else high = middle
  }
  let to = low
  while (to < columns.length && lefts[to]! < left + view) to++
  return [low, to]
}
