import { light } from "../page-colours.ts"
import type { Part } from "../part.ts"
import { stableZip } from "../stable-zip.ts"
import { numberParts } from "./decimal-point.ts"
import { type PrintedSheet, printedSheet, type SheetLine } from "./printed-sheet.ts"
import { printedLayout } from "./read-printed.ts"

/**
 * A cell as a number that is shown as the table prints it: 0.7668 under the format 0.000"***". Undefined where the text is not that number (an interval, <0.001, 1.2e-16, a word),
 * and then it is text.
 */
export const numberFormat = (text: string, value: number): string | undefined => {
  const parts = numberParts(text)
  if (parts === undefined || !Number.isFinite(value) || parts.sign === "<" || parts.exponent !== "") return undefined
  const { after, close, fraction, open, sign, symbols, whole } = parts
  const thousands = /\D/.test(whole)
  const percent = symbols.startsWith("%")
  const printed = Number(`${sign}${whole.replace(/\D/g, "")}${fraction}`)
  const places = Math.max(0, fraction.length - 1)
  if (Math.abs(printed - value * (percent ? 100 : 1)) > 0.5000001 * 10 ** -places || `${symbols}${after}`.includes('"')) return undefined
  const number = `${thousands ? "#,##" : ""}0${places === 0 ? "" : `.${"0".repeat(places)}`}${percent ? "%" : ""}`
  const quoted = (part: string) => (part === "" ? "" : `"${part}"`)
  const one = (signed: string) => `${quoted(open)}${signed}${number}${quoted(symbols.slice(percent ? 1 : 0))}${quoted(close)}${quoted(after)}`
  return `${one(sign === "+" ? "+" : "")};${one("-")}`
}

const rule = { thick: { borderStyle: "medium" }, thin: { borderStyle: "thin" }, hair: { borderStyle: "hair" } } as const
const above = (of: keyof typeof rule) => ({ topBorderStyle: rule[of].borderStyle })
const below = (of: keyof typeof rule) => ({ bottomBorderStyle: rule[of].borderStyle })

const lineCells = (sheet: PrintedSheet, line: SheetLine, last: boolean) => {
  const borders = { ...(line.ruled ? above("hair") : {}), ...(last ? below("thick") : {}) }
  const label = {
    value: line.label,
    type: String,
    ...borders,
    ...(line.level > 0 ? { indent: line.level } : {}),
    ...(line.heading ? { fontStyle: "italic" as const } : {})
  }
  return [
    label,
    ...sheet.columns.map(({ beside, numeric }, c) => {
      const text = line.cells[c]!
      const tone = { ...(beside ? { textColor: light.quiet } : {}), ...(line.differs[c]! ? { fontWeight: "bold" as const } : {}) }
      const format = numberFormat(text, line.values[c]!)
      if (format !== undefined) return { value: line.values[c]!, type: Number, format, align: "right" as const, ...tone, ...borders }
      return text === ""
        ? { value: "", type: String, ...borders }
        : { value: text, type: String, align: numeric ? ("right" as const) : ("left" as const), ...tone, ...borders }
    })
  ]
}

const sheetData = (sheet: PrintedSheet, widths: ReadonlyArray<number>) => {
  const total = widths.reduce((sum, width) => sum + width, 0)
  const empty = { value: "", type: String }
  const heads = sheet.heads.map((line, i) => {
    const borders = { ...(i === 0 ? above("thick") : {}), ...(i === sheet.heads.length - 1 ? below("thin") : {}) }
    return [
      { ...empty, ...borders },
      ...line.flatMap(({ group, span, text }) => [
        {
          value: text,
          type: String,
          align: "center" as const,
          ...(text !== "" && (group || span > 1) ? below("hair") : {}),
          ...borders,
          ...(span > 1 ? { columnSpan: span } : {})
        },
        ...Array.from({ length: span - 1 }, () => null)
      ])
    ]
  })
  return [
    [{ value: sheet.title, type: String, fontWeight: "bold" as const }],
    ...heads,
    ...sheet.lines.map((line, i) => lineCells(sheet, line, i === sheet.lines.length - 1)),
    ...sheet.notes.map((note) => [
      {
        value: note,
        type: String,
        textColor: light.quiet,
        wrap: true,
        alignVertical: "top" as const,
        // Excel has no higher rows.
        height: Math.min(409, 13.5 * Math.ceil((note.length * 0.92) / total)),
        columnSpan: widths.length
      },
      ...widths.slice(1).map(() => null)
    ])
  ]
}

// Excel refuses longer names and these characters.
const sheetName = (name: string, taken: Set<string>): string => {
  const base =
    name
      .replace(/[\\/?*[\]:']/g, " ")
      .trim()
      .slice(0, 28) || "table"
  let unique = base
  for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${base} ${n}`
  taken.add(unique.toLowerCase())
  return unique
}

/** On paper a sheet is as wide as a page. */
const fitToPage = (name: string, text: () => string): string | undefined =>
  name.startsWith("xl/worksheets/sheet")
    ? text()
        .replace(/<worksheet[^>]*>/, (opening) => `${opening}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
        .replace("<pageSetup ", '<pageSetup fitToHeight="0" ')
    : undefined

/** PrintedTables as a workbook, a sheet a table: numbers are numbers, shown as the table prints them, with their stars and brackets in the format. */
export const printedXlsx = async (parts: ReadonlyArray<Part>): Promise<Uint8Array> => {
  const { default: writeExcelFile } = await import("write-excel-file/node")
  const taken = new Set<string>()
  const sheets = parts.map(({ name, options, table }) => {
    const sheet = printedSheet(printedLayout(table, options))
    const stub = Math.max(8, ...sheet.lines.map(({ label }) => label.length))
    const widths = [Math.min(60, stub + 2), ...sheet.columns.map((_, c) => Math.max(8, ...sheet.lines.map(({ cells }) => cells[c]!.length + 2)))]
    return {
      data: sheetData(sheet, widths),
      sheet: sheetName(name, taken),
      columns: widths.map((width) => ({ width })),
      stickyRowsCount: 1 + sheet.heads.length,
      stickyColumnsCount: 1,
      showGridLines: false,
      orientation: "landscape"
    }
  })
  const buffer = await (writeExcelFile as (sheets: unknown, options: unknown) => { toBuffer: () => Promise<Uint8Array> })(sheets, {
    fontFamily: "Arial",
    fontSize: 10
  }).toBuffer()
  return stableZip(new Uint8Array(buffer), fitToPage)
}
