import type { StoredTable } from "../../artifact/column.ts"
import { printedSheet } from "./printed-sheet.ts"
import { type LayoutOptions, printedLayout } from "./read-printed.ts"

// A number as tables print it, or a sign alone: what may begin with a sign and is no formula.
const printed = /^[+-]?(?:\d[\d,' ]*(?:\.\d+)?(?:e[+-]?\d+)?)?[^\w\s.,()[\]{}|<>=@!-]{0,4}$/

/** A field of CSV; what a spreadsheet would take for a formula stands behind an apostrophe, as it does when typed. */
const field = (text: string): string => {
  const safe = /^\s*[=@+＝＠＋-]/.test(text) && !printed.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A PrintedTable as CSV, as it is printed: a line of headings, a line a row, no notes. */
export const printedCsv = (table: StoredTable, options: LayoutOptions = {}): string => {
  const { columns, heads, lines } = printedSheet(printedLayout(table, options))
  const headings: Array<Array<string>> = columns.map(() => [])
  for (const head of heads) {
    let at = 0
    for (const { span, text } of head) {
      for (let c = at; c < at + span; c++) if (text !== "") headings[c]!.push(text)
      at += span
    }
  }
  const body = lines.map(({ cells, label }) => [label, ...cells])
  return `${[["", ...headings.map((parts) => parts.join(": "))], ...body].map((line) => line.map(field).join(",")).join("\n")}\n`
}
