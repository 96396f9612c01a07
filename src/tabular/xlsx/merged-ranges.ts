import { cellName } from "../a1.ts"
import type { CellRange, CellValue } from "../sheet.ts"
import { cellPlace } from "./cell-place.ts"

/** The range that `B2:D5` or `B2` names; undefined where that is none. */
export const parseRange = (text: string): CellRange | undefined => {
  const colon = text.indexOf(":")
  const first = cellPlace(colon === -1 ? text : text.slice(0, colon))
  const last = colon === -1 ? first : cellPlace(text.slice(colon + 1))
  if (first === undefined || last === undefined || last.row < first.row || last.column < first.column) return undefined
  return { top: first.row, left: first.column, bottom: last.row, right: last.column }
}

export const rangeName = ({ bottom, left, right, top }: CellRange): string => `${cellName(left, top)}:${cellName(right, bottom)}`

/** Which cells merged ranges cover, row after row. Costs the ranges' widths, however tall they are. */
export class CoveredCells {
  readonly #ranges: ReadonlyArray<CellRange>
  readonly #bottoms: Int32Array
  readonly #tops: Int32Array
  #next = 0

  constructor(ranges: ReadonlyArray<CellRange>) {
    this.#ranges = ranges.toSorted((a, b) => a.top - b.top || a.left - b.left)
    const width = ranges.reduce((most, { right }) => Math.max(most, right + 1), 0)
    this.#bottoms = new Int32Array(width)
    this.#tops = new Int32Array(width)
  }

  /** Takes in the ranges that begin up to a row. Gives the first that shares cells with one before it. */
  advance(row: number): CellRange | undefined {
    let overlapping: CellRange | undefined
    for (; this.#next < this.#ranges.length && this.#ranges[this.#next]!.top <= row; this.#next++) {
      const range = this.#ranges[this.#next]!
      for (let column = range.left; column <= range.right; column++) {
        if (this.#bottoms[column]! >= range.top) overlapping ??= range
        this.#bottoms[column] = range.bottom
        this.#tops[column] = column === range.left ? range.top : 0
      }
    }
    return overlapping
  }

  /** Takes the values out of a row's covered cells, which are all of a range but the one at its top left. Rows come in order. Gives the columns that had some. */
  uncover(row: number, cells: Array<CellValue>): ReadonlyArray<number> {
    this.advance(row)
    const found: Array<number> = []
    const width = Math.min(cells.length, this.#bottoms.length)
    for (let column = 0; column < width; column++) {
      if (this.#bottoms[column]! < row || this.#tops[column] === row || cells[column] === null) continue
      cells[column] = null
      found.push(column)
    }
    while (cells.length > 0 && cells[cells.length - 1] === null) cells.pop()
    return found
  }
}
