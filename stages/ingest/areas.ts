/** Parts of a sheet that are tables of their own: side by side, or one below the other. */
import type { Fault } from "@sediment/sediment"
import { cellName, columnOfLetters } from "../../src/tabular/a1.ts"
import type { NamedSheet } from "../../src/tabular/named-sheet.ts"
import type { CellRange, CellValue, Sheet, SheetRow } from "../../src/tabular/sheet.ts"
import { readNumberText } from "./number-text.ts"
import { type SheetOf, sheetFault } from "./sheet-place.ts"

/** Ranges as spreadsheets write them: `A3:F40`, columns as a whole `A:C`, rows as a whole `3:40`. */
const AREA = /^(?:([A-Z]{1,3})([1-9]\d{0,6})?:([A-Z]{1,3})([1-9]\d{0,6})?|([1-9]\d{0,6}):([1-9]\d{0,6}))$/

const areaOf = (text: string): CellRange => {
  const [, left, top, right, bottom, first, last] = AREA.exec(text)!
  return {
    top: Number(top ?? first ?? 1),
    left: left === undefined ? 0 : columnOfLetters(left),
    bottom: Number(bottom ?? last ?? Number.POSITIVE_INFINITY),
    right: right === undefined ? Number.POSITIVE_INFINITY : columnOfLetters(right)
  }
}

/** What is wrong with an area; undefined where nothing is. */
export const areaIssue = (text: string): string | undefined => {
  if (!AREA.test(text)) return "expected a range as A3:F40, A:C or 3:40"
  const { bottom, left, right, top } = areaOf(text)
  return bottom < top || right < left ? "it ends before it begins" : undefined
}

/** A part of a sheet as if it stood where the first part does; `shift` says how far from there it really is. */
export interface SheetPart {
  readonly sheet: Sheet
  readonly shift: NonNullable<SheetOf["shift"]>
}

const isWithin = (range: CellRange, area: CellRange): boolean =>
  range.top >= area.top && range.bottom <= area.bottom && range.left >= area.left && range.right <= area.right

const partOf = (sheet: Sheet, area: CellRange, first: CellRange): SheetPart => {
  const shift = { rows: area.top - first.top, columns: area.left - first.left }
  const before = Array.from({ length: first.left }, () => null)
  const moved = ({ bottom, left, right, top }: CellRange): CellRange => ({
    top: top - shift.rows,
    bottom: bottom - shift.rows,
    left: left - shift.columns,
    right: right - shift.columns
  })
  const rows: Iterable<SheetRow> = {
    *[Symbol.iterator]() {
      // What stands above the first part holds of all.
      for (const one of sheet.rows) {
        if (one.row >= first.top) break
        yield one
      }
      for (const { cells, row } of sheet.rows) {
        if (row > area.bottom) break
        if (row >= area.top) yield { row: row - shift.rows, cells: [...before, ...cells.slice(area.left, area.right + 1)] }
      }
    }
  }
  const merged = [...sheet.merged.filter(({ bottom }) => bottom < first.top), ...sheet.merged.filter((range) => isWithin(range, area)).map(moved)]
  const columns = "columns" in sheet ? { columns: (sheet as NamedSheet).columns.slice(shift.columns) } : {}
  return { shift, sheet: { name: sheet.name, merged, rows, ...columns } }
}

/** Whether a cell holds a number that is no year; notes and titles may have years in cells of their own. */
const isValue = (value: CellValue): boolean => {
  const read = readNumberText(value, { missing: [], decimal: ".", marks: [] })
  return read.kind === "number" && !/^(?:19|20)\d{2}$/.test(read.digits)
}

/** A warning of numbers below the top of the first area that are in none: a row may have been left out by mistake. */
export const outsideAreas = (sheet: Sheet, of: SheetOf, areas: ReadonlyArray<string> | undefined): Fault | undefined => {
  if (areas === undefined) return undefined
  const ranges = areas.map(areaOf)
  const top = Math.min(...ranges.map((range) => range.top))
  let count = 0
  let first = ""
  for (const { cells, row } of sheet.rows) {
    if (row < top) continue
    const across = ranges.filter((range) => row >= range.top && row <= range.bottom)
    for (const [column, value] of cells.entries()) {
      if (value === null || across.some(({ left, right }) => column >= left && column <= right) || !isValue(value)) continue
      if (count++ === 0) first = cellName(column, row)
    }
  }
  if (count === 0) return undefined
  const message = `${count === 1 ? "a number stands" : `${count} numbers stand`} outside of the areas and ${count === 1 ? "is" : "are"} not read, the first in ${first}: look whether the areas are all of the tables`
  return sheetFault(of, "outside-areas", undefined, message)
}

/** The parts of a sheet that are to be read; the sheet itself where no areas are given. */
export const partsOf = (sheet: Sheet, areas: ReadonlyArray<string> | undefined): ReadonlyArray<SheetPart> => {
  if (areas === undefined) return [{ sheet, shift: { rows: 0, columns: 0 } }]
  const ranges = areas.map(areaOf)
  return ranges.map((area) => partOf(sheet, area, ranges[0]!))
}
