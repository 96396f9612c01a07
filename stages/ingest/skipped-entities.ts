/** Entities that a description leaves unread though nothing says so: they stand in its header rows, or between these and its first row of data. */
import type { Fault } from "@sediment/sediment"
import type { SheetRow } from "../../src/tabular/sheet.ts"
import { cellText } from "./heads.ts"
import type { Reading } from "./reading.ts"
import type { RowKeys } from "./row-keys.ts"
import { rowIn, sheetFault } from "./sheet-place.ts"
import type { SheetPlan } from "./sheet-plan.ts"
import { listed, shown } from "./shown.ts"

export interface SkippedEntities {
  /** Is told of each row above the data. */
  readonly pass: (row: SheetRow) => void
  readonly warning: () => Fault | undefined
}

export const skippedEntities = (plan: SheetPlan, keys: RowKeys, { lookup }: Pick<Reading, "lookup">): SkippedEntities => {
  const skipped: Array<{ readonly row: number; readonly text: string }> = []
  return {
    pass: (sheetRow) => {
      const { row } = sheetRow
      // What stands above the headers is a title, or another table.
      if (plan.entity.per !== "row" || !(plan.headers.includes(row) || row > plan.header)) return
      const text = cellText(keys.cell(plan.entity, sheetRow, undefined, "entity"))
      if (lookup.isEntity(text)) skipped.push({ row, text })
    },
    warning: () => {
      const first = skipped[0]
      if (first === undefined) return undefined
      const told = listed(
        skipped.map(({ row, text }) => `"${shown(text, 40)}" (row ${rowIn(plan, row)})`),
        6
      )
      const message = `above the data, where the description has header rows, ${skipped.length === 1 ? "an entity stands, of which" : "entities stand, of which"} nothing is read: ${told}; correct header, or first`
      return sheetFault(plan, "entity-in-header", first.row, message)
    }
  }
}
