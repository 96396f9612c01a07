import { strToU8, zipSync } from "fflate"
import { type CellValue, type SheetFile, UnreadableFile } from "../../../src/tabular/sheet.ts"
import { readXlsx, type XlsxOptions } from "../../../src/tabular/xlsx/read-xlsx.ts"

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

export const relationships = (...list: ReadonlyArray<readonly [id: string, type: string, target: string]>): string =>
  `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join("")}</Relationships>`

/** A sheet's part with these rows as XML, and what stands behind them. */
export const sheetXml = (rows: string, after = "", before = ""): string =>
  `${HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}"><dimension ref="A1"/>${before}<sheetData>${rows}</sheetData>${after}</worksheet>`

export const stringsXml = (...items: ReadonlyArray<string>): string => `${HEAD}<sst xmlns="${MAIN}">${items.map((item) => `<si>${item}</si>`).join("")}</sst>`

/** Formats of numbers: style n of a cell is the format n here; a number is one that programs know. */
export const stylesXml = (...formats: ReadonlyArray<string | number>): string => {
  const codes = formats.flatMap((format, i) =>
    typeof format === "string"
      ? [`<numFmt numFmtId="${200 + i}" formatCode="${format.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")}"/>`]
      : []
  )
  return `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts>${codes.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${formats
    .map((format, i) => `<xf numFmtId="${typeof format === "string" ? 200 + i : format}"/>`)
    .join("")}</cellXfs></styleSheet>`
}

export interface Made {
  /** Rows of the only sheet, or the parts of sheets by name. */
  readonly sheets: string | Readonly<Record<string, string>>
  readonly strings?: string
  readonly styles?: string
  /** Attributes of `<sheet>` by name, `<workbookPr>` and what stands behind the sheets. */
  readonly states?: Readonly<Record<string, string>>
  readonly properties?: string
  readonly after?: string
  /** Parts that replace others or come to them; undefined takes a part out. */
  readonly parts?: Readonly<Record<string, string | Uint8Array | undefined>>
}

/** The parts of a workbook as texts. */
export const workbookParts = ({ after = "", parts = {}, properties = "", sheets, states = {}, strings, styles }: Made): Record<string, Uint8Array> => {
  const named = Object.entries(typeof sheets === "string" ? { Sheet1: sheetXml(sheets) } : sheets)
  const texts: Record<string, string | Uint8Array | undefined> = {
    "[Content_Types].xml": `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    "_rels/.rels": relationships(["rId1", "officeDocument", "xl/workbook.xml"]),
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${properties}<sheets>${named
      .map(([name], i) => `<sheet name="${name}" sheetId="${i + 1}" ${states[name] ?? ""} r:id="rId${i + 1}"/>`)
      .join("")}</sheets>${after}</workbook>`,
    "xl/_rels/workbook.xml.rels": relationships(
      ...named.map((_, i) => [`rId${i + 1}`, "worksheet", `worksheets/sheet${i + 1}.xml`] as const),
      ["s1", "sharedStrings", "sharedStrings.xml"],
      ["s2", "styles", "/xl/styles.xml"]
    ),
    ...Object.fromEntries(named.map(([, xml], i) => [`xl/worksheets/sheet${i + 1}.xml`, xml])),
    "xl/sharedStrings.xml": strings ?? stringsXml(),
    "xl/styles.xml": styles ?? stylesXml(0),
    ...parts
  }
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text === undefined ? [] : [[name, typeof text === "string" ? strToU8(text) : text]]))
  )
}

export const workbookBytes = (made: Made): Uint8Array => zipSync(workbookParts(made), { mtime: new Date(1980, 0, 1) })

export const read = (made: Made | Uint8Array, options?: XlsxOptions): Promise<SheetFile> =>
  readXlsx({ path: "data/book.xlsx", bytes: made instanceof Uint8Array ? made : workbookBytes(made) }, options)

/** All cells of a sheet, by row. */
export const cellsOf = (file: SheetFile, sheet = 0): Record<number, ReadonlyArray<CellValue>> =>
  Object.fromEntries(Array.from(file.sheets[sheet]!.rows, ({ cells, row }) => [row, cells]))

/** The messages of the faults that a file is refused with. */
export const faultsOf = async (made: Made | Uint8Array, options?: XlsxOptions): Promise<ReadonlyArray<string>> => {
  try {
    await read(made, options)
  } catch (error) {
    if (error instanceof UnreadableFile) return error.faults.map(({ code, message }) => `${code}: ${message}`)
    throw error
  }
  throw new Error("the file was read")
}
