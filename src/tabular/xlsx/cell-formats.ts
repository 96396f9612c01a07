import { builtInFormat, type NumberFormat, numberFormat, plainFormat } from "./number-format.ts"
import { spreadsheetRoot } from "./ooxml-names.ts"
import type { WorkbookPackage } from "./workbook-package.ts"

/** The number format of a cell, by what its attribute `s` says; plain where that says nothing or points to nothing. */
export type CellFormats = (style: string | undefined) => NumberFormat

/** Reads the formats of a workbook's part of styles; without such a part every number is plain. */
export const readCellFormats = (file: WorkbookPackage, part: string | undefined): CellFormats => {
  if (part === undefined) return () => plainFormat
  const codes = new Map<string, NumberFormat>()
  const ids: Array<string> = []
  let within = ""
  file.readAll(part, spreadsheetRoot("styleSheet"), {
    open: (name, { formatCode, numFmtId }, depth) => {
      if (depth === 1) within = name
      else if (depth !== 2) return
      else if (within === "numFmts" && name === "numFmt" && numFmtId !== undefined && formatCode !== undefined) codes.set(numFmtId, numberFormat(formatCode))
      else if (within === "cellXfs" && name === "xf") ids.push(numFmtId ?? "0")
    }
  })
  const formats = ids.map((id) => codes.get(id) ?? builtInFormat(Number(id)))
  return (style) => (style === undefined ? formats[0] : formats[Number(style)]) ?? plainFormat
}
