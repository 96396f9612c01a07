/**
 * Reads Excel workbooks (.xlsx and .xlsm; Office Open XML, ECMA-376 parts 1 and 2, transitional and strict), as Excel, WPS, LibreOffice and openpyxl write
 * them, and files that are made to do harm, in bounded memory.
 */
import type { Fault } from "../../dag/stage.ts"
import { faultOf } from "../fault-of.ts"
import { type SheetFile, UnreadableFile } from "../sheet.ts"
import { readCellFormats } from "./cell-formats.ts"
import type { CellContext } from "./cell-value.ts"
import { type CheckedSheet, checkedSheet, upTo } from "./check-sheet.ts"
import { defaultXlsxLimits, type XlsxLimits } from "./limits.ts"
import { notZip, otherZip } from "./other-formats.ts"
import { readSharedStrings } from "./shared-strings.ts"
import { listed, shorten } from "./shorten.ts"
import { WorkbookPackage } from "./workbook-package.ts"
import { readWorkbook } from "./workbook-part.ts"

export interface XlsxOptions {
  /** Names of the sheets that are wanted: the others are there too, but nothing is told of them, and they are looked at only if their rows are asked for. Without it, all are. */
  readonly sheets?: ReadonlyArray<string> | undefined
  /** What the workbook may cost, where it is not to be the default. */
  readonly limits?: Partial<XlsxLimits> | undefined
}

/** What is told of sheets that cannot be read, where others can. */
const unreadable = (path: string, { faults, sheet }: CheckedSheet): ReadonlyArray<Fault> => {
  const [first, ...others] = faults()
  if (first === undefined) return []
  const more = others.length > 0 ? `, and ${others.length} more faults` : ""
  return [faultOf(path, "unreadable-sheet", `sheet "${shorten(sheet.name)}" cannot be read, while others can: ${first.message.slice(path.length + 2)}${more}`)]
}

/**
 * The sheets of a workbook in the order of its tabs, hidden ones too. Rows are made as they are asked for and are not kept; texts that cells share are.
 *
 * Every sheet that is wanted is read once to check it. The promise rejects with UnreadableFile if the file is no workbook, is damaged, or goes beyond the
 * limits, and if none of these sheets can be read, with the faults of all of them. If some can be, the others are told by warnings, and their rows throw
 * their faults: a scratch sheet does no harm to whoever does not ask for it. Warnings also tell hidden sheets, rows and columns, numbers that are shown as
 * percents or scaled, and values that merged cells cover, which are left out.
 */
export const readXlsx = async (file: { readonly path: string; readonly bytes: Uint8Array }, options: XlsxOptions = {}): Promise<SheetFile> => {
  const { path } = file
  const limits = { ...defaultXlsxLimits, ...options.limits }
  const other = notZip(file.bytes)
  if (other !== undefined) throw new UnreadableFile([faultOf(path, ...other)])
  const opened = new WorkbookPackage(file, limits)
  const otherKind = otherZip((name) => opened.has(name))
  if (otherKind !== undefined) throw new UnreadableFile([faultOf(path, ...otherKind)])

  const workbook = readWorkbook(opened)
  const context: CellContext = {
    strings: readSharedStrings(opened, workbook.sharedStrings),
    formats: readCellFormats(opened, workbook.styles),
    from1904: workbook.from1904
  }
  const sheets = workbook.sheets.flatMap((sheet) => (sheet.part === undefined ? [] : [checkedSheet(opened, sheet, sheet.part, context, workbook)]))
  const wanted = sheets.filter(({ sheet }) => options.sheets?.includes(sheet.name) ?? true)
  const faults = wanted.map((sheet) => sheet.faults())
  if (wanted.length > 0 && faults.every(({ length }) => length > 0)) throw new UnreadableFile(upTo(limits.faults, path, faults.flat()))
  const cellless = workbook.sheets.flatMap(({ name, part }) => (part === undefined ? [`"${shorten(name)}"`] : []))
  return {
    sheets: sheets.map(({ sheet }) => sheet),
    warnings: [
      ...(cellless.length === 0 || options.sheets !== undefined
        ? []
        : [
            faultOf(path, "no-cells", `${listed(cellless.slice(0, 5), cellless.length)} in the workbook holds no cells but a chart or a macro, and is left out`)
          ]),
      ...wanted.flatMap((sheet) => [...sheet.warnings(), ...unreadable(path, sheet)])
    ]
  }
}
