import type { Fault } from "../../dag/stage.ts"
import { cellName } from "../a1.ts"
import { faultOf } from "../fault-of.ts"
import { type Sheet, type SheetRow, UnreadableFile } from "../sheet.ts"
import type { CellContext } from "./cell-value.ts"
import { CoveredCells, rangeName } from "./merged-ranges.ts"
import { SheetFindings } from "./sheet-findings.ts"
import { type FilledCells, sheetRows, wholeRow } from "./sheet-rows.ts"
import { shorten } from "./shorten.ts"
import type { WorkbookPackage } from "./workbook-package.ts"
import type { SheetPart, Workbook } from "./workbook-part.ts"

/** As many faults as are told, and the number of those that are not. */
export const upTo = (limit: number, path: string, faults: ReadonlyArray<Fault>): ReadonlyArray<Fault> =>
  faults.length <= limit
    ? faults
    : [...faults.slice(0, limit), faultOf(path, "more-faults", `${faults.length - limit} more faults are not told; correct these first`)]

/** What is wrong with a sheet, and what came to light beside. */
interface Check {
  readonly faults: ReadonlyArray<Fault>
  readonly findings: SheetFindings
}

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
const check = (file: WorkbookPackage, name: string, part: string, context: CellContext): Check => {
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
  return { faults: [...findings.faults(path, name), ...broken], findings }
}

/** A sheet that is checked when something of it is asked for, once. */
export interface CheckedSheet {
  readonly sheet: Sheet
  readonly faults: () => ReadonlyArray<Fault>
  readonly warnings: () => ReadonlyArray<Fault>
}

export const checkedSheet = (file: WorkbookPackage, { hidden, name }: SheetPart, part: string, context: CellContext, workbook: Workbook): CheckedSheet => {
  let known: Check | undefined
  const checked = (): Check => (known ??= check(file, name, part, context))
  const { path } = file
  const rows = function* (): Generator<SheetRow> {
    const { faults, findings } = checked()
    if (faults.length > 0) throw new UnreadableFile(upTo(file.limits.faults, path, faults))
    const covered = new CoveredCells(findings.merged)
    for (const filled of sheetRows(file, part, context, new SheetFindings())) {
      const { cells, row } = wholeRow(filled)
      covered.uncover(row, cells)
      if (cells.length > 0) yield { row, cells }
    }
  }
  return {
    sheet: {
      name,
      get merged() {
        return checked().findings.merged
      },
      rows: { [Symbol.iterator]: rows }
    },
    faults: () => checked().faults,
    warnings: () => {
      const { faults, findings } = checked()
      return [
        ...(hidden ? [faultOf(path, "hidden-sheet", `sheet "${shorten(name)}" is hidden in the workbook; it is read like the others`)] : []),
        ...(faults.length > 0 ? [] : findings.warnings(path, name, workbook.uncalculated))
      ]
    }
  }
}
