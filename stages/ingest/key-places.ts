/** Where a sheet names its entities, years and variables: the places that the description gives, found in the sheet. */
import type { Fault } from "@sediment/sediment"
import { didYouMean } from "@sediment/sediment"
import { columnOfLetters } from "../../src/tabular/a1.ts"
import type { CellRange, CellValue } from "../../src/tabular/sheet.ts"
import { cellText, columnsNamed, type Head, headText, spreadRow } from "./heads.ts"
import { columnsOf } from "./missing-columns.ts"
import { meant, type Place, placeInWords } from "./place.ts"
import { type SheetOf, sheetFault } from "./sheet-place.ts"
import { shown } from "./shown.ts"

/** A key found: each row has its own, or each column of values, or the whole sheet has one. */
export type KeyPlace =
  | {
      readonly per: "row"
      readonly column: number
      readonly head: string
      readonly part?: ((text: string) => string) | undefined
      readonly heading?: ((text: string) => boolean) | undefined
    }
  | { readonly per: "column"; readonly row: number; readonly texts: ReadonlyArray<string> }
  | { readonly per: "sheet"; readonly text: string; readonly row: number }

/** The top of a sheet: its first rows, the header rows among them, and what these call the columns. */
export interface SheetTop extends SheetOf {
  readonly rows: ReadonlyMap<number, ReadonlyArray<CellValue>>
  readonly headers: ReadonlyArray<number>
  readonly heads: ReadonlyArray<Head>
  /** The columns by those header rows that do not hold keys. */
  readonly names: ReadonlyArray<Head>
  readonly merged: ReadonlyArray<CellRange>
  /** The unit that the file's format has for a column. */
  readonly unitOf: (column: number) => string | undefined
}

const lastHeader = ({ headers }: SheetTop): number => headers.at(-1) ?? 1

/** The one column with a header; undefined, with a fault, where there is none or several. */
export const columnWith = (top: SheetTop, header: string | ReadonlyArray<string>, faults: Array<Fault>): Head | undefined => {
  const found = columnsNamed(top.heads, header)
  if (found.length === 1) return found[0]
  const text = typeof header === "string" ? header : header.join(" / ")
  const row = lastHeader(top)
  if (found.length === 0) {
    const names = top.heads.map(headText).filter((name) => name !== "")
    const where = { file: top.path, ...(top.sheet === "" ? {} : { sheet: top.sheet }) }
    const message = `there is no column "${shown(text)}"; ${didYouMean(text, names) || columnsOf(where, names, faults)}correct the header, or what the node says of it`
    faults.push(sheetFault(top, "missing-column", row, message, { column: text, expected: `a column "${text}"` }))
  } else {
    const alike = new Set(found.map(headText)).size === 1
    const message = alike
      ? `${found.length === 2 ? "two" : found.length} columns are headed "${shown(text)}"; rename one, or give the column's letter`
      : `"${shown(text)}" names ${found
          .slice(0, 6)
          .map((head) => `"${headText(head)}"`)
          .join(" and ")}: give a list of the headers that tell it apart, or the column's letter`
    faults.push(sheetFault(top, "duplicate-header", row, message, { column: text }))
  }
  return undefined
}

/** What a place means of a text; a text that its pattern does not fit stays, to be told for what it is. Asked for the same text again it does not look again. */
const partOf = (place: Place): ((text: string) => string) => {
  const known = new Map<string, string>()
  return (text) => {
    let part = known.get(text)
    if (part === undefined) known.set(text, (part = meant(place, text) ?? text))
    return part
  }
}

/** Finds a place in a sheet; undefined, with a fault, where the sheet has it not. */
export const findKey = (top: SheetTop, place: Place, faults: Array<Fault>): KeyPlace | undefined => {
  if (typeof place === "string") {
    const head = columnWith(top, place, faults)
    return head === undefined ? undefined : { per: "row", column: head.column, head: place }
  }
  if (place.column !== undefined) {
    const column = columnOfLetters(place.column)
    const head = top.heads.find((one) => one.column === column)
    return { per: "row", column, head: head === undefined ? "" : headText(head), part: place.match === undefined ? undefined : partOf(place) }
  }
  if (place.heading !== undefined) {
    const fits = (text: string) => text !== "" && meant(place, text) !== undefined
    return { per: "row", column: columnOfLetters(place.heading), head: "", part: partOf(place), heading: fits }
  }
  if (place.row !== undefined) {
    const i = top.headers.indexOf(place.row)
    const below = i === -1 ? [] : top.headers.slice(i + 1)
    const width = Math.max(top.heads.length, top.rows.get(place.row)?.length ?? 0)
    const texts = spreadRow(top.rows, place.row, below, top.merged, width)
    if (texts.every((text) => text === "")) {
      faults.push(sheetFault(top, "empty-row", place.row, "there is nothing in this row; correct the row that the description gives"))
      return undefined
    }
    return { per: "column", row: place.row, texts: texts.map(partOf(place)) }
  }
  const { text, row } =
    place.cell !== undefined
      ? cellAt(top, place.cell)
      : { text: place.sheet === true ? top.sheet : place.file === true ? (top.path.split(/[\\/]/).at(-1) ?? "") : String(place.is), row: 1 }
  const found = meant(place, text)
  if (found === undefined || found === "") {
    const expected = place.match === undefined ? "a text" : `a text that matches ${place.match}`
    faults.push(
      sheetFault(
        top,
        "no-key",
        undefined,
        `${placeInWords(place)}: found "${shown(text)}", expected ${expected}; correct the place that the description gives`,
        {
          value: shown(text),
          expected
        }
      )
    )
    return undefined
  }
  return { per: "sheet", text: found, row }
}

const cellAt = ({ rows }: SheetTop, name: string): { readonly text: string; readonly row: number } => {
  const [, letters, digits] = /^([A-Z]+)(\d+)$/.exec(name)!
  const row = Number(digits)
  return { text: cellText(rows.get(row)?.[columnOfLetters(letters!)]), row }
}

/** The last row that a place needs, beside the header rows; 0 where it needs none. */
export const rowOfPlace = (place: Place | undefined): number =>
  place === undefined || typeof place === "string" ? 0 : (place.row ?? (place.cell === undefined ? 0 : Number(/\d+$/.exec(place.cell)![0])))
