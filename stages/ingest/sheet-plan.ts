/** How one sheet is to be read: where its keys stand, and which columns hold values. */
import type { Fault } from "@sediment/sediment"
import { namedColumn } from "../../src/tabular/named-sheet.ts"
import type { Sheet } from "../../src/tabular/sheet.ts"
import { integerRanges } from "../integer-ranges.ts"
import { type Field, fieldsOf } from "./fields.ts"
import { cellText, headsOf, rowsUpTo } from "./heads.ts"
import { columnWith, findKey, type KeyPlace, rowOfPlace, type SheetTop } from "./key-places.ts"
import type { Place } from "./place.ts"
import { type SheetOf, sheetFault } from "./sheet-place.ts"
import { listed, shown } from "./shown.ts"
import type { SourceDescription } from "./source-params.ts"

/** What a description says of the layout, and of a source of subunits where these are named. */
export type Layout = Omit<SourceDescription, "corrections" | "splices"> & { readonly subunit?: Place }

export interface SheetPlan extends SheetOf {
  readonly entity: KeyPlace
  readonly year: KeyPlace
  readonly subunit: KeyPlace | undefined
  /** Undefined where the headers name the variables. */
  readonly variable: KeyPlace | undefined
  readonly units: KeyPlace | undefined
  readonly fields: ReadonlyArray<Field>
  readonly headers: ReadonlyArray<number>
  /** The last header row, the first row of data, and how many cells the header rows have. */
  readonly header: number
  readonly first: number
  readonly width: number
}

const isRow = (place: Place | undefined): place is Exclude<Place, string> & { readonly row: number } =>
  place !== undefined && typeof place !== "string" && place.row !== undefined

const keyRowsOf = ({ entity, units, variable, year }: Layout): ReadonlyArray<number> => [entity, year, variable, units].filter(isRow).map(({ row }) => row)

/** The header rows that a description says, those among them that hold keys. */
export const headerRowsOf = (layout: Layout): ReadonlyArray<number> => {
  const { header = 1 } = layout
  const declared = typeof header === "number" ? [header] : header
  return [...new Set([...declared, ...keyRowsOf(layout)])].sort((a, b) => a - b)
}

const topOf = (sheet: Sheet, of: SheetOf, layout: Layout): SheetTop => {
  const { entity, units, variable, year } = layout
  const keyRows = keyRowsOf(layout)
  const headers = headerRowsOf(layout)
  const rows = rowsUpTo(sheet, Math.max(...headers, ...[entity, year, variable, units].map(rowOfPlace)))
  return {
    ...of,
    rows,
    headers,
    heads: headsOf(rows, headers, sheet.merged),
    // A year or an entity above a column is no part of its variable's name.
    names: headsOf(rows, headers, sheet.merged, (row) => !keyRows.includes(row)),
    merged: sheet.merged,
    unitOf: (column) => namedColumn(sheet, column)?.unit || undefined
  }
}

const passedOver = (top: SheetTop, names: ReadonlyArray<string>): Fault => {
  const one = names.length === 1
  const message = `${one ? "the column" : "the columns"} headed ${listed(
    names.map((text) => `"${shown(text, 50)}"`),
    12
  )} ${one ? "stands under no year, and is" : "stand under no year, and are"} passed over`
  return sheetFault(top, "columns-passed-over", top.headers.at(-1), message)
}

/** Plans the reading of a sheet; undefined, with faults, where its keys are not found. */
export const planSheet = (sheet: Sheet, of: SheetOf, layout: Layout, faults: Array<Fault>, warnings: Array<Fault>): SheetPlan | undefined => {
  const top = topOf(sheet, of, layout)
  if (top.headers.every((row) => (top.rows.get(row) ?? []).every((cell) => cellText(cell) === ""))) {
    const message = `there is nothing in the header row ${integerRanges(top.headers)}; expected one there and data below it: correct the row that the description gives`
    faults.push(sheetFault(top, "empty-file", undefined, top.rows.size === 0 ? "there is nothing in it; expected a header and data below it" : message))
    return undefined
  }
  const find = (place: Place | undefined) => (place === undefined ? undefined : findKey(top, place, faults))
  const entity = find(layout.entity)
  const year = find(layout.year)
  const subunit = find(layout.subunit)
  const units = find(layout.units)
  const labels = layout.long === undefined ? undefined : columnWith(top, layout.long.variable, faults)
  const variable = labels === undefined ? find(layout.variable) : ({ per: "row", column: labels.column, head: layout.long!.variable } as const)
  const nowhere = { per: "sheet", text: "", row: 1 } as const
  const keys = { entity: entity ?? nowhere, year: year ?? nowhere, variable, units }
  const unnamed = layout.long !== undefined && labels === undefined
  const { fields, notYears } = unnamed ? { fields: [], notYears: [] } : fieldsOf(top, keys, layout.variables, layout.long?.value, faults, layout.marks)
  if (notYears.length > 0) warnings.push(passedOver(top, notYears))
  if (entity === undefined || year === undefined || unnamed || (layout.subunit !== undefined && subunit === undefined)) return undefined
  const header = top.headers.at(-1)!
  const width = Math.max(0, ...top.headers.map((row) => top.rows.get(row)?.length ?? 0))
  return { ...of, entity, year, subunit, variable, units, fields, headers: top.headers, header, first: layout.first ?? header + 1, width }
}
