/** Numbers that a description leaves unread though nothing says so: they stand under no year or entity, where every other column of values has one above it. */
import type { Fault } from "@sediment/sediment"
import type { SheetRow } from "../../src/tabular/sheet.ts"
import { readNumberText } from "./number-text.ts"
import { lettersIn, rowIn, sheetFault } from "./sheet-place.ts"
import type { SheetPlan } from "./sheet-plan.ts"
import { listed } from "./shown.ts"
import type { SourceDescription } from "./source-params.ts"

export interface UnreadColumns {
  readonly pass: (row: SheetRow) => void
  readonly warning: () => Fault | undefined
}

export const unreadColumns = (plan: SheetPlan, style: Pick<SourceDescription, "missing" | "decimal" | "marks">): UnreadColumns => {
  const keys = [plan.entity, plan.year, plan.variable, plan.subunit, plan.units]
  const across = keys.filter((key) => key?.per === "column").map(({ texts }) => texts)
  const read = new Set([...plan.fields.map(({ column }) => column), ...keys.flatMap((key) => (key?.per === "row" ? [key.column] : []))])
  const firstOf = new Map<number, number>()
  const isHeaded = (column: number) => across.some((texts) => (texts[column] ?? "") !== "")
  return {
    pass: ({ cells, row }) => {
      if (across.length === 0) return
      cells.forEach((cell, column) => {
        if (cell === null || firstOf.has(column) || read.has(column) || isHeaded(column)) return
        if (readNumberText(cell, style, true).kind === "number") firstOf.set(column, row)
      })
    },
    warning: () => {
      if (firstOf.size === 0) return undefined
      const places = [...firstOf].sort(([a], [b]) => a - b).map(([column, row]) => `${lettersIn(plan, column)} (from row ${rowIn(plan, row)})`)
      const message = `numbers without a year or an entity above them are not read, in ${places.length === 1 ? "column" : "columns"} ${listed(places, 12)}: look whether the header rows are the right ones`
      return sheetFault(plan, "unread-columns", plan.header, message)
    }
  }
}
