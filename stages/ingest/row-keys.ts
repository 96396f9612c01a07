/** What a row of a sheet is about. */
import { labelled } from "../../src/tabular/named-sheet.ts"
import type { CellValue, Sheet, SheetRow } from "../../src/tabular/sheet.ts"
import type { Field } from "./fields.ts"
import { cellText } from "./heads.ts"
import type { KeyPlace } from "./key-places.ts"
import type { Reading } from "./reading.ts"
import { faultAt } from "./sheet-place.ts"
import type { SheetPlan } from "./sheet-plan.ts"
import { readYearText } from "./year-text.ts"

export interface RowKeys {
  /** Whether the row is a heading: it has one where a key says so, and nothing where the values are. */
  readonly isHeading: (row: SheetRow) => boolean
  /** Takes note of a row's keys, for those below that have none of their own: to be told of each row that is not a note, whether or not anything is read of it. */
  readonly pass: (row: SheetRow) => void
  /** What the row says at a key's place; an empty cell that is merged with the one above it, or means it, has its value. */
  readonly cell: (key: KeyPlace, row: SheetRow, field: Field | undefined, which: "entity" | "year") => CellValue
  /** The entity of a field in the row. */
  readonly entity: (text: string, row: number, field: Field) => number | "over" | undefined
  /** The data year; undefined, with a fault, where there is none, or one outside the declared ones. */
  readonly year: (text: CellValue, row: number, field: Field) => number | undefined
}

export const rowKeys = (plan: SheetPlan, sheet: Sheet, { description, faults, lookup }: Reading): RowKeys => {
  const down = Map.groupBy(
    sheet.merged.filter(({ bottom, top }) => bottom > top),
    ({ left }) => left
  )
  const above = new Map<number, CellValue>()
  const keys = [plan.entity, plan.year, plan.variable, plan.subunit, plan.units].filter((key) => key?.per === "row")
  const columns = keys.filter(({ heading }) => heading === undefined).map(({ column }) => column)
  const headed = keys.filter(({ heading }) => heading !== undefined)
  const headings = new Map<KeyPlace, CellValue>()
  const headingsOf = ({ cells }: SheetRow) =>
    headed.length === 0 || plan.fields.some(({ column }) => cellText(cells[column]) !== "")
      ? []
      : headed.filter((key) => {
          const text = cellText(cells[key.column])
          // An entity of which nothing is known has a row without values, which is no heading of a year or a variable.
          return key.heading!(text) && (key === plan.entity || !lookup.isName(text))
        })
  const at = (cells: ReadonlyArray<CellValue>, column: number): CellValue => labelled(sheet, column, cells[column] ?? null)
  const own = (cells: ReadonlyArray<CellValue>, row: number, column: number): CellValue => {
    const value = at(cells, column)
    if (cellText(value) !== "") return value
    const within = down.get(column)?.some(({ bottom, top }) => row > top && row <= bottom) ?? false
    // A unit is no key: one that is not told is not the one above.
    const filled = description.fillDown && !(plan.units?.per === "row" && plan.units.column === column)
    return within || filled ? (above.get(column) ?? null) : null
  }
  const part = (key: KeyPlace & { readonly per: "row" }, value: CellValue): CellValue =>
    key.part === undefined || value === null ? value : key.part(cellText(value))
  const placeOf = (key: KeyPlace, row: number, field: Field) =>
    key.per === "row"
      ? { row, column: key.column, head: key.head }
      : key.per === "column"
        ? { row: key.row, column: field.column, head: "" }
        : { row: key.row, column: 0, head: "" }
  return {
    isHeading: (row) => headingsOf(row).length > 0,
    pass: (row) => {
      const { cells } = row
      const found = headingsOf(row)
      for (const key of found) headings.set(key, cells[key.column]!)
      if (found.length > 0) return
      for (const column of columns) {
        const value = at(cells, column)
        if (cellText(value) !== "") above.set(column, value)
      }
    },
    cell: (key, { cells, row }, field, which) =>
      key.per === "row"
        ? part(key, key.heading === undefined ? own(cells, row, key.column) : (headings.get(key) ?? null))
        : key.per === "column"
          ? (field?.[which] ?? "")
          : key.text,
    entity: (text, row, field) => lookup.find(text, { of: plan, ...placeOf(plan.entity, row, field) }),
    year: (text, row, field) => {
      const printed = readYearText(text, description.marks)
      const place = placeOf(plan.year, row, field)
      if (printed === undefined) {
        faults.push(faultAt(plan, "bad-year", place, cellText(text), "a year as an integer", "write it as one, such as 2003"))
        return undefined
      }
      const edition = description.yearIs === "edition"
      const year = edition ? printed - 1 : printed
      if (description.years === undefined || (year >= description.years.from && year <= description.years.to)) return year
      const { from, to } = description.years
      const expected = edition ? `an edition of ${from + 1} to ${to + 1} (data years ${from} to ${to})` : `a year from ${from} to ${to}`
      faults.push(faultAt(plan, "year-outside", place, cellText(text), expected, "correct the cell, or the years that the node declares"))
      return undefined
    }
  }
}
