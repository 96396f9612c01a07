import { closeSync, openSync, writeSync } from "node:fs"
import type { Cell } from "./database.ts"
import type { MakeSink } from "./sink.ts"

/** An empty text is told apart from nothing by its quotes, and spaces at either end are kept by them. */
const field = (value: Cell): string => {
  if (value === null) return ""
  const text = String(value)
  return text === "" || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
const line = (row: ReadonlyArray<Cell>): string => `${row.map(field).join(",")}\n`

/** CSV in UTF-8: names in the first line, numbers with all digits that they have, no value as an empty cell. Bytes go to the file as rows come. */
export const csvSink: MakeSink = async (path, columns) => {
  const file = openSync(path, "w")
  writeSync(file, line(columns.map(({ name }) => name)))
  return {
    write: (rows) => {
      writeSync(file, rows.map(line).join(""))
    },
    finish: () => {
      closeSync(file)
      return []
    },
    abandon: () => closeSync(file)
  }
}
