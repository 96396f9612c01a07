/** Reads a sheet's cells into observations, as the source's description says. */
import type { Fault } from "@sediment/sediment"
import type { SheetRow } from "../../src/tabular/sheet.ts"
import type { SheetPart } from "./areas.ts"
import { type Field, labelOf } from "./fields.ts"
import { cellText, squeezed } from "./heads.ts"
import { readNumberText } from "./number-text.ts"
import type { ReadPlace } from "./observations.ts"
import { readCell } from "./read-cell.ts"
import type { Reading } from "./reading.ts"
import { rowKeys } from "./row-keys.ts"
import { type RowLabel, rowLabels } from "./row-labels.ts"
import { faultAt, rowIn, sheetFault, sheetInWords } from "./sheet-place.ts"
import { planSheet, type SheetPlan } from "./sheet-plan.ts"
import { skippedEntities } from "./skipped-entities.ts"
import { unitInNote } from "./unit.ts"
import { unreadColumns } from "./unread-columns.ts"

/** Reading stops where a file has so many faults that it is probably not the one that was described. */
const tooMany = 5000
const noField: Field = { column: 0, head: "", variable: undefined, entity: undefined, year: undefined, unit: undefined }

/** A cell that an earlier one gave already is a fault: one for each row and key. */
const repeats = (plan: SheetPlan, number: number, { description, entities, faults, lookup, sheets }: Reading) => {
  const told = new Set<string>()
  return (variable: string, entity: number, subunit: string, year: number, row: number, before: ReadPlace) => {
    const long = description.long !== undefined || plan.variable?.per === "row"
    const further = [...(subunit === "" ? [] : [subunit]), ...(long ? [labelOf(variable, description.variables[variable]!)] : [])]
    const value = [entities[entity]!, year, ...further].join(", ")
    if (told.has(`${row} ${value}`)) return
    told.add(`${row} ${value}`)
    const there = before.sheet === number ? `in row ${before.row}` : `in ${sheetInWords(sheets[before.sheet]!)}, row ${before.row}`
    const message = `found (${value}) again, expected it once; it stands already ${there}: keep one of them, or say repeated: "same" or "last"${lookup.mistaken(entity)}`
    faults.push(sheetFault(plan, "duplicate-key", row, message, { entity: entities[entity]!, year, value, expected: "it once" }))
  }
}

/** A row that begins as a note does, and has numbers as the data have them. */
const noteWithValue = (plan: SheetPlan, row: number, cells: SheetRow["cells"], { column, head }: Field): Fault => {
  const begins = cellText(cells.find((cell) => cellText(cell) !== ""))
  const remedy = `the row begins with "${begins}", which footnotes takes for a note: give more of the notes' beginning there, or correct the row`
  return faultAt(plan, "note-with-value", { row, column, head }, cellText(cells[column]), "no number in a note", remedy)
}

/** Reads one sheet, or a part of one that is a table of its own. `ragged`: the format leaves out empty cells at a row's end, so that a short row is none the worse. */
export const readSheet = ({ sheet, shift }: SheetPart, path: string, ragged: boolean, reading: Reading): void => {
  const { description, faults, labels, lookup, meant, observations, places, sheets } = reading
  const of = { path, sheet: sheet.name, shift }
  const number = sheets.push(of) - 1
  const plan = planSheet(sheet, of, description, faults, reading.warnings)
  if (plan === undefined) return
  const keys = rowKeys(plan, sheet, reading)
  const again = repeats(plan, number, reading)
  const notes = description.footnotes.map(squeezed)
  const labelled = rowLabels(description)
  const unread = unreadColumns(plan, description)
  const skipped = skippedEntities(plan, keys, reading)
  const fields = plan.fields.length > 0 ? plan.fields : [noField]

  /** The unit that is told nearest to the cell: by the row, behind its label, by the column, for the whole sheet. */
  const unitAt = (sheetRow: SheetRow, field: Field, label: RowLabel | undefined): string | undefined => {
    const { units } = plan
    const told = units?.per === "row" ? unitInNote(cellText(keys.cell(units, sheetRow, field, "entity"))) : ""
    return told || label?.unit || field.unit || (units?.per === "sheet" ? unitInNote(units.text) : undefined)
  }
  const read = (
    variable: string,
    field: Field,
    { cells, row }: SheetRow,
    unit: string | undefined,
    key: { readonly entity: number; readonly year: number } | undefined
  ) => readCell(cells[field.column] ?? null, { of: plan, field, row, variable, unit, key }, reading)

  const take = (variable: string, field: Field, sheetRow: SheetRow, unit: string | undefined, entity: number, subunit: string, year: number) => {
    const at = observations.row(entity, subunit, year)
    const before = observations.placeOf(variable, at)
    if (before !== undefined && description.repeated === "fault") return again(variable, entity, subunit, year, sheetRow.row, before)
    const { corrected, source, value } = read(variable, field, sheetRow, unit, { entity, year })
    if (before !== undefined) {
      if (Number.isNaN(value)) return
      const stands = observations.value(variable, at)
      if (description.repeated === "same" && !Number.isNaN(stands)) {
        if (stands !== value) again(variable, entity, subunit, year, sheetRow.row, before)
        return
      }
    }
    observations.set(variable, at, value, { sheet: number, row: rowIn(plan, sheetRow.row) })
    if (source !== undefined && (corrected || places.wanted())) observations.tell(variable, at, source, corrected)
  }

  const takeRow = (sheetRow: SheetRow, label?: RowLabel) => {
    const { cells, row } = sheetRow
    const subunit = plan.subunit === undefined ? "" : cellText(keys.cell(plan.subunit, sheetRow, undefined, "entity"))
    if (plan.subunit?.per === "row" && subunit === "")
      faults.push(faultAt(plan, "missing-unit", { row, ...plan.subunit }, "", "the name of a unit", "write it"))
    // Fields of one row mostly share their keys, and what is wrong with a key is told once.
    const entities = new Map<string, number | "over" | undefined>()
    const years = new Map<unknown, number | undefined>()
    const empty = plan.fields.every(({ column }) => cellText(cells[column]) === "")
    for (const field of fields) {
      const entityText = cellText(keys.cell(plan.entity, sheetRow, field, "entity"))
      if (entityText === "" && empty) return // a heading, or a note
      if (!entities.has(entityText)) entities.set(entityText, keys.entity(entityText, row, field))
      const entity = entities.get(entityText)
      if (entity === "over") continue
      const yearCell = keys.cell(plan.year, sheetRow, field, "year")
      if (!years.has(yearCell)) years.set(yearCell, keys.year(yearCell, row, field))
      const year = years.get(yearCell)
      const variable = field.variable ?? label?.variable
      const unit = unitAt(sheetRow, field, label)
      if (entity !== undefined && year !== undefined) {
        if (variable !== undefined) take(variable, field, sheetRow, unit, entity, subunit, year)
        else observations.row(entity, subunit, year)
        continue
      }
      if (year !== undefined) for (const guess of lookup.meant(entityText)) meant.add(`${year} ${guess}`)
      if (variable !== undefined) read(variable, field, sheetRow, unit, undefined)
    }
  }

  let rows = 0
  for (const sheetRow of sheet.rows) {
    const { cells, row } = sheetRow
    if (row < plan.first) {
      skipped.pass(sheetRow)
      continue
    }
    if ((description.last !== undefined && row > description.last) || faults.length + lookup.unknown() > tooMany) break
    const ends = cells.findLastIndex((cell) => cellText(cell) !== "") + 1
    if (ends === 0) continue
    const begins = notes.length === 0 ? "" : squeezed(cellText(cells.find((cell) => cellText(cell) !== "")))
    if (keys.isHeading(sheetRow)) {
      keys.pass(sheetRow)
      continue
    }
    if (notes.some((note) => begins.startsWith(note))) {
      const value = plan.fields.find(({ column }) => readNumberText(cells[column] ?? null, description, true).kind === "number")
      if (value === undefined) continue
      faults.push(noteWithValue(plan, row, cells, value))
      rows++
      continue
    }
    keys.pass(sheetRow)
    unread.pass(sheetRow)
    rows++
    if (!ragged && (cells.length < plan.width || ends > plan.width)) {
      const expected = `${plan.width} cells, as in the header`
      const message = `found ${cells.length} cells, expected ${expected}; quote cells that hold a comma`
      faults.push(sheetFault(plan, "ragged-row", row, message, { value: `${cells.length} cells`, expected }))
      continue
    }
    if (plan.variable === undefined || plan.variable.per === "column") {
      takeRow(sheetRow)
      continue
    }
    const label = cellText(keys.cell(plan.variable, sheetRow, undefined, "entity"))
    if (labels.size < 1000) labels.add(label)
    const found = labelled(label)
    if (found !== undefined) takeRow(sheetRow, found)
  }
  for (const warning of [unread.warning(), skipped.warning()]) if (warning !== undefined) reading.warnings.push(warning)
  if (rows === 0) {
    const message = `there is nothing below a header; expected a header in row ${rowIn(plan, plan.header)} and data from row ${rowIn(plan, plan.first)} on`
    faults.push(sheetFault(plan, "empty-file", undefined, message))
  }
}
