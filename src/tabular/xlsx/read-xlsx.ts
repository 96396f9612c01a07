/**
 * Reads Excel workbooks (.xlsx and .xlsm; Office Open XML, ECMA-376 parts 1 and 2, transitional and strict), as Excel, WPS, LibreOffice and openpyxl write
 * them, and files that are made to do harm, in bounded memory.
 */
import type { Fault } from "../../dag/stage.ts"
import { cellName } from "../a1.ts"
import { faultOf } from "../fault-of.ts"
import { type Sheet, type SheetFile, type SheetRow, UnreadableFile } from "../sheet.ts"
import { readCellFormats } from "./cell-formats.ts"
import type { CellContext } from "./cell-value.ts"
import { defaultXlsxLimits, type XlsxLimits } from "./limits.ts"
import { CoveredCells, rangeName } from "./merged-ranges.ts"
import { notZip, otherZip } from "./other-formats.ts"
import { readSharedStrings } from "./shared-strings.ts"
import { SheetFindings } from "./sheet-findings.ts"
import { type FilledCells, sheetRows, wholeRow } from "./sheet-rows.ts"
import { listed, shorten } from "./shorten.ts"
import { WorkbookPackage } from "./workbook-package.ts"
import { readWorkbook, type SheetPart } from "./workbook-part.ts"

export interface XlsxOptions {
  /** What the workbook may cost, where it is not to be the default. */
  readonly limits?: Partial<XlsxLimits> | undefined
}

/** A sheet, what is wrong with it and what is worth telling. */
interface Checked {
  readonly sheet: Sheet
  readonly faults: ReadonlyArray<Fault>
  readonly warnings: ReadonlyArray<Fault>
}

/** As many faults as are told, and the number of those that are not. */
const upTo = (limit: number, path: string, faults: ReadonlyArray<Fault>): ReadonlyArray<Fault> =>
  faults.length <= limit
    ? faults
    : [...faults.slice(0, limit), faultOf(path, "more-faults", `${faults.length - limit} more faults are not told; correct these first`)]

/** What merged ranges cover; a pass over the rows as far as the ranges reach. */
const findCovered = (rows: Iterable<FilledCells>, covered: CoveredCells, lastRow: number, findings: SheetFindings): void => {
  for (const filled of rows) {
    const { cells, row } = wholeRow(filled)
    if (row > lastRow) return
    const columns = covered.uncover(row, cells)
    if (findings.covered === 0 && columns.length > 0) findings.firstCovered = cellName(columns[0]!, row)
    findings.covered += columns.length
  }
}

/**
 * Reads a sheet once from its beginning to its end, keeping no row: merged ranges stand behind the rows in the file, and whoever asks for rows should know
 * before that none of them is broken.
 */
const checkSheet = (file: WorkbookPackage, { hidden, name }: SheetPart, part: string, context: CellContext, uncalculated: boolean): Checked => {
  const findings = new SheetFindings()
  const { merged } = findings
  const { path } = file
  const broken: Array<Fault> = []
  try {
    for (const _ of sheetRows(file, part, context, findings));
    const overlapping = new CoveredCells(merged).advance(Number.POSITIVE_INFINITY)
    if (overlapping !== undefined) findings.problem("overlapping-merged-ranges", rangeName(overlapping), { row: overlapping.top })
    else if (merged.length > 0) {
      const lastRow = merged.reduce((last, { bottom }) => Math.max(last, bottom), 0)
      findCovered(sheetRows(file, part, context, new SheetFindings()), new CoveredCells(merged), lastRow, findings)
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    broken.push(...error.faults.map((fault) => ({ ...fault, message: fault.message.replace(`${path}: `, () => `${path}: sheet "${shorten(name)}": `) })))
  }
  const faults = [...findings.faults(path, name), ...broken]
  const rows = function* (): Generator<SheetRow> {
    if (faults.length > 0) throw new UnreadableFile(upTo(file.limits.faults, path, faults))
    const covered = new CoveredCells(merged)
    for (const filled of sheetRows(file, part, context, new SheetFindings())) {
      const { cells, row } = wholeRow(filled)
      covered.uncover(row, cells)
      if (cells.length > 0) yield { row, cells }
    }
  }
  const warnings = faults.length > 0 ? [] : findings.warnings(path, name, uncalculated)
  return {
    sheet: { name, merged, rows: { [Symbol.iterator]: rows } },
    faults,
    warnings: hidden ? [faultOf(path, "hidden-sheet", `sheet "${shorten(name)}" is hidden in the workbook; it is read like the others`), ...warnings] : warnings
  }
}

/** What is told of sheets that cannot be read, where others can. */
const unreadable = (path: string, { faults, sheet }: Checked): ReadonlyArray<Fault> => {
  const [first] = faults
  if (first === undefined) return []
  const more = faults.length > 1 ? `, and ${faults.length - 1} more faults` : ""
  return [faultOf(path, "unreadable-sheet", `sheet "${shorten(sheet.name)}" cannot be read, while others can: ${first.message.slice(path.length + 2)}${more}`)]
}

/**
 * The sheets of a workbook in the order of its tabs, hidden ones too. Rows are made as they are asked for and are not kept; texts that cells share are.
 *
 * Every sheet is read once to check it. The promise rejects with UnreadableFile if the file is no workbook, is damaged, or goes beyond the limits, and if no
 * sheet can be read, with the faults of all of them. If some can be, the others are told by warnings, and their rows throw their faults: a scratch sheet does
 * no harm to whoever does not ask for it. Warnings also tell hidden rows and columns, numbers that are shown as percents or scaled, and values that merged
 * cells cover, which are left out.
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
  const checked = workbook.sheets.flatMap((sheet) => (sheet.part === undefined ? [] : [checkSheet(opened, sheet, sheet.part, context, workbook.uncalculated)]))
  if (checked.every(({ faults }) => faults.length > 0)) {
    throw new UnreadableFile(
      upTo(
        limits.faults,
        path,
        checked.flatMap(({ faults }) => faults)
      )
    )
  }
  const cellless = workbook.sheets.flatMap(({ name, part }) => (part === undefined ? [`"${shorten(name)}"`] : []))
  return {
    sheets: checked.map(({ sheet }) => sheet),
    warnings: [
      ...(cellless.length === 0
        ? []
        : [
            faultOf(path, "no-cells", `${listed(cellless.slice(0, 5), cellless.length)} in the workbook holds no cells but a chart or a macro, and is left out`)
          ]),
      ...checked.flatMap((sheet) => [...sheet.warnings, ...unreadable(path, sheet)])
    ]
  }
}
