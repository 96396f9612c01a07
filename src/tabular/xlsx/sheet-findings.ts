import type { Fault } from "../../dag/stage.ts"
import { cellName, columnLetters } from "../a1.ts"
import { faultOf } from "../fault-of.ts"
import type { CellRange } from "../sheet.ts"
import type { NumberFormat } from "./number-format.ts"
import { listed, shorten } from "./shorten.ts"

/** What can be wrong with cells, and what is told of it behind the names of the cells. */
const problems = {
  "no-stored-result": "formula without a stored result; open the file in a spreadsheet program, which calculates it, and save it",
  "not-a-number": "declared a number, but holding none; open the file in a spreadsheet program and save it anew",
  "not-a-truth": "declared a truth, but neither 0 nor 1; open the file in a spreadsheet program and save it anew",
  "unknown-text": "referring to a text that the workbook's list of texts does not have; the file is damaged: get it again, or save it anew",
  "unknown-cell-type": "of a type that is not among b, d, e, inlineStr, n, s and str; open the file in a spreadsheet program and save it anew",
  "bad-reference": "no place of a sheet, which goes from A1 to XFD1048576; open the file in a spreadsheet program and save it anew",
  "wrong-row": "standing in the file in another row than its name says; open the file in a spreadsheet program and save it anew",
  "out-of-order": "standing in the file behind what comes after it in the sheet, or twice; open the file in a spreadsheet program and save it anew",
  "duplicate-cell": "standing twice in the file; open the file in a spreadsheet program and save it anew",
  "bad-merged-range": "no range of a sheet, though merged; open the file in a spreadsheet program and save it anew",
  "overlapping-merged-ranges": "merged over a range that shares cells with another one; open the file in a spreadsheet program, unmerge them and save it"
} as const
export type CellProblem = keyof typeof problems

/** How the numbers of columns are shown, where what is shown is another number than what is stored. */
const shown = {
  percent: "numbers that are shown as percents",
  scaled: "numbers that are shown as thousands, millions or another part of themselves",
  elapsed: "durations, which are given in days as they are stored",
  undated: "numbers that are formatted as dates but are none (before the first day, after 9999, or 29 February 1900, which never was), and are given as stored"
} as const
export type ShownOtherwise = keyof typeof shown

const NAMED = 5
const COLUMNS_NAMED = 20

interface Problem {
  count: number
  readonly places: Array<string>
  readonly where: { readonly row?: number; readonly column?: string; readonly value?: string }
}

interface Shown {
  readonly columns: Set<number>
  readonly example: { readonly row: number; readonly column: number; readonly value: number; readonly code: string }
}

/** What a sheet's cells come to beside their values. Of many alike, the first are kept and the others counted, so that memory stays bounded. */
export class SheetFindings {
  readonly merged: Array<CellRange> = []
  readonly hiddenColumns: Array<string> = []
  hiddenRows = 0
  firstHiddenRow = 0
  formulas = 0
  covered = 0
  firstCovered = ""
  readonly #problems = new Map<CellProblem, Problem>()
  readonly #shown = new Map<ShownOtherwise, Shown>()

  problem(code: CellProblem, place: string, where: Problem["where"]): void {
    const known = this.#problems.get(code)
    if (known === undefined) this.#problems.set(code, { count: 1, places: [shorten(place)], where })
    else {
      known.count++
      if (known.places.length < NAMED && !known.places.includes(place)) known.places.push(shorten(place))
    }
  }

  otherwise(kind: ShownOtherwise, column: number, row: number, value: number, { code }: NumberFormat): void {
    const known = this.#shown.get(kind)
    if (known === undefined) this.#shown.set(kind, { columns: new Set([column]), example: { row, column, value, code } })
    else known.columns.add(column)
  }

  faults(path: string, sheet: string): ReadonlyArray<Fault> {
    return Array.from(this.#problems, ([code, { count, places, where }]) => {
      const found = where.value === undefined ? "" : ` (found "${where.value}")`
      return faultOf(path, code, `sheet "${shorten(sheet)}", ${listed(places, count)}${found}: ${problems[code]}`, where)
    })
  }

  warnings(path: string, sheet: string, uncalculated: boolean): ReadonlyArray<Fault> {
    const named = `sheet "${shorten(sheet)}"`
    const warnings: Array<Fault> = []
    for (const [kind, { columns, example }] of this.#shown) {
      const letters = Array.from(columns)
        .sort((a, b) => a - b)
        .map(columnLetters)
      const { code, column, row, value } = example
      const format = code === "" ? "" : ` by the format ${shorten(code)}`
      const as =
        kind === "percent"
          ? `${cellName(column, row)} is stored, and given, as ${value} and shown as ${Number((100 * value).toPrecision(12))}%`
          : `such as ${cellName(column, row)}: ${value}${format}`
      const remedy =
        kind === "percent" ? "; say the unit that the stored numbers have" : kind === "scaled" ? "; they are given as stored: say the unit that these have" : ""
      const message = `${named}: ${letters.length === 1 ? "column" : "columns"} ${listed(letters.slice(0, COLUMNS_NAMED), letters.length)} ${letters.length === 1 ? "has" : "have"} ${shown[kind]} (${as})${remedy}`
      warnings.push(faultOf(path, `${kind}-numbers`, message, { row, column: columnLetters(column), value: String(value) }))
    }
    if (this.formulas > 0 && uncalculated)
      warnings.push(
        faultOf(
          path,
          "uncalculated-formulas",
          `${named}: the program that wrote the file wants its ${this.formulas} formulas calculated when it is opened, so their stored results may be none (0, say); open it in a spreadsheet program and save it`
        )
      )
    if (this.hiddenRows > 0)
      warnings.push(
        faultOf(path, "hidden-rows", `${named}: ${this.hiddenRows} hidden rows, the first of them ${this.firstHiddenRow}, are read like the others`, {
          row: this.firstHiddenRow
        })
      )
    if (this.hiddenColumns.length > 0)
      warnings.push(
        faultOf(
          path,
          "hidden-columns",
          `${named}: hidden columns (${listed(this.hiddenColumns.slice(0, COLUMNS_NAMED), this.hiddenColumns.length)}) are read like the others`
        )
      )
    if (this.covered > 0)
      warnings.push(
        faultOf(
          path,
          "covered-cells",
          `${named}: values of ${this.covered} cells that merged cells cover, the first of them ${this.firstCovered}, are left out, as no program shows them; unmerge them to have these`
        )
      )
    return warnings
  }
}
