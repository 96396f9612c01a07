import { isTrue, lastWord, spreadsheetRoot, unescaped } from "./ooxml-names.ts"
import { relationshipsOf } from "./relationships.ts"
import { listed, shorten } from "./shorten.ts"
import type { WorkbookPackage } from "./workbook-package.ts"

export interface SheetPart {
  readonly name: string
  readonly hidden: boolean
  /** The part with its cells; undefined for a sheet that has none, such as one of a chart. */
  readonly part: string | undefined
}

/** What the workbook says of itself. */
export interface Workbook {
  /** In the order of the tabs. */
  readonly sheets: ReadonlyArray<SheetPart>
  readonly sharedStrings: string | undefined
  readonly styles: string | undefined
  /** Dates count from 1904. */
  readonly from1904: boolean
  /** The program that wrote it wants all formulas calculated when it is opened: their stored results may be none. */
  readonly uncalculated: boolean
}

const workbookPartOf = (file: WorkbookPackage): string => {
  const part = relationshipsOf(file, "").find(({ type }) => type === "officeDocument")?.part
  if (part === undefined || part === "")
    return file.refuse("not-xlsx", "it is a zip, but no workbook: it does not say which of its files is one; save the table as .xlsx")
  if (/\.bin$/i.test(part)) return file.refuse("not-xlsx", "it is a binary workbook (.xlsb); open it in a spreadsheet program and save it as .xlsx")
  const other = /^\/?word\//i.test(part) ? "a document of Word" : /^\/?ppt\//i.test(part) ? "slides of PowerPoint" : undefined
  if (other !== undefined) return file.refuse("not-xlsx", `it is ${other}, not a workbook; copy the table into a spreadsheet program and save it as .xlsx`)
  return part
}

/** Reads the workbook's list of sheets and what goes for all of them. Throws UnreadableFile. */
export const readWorkbook = (file: WorkbookPackage): Workbook => {
  const part = workbookPartOf(file)
  const related = relationshipsOf(file, part)
  const byId = new Map(related.map((relationship) => [relationship.id, relationship]))
  const sheets: Array<SheetPart> = []
  const lost: Array<string> = []
  let from1904 = false
  let uncalculated = false
  let within = ""
  file.readAll(part, spreadsheetRoot("workbook"), {
    open: (name, attributes, depth) => {
      if (depth === 1) {
        within = name
        if (name === "workbookPr") from1904 = isTrue(attributes["date1904"])
        if (name === "calcPr") uncalculated = isTrue(attributes["fullCalcOnLoad"])
      }
      if (depth !== 2 || within !== "sheets" || name !== "sheet") return
      if (sheets.length >= file.limits.parts)
        file.refuse("too-many-parts", `the workbook has more sheets than the limit \`parts\` of ${file.limits.parts}; split it`)
      // The attribute `id` of the namespace of relationships: the only one with a prefix.
      const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? ""
      const sheetName = unescaped(attributes["name"] ?? "")
      const relationship = byId.get(id)
      if (relationship?.part === undefined) lost.push(`"${shorten(sheetName)}"`)
      const hasCells = relationship?.type === "worksheet"
      const state = attributes["state"] ?? "visible"
      sheets.push({ name: sheetName, hidden: state !== "visible", part: hasCells ? relationship.part : undefined })
    }
  })
  if (lost.length > 0)
    file.refuse(
      "missing-part",
      `the file does not say where the cells of ${listed(lost.slice(0, 5), lost.length)} are; open it in a spreadsheet program and save it anew`
    )
  const parts = sheets.flatMap((sheet) => (sheet.part === undefined ? [] : [sheet.part.toLowerCase()]))
  if (parts.length === 0) file.refuse("no-sheets", "the workbook has no sheet with cells; give the one that has the table")
  if (new Set(parts).size < parts.length)
    file.refuse("duplicate-part", "two sheets of the workbook have the same part as their cells; open it in a spreadsheet program and save it anew")
  const names = sheets.map(({ name }) => name.toLowerCase())
  const twice = names.findIndex((name, i) => names.indexOf(name) < i)
  if (twice !== -1) file.refuse("duplicate-sheet", `two sheets are named "${shorten(sheets[twice]!.name)}"; rename one`)
  const partOf = (word: string) => related.find(({ type }) => lastWord(type) === word)?.part
  return { sheets, sharedStrings: partOf("sharedStrings"), styles: partOf("styles"), from1904, uncalculated }
}
