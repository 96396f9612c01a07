import {
  AlignmentType,
  BorderStyle,
  type FileChild,
  type IBorderOptions,
  type ITableBordersOptions,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType
} from "docx"
import type { StoredTable } from "../../artifact/column.ts"
import { light } from "../page-colours.ts"
import { wordCaption } from "../word-caption.ts"
import { atDecimalPoint } from "./decimal-point.ts"
import { type PrintedSheet, printedSheet } from "./printed-sheet.ts"
import { type LayoutOptions, printedLayout } from "./read-printed.ts"

// Widths in Times, in thousandths of the font size: of all that a number is written with.
const times: Readonly<Record<string, number>> = { ".": 250, "-": 333, "(": 333, ")": 333, "[": 333, "]": 333, "{": 480, "}": 480, "<": 564, "+": 564, e: 444 }
const twips = (text: string, points: number): number => {
  let thousandths = 0
  for (const character of text) thousandths += character.codePointAt(0)! > 0x2e80 ? 1000 : (times[character] ?? (/[a-zA-Z]/.test(character) ? 520 : 500))
  return Math.ceil((thousandths * points * 20) / 1000)
}

const none: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: "auto" }
const line = (eighths: number): IBorderOptions => ({ style: BorderStyle.SINGLE, size: eighths, color: "auto" })
const noBorders: ITableBordersOptions = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none }
const cellGap = 60
// Word's and LibreOffice's own Times differ by a little: with less room a number would be broken into two lines.
const slack = 80

/** What a page of A4 with margins of 2.5 cm holds, in twentieths of a point: upright, and on its side. */
const portrait = { width: 9070, height: 14002 }
const landscape = { width: 14002, height: 9070 }

interface Widths {
  readonly points: number
  readonly stub: number
  readonly columns: ReadonlyArray<number>
}

/** How wide a table's columns are when set in letters of so many points. */
const widthsAt = (sheet: PrintedSheet, points: number): Widths => {
  const columns = sheet.columns.map((_, c) => {
    const cells = sheet.lines.map(({ cells: texts }) => texts[c]!)
    const split = atDecimalPoint(cells)
    const part = (of: 0 | 1) => Math.max(0, ...split.map((parts) => (parts === undefined ? 0 : twips(parts[of], points))))
    const whole = Math.max(0, ...cells.map((text, r) => (split[r] === undefined ? twips(text, points) : 0)))
    return Math.max(part(0) + part(1), whole) + 2 * cellGap + slack
  })
  // A heading is shared out among the columns under it.
  for (const head of sheet.heads) {
    let at = 0
    for (const { span, text } of head) {
      const under = columns.slice(at, at + span).reduce((sum, width) => sum + width, 0)
      const missing = twips(text, points) + 2 * cellGap - under
      if (missing > 0) for (let c = at; c < at + span; c++) columns[c]! += Math.ceil(missing / span)
      at += span
    }
  }
  const stub = Math.max(...sheet.lines.map(({ label, level }) => twips(label, points) + 200 * level), 400) + 2 * cellGap + slack
  return { points, stub: Math.min(stub, 4200), columns }
}
const total = ({ columns, stub }: Widths) => columns.reduce((sum, width) => sum + width, stub)

const noteSize = (points: number) => Math.min(9, points)

/** How high so many lines are, in twentieths of a point. */
const height = (lines: number, points: number) => lines * (points * 1.16 + 1.5) * 20

/** Whether a table fits on a page with its caption and all of its notes, or the first of them. */
const fits = (sheet: PrintedSheet, points: number, page: typeof portrait, allNotes: boolean) => {
  const size = noteSize(points)
  const lines = sheet.notes.reduce((sum, note) => sum + Math.ceil((twips(note, size) * 1.05) / page.width), 0)
  return (
    total(widthsAt(sheet, points)) <= page.width &&
    height(sheet.lines.length + sheet.heads.length, points) + 1000 + (allNotes ? height(lines + 1, size) : 500) <= page.height
  )
}

/**
 * Letters of ten points where that fits, down to eight; on a page on its side, down to six and a half, where they would be smaller. Notes go on on the next page where
 * they would make the letters smaller than that, or turn the page. What fits on no page is as wide as one and goes on on the next.
 */
const fitted = (sheet: PrintedSheet): { readonly widths: Widths; readonly onItsSide: boolean; readonly whole: boolean } => {
  const sizes = [10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5]
  const largest = (among: ReadonlyArray<number>, page: typeof portrait) =>
    among.find((points) => fits(sheet, points, page, true)) ?? among.find((points) => fits(sheet, points, page, false))
  const upright = largest(sizes.slice(0, 5), portrait)
  if (upright !== undefined) return { widths: widthsAt(sheet, upright), onItsSide: false, whole: true }
  const turned = largest(sizes, landscape)
  if (turned !== undefined) return { widths: widthsAt(sheet, turned), onItsSide: true, whole: true }
  const narrow = sizes.find((points) => total(widthsAt(sheet, points)) <= portrait.width)
  const points = narrow ?? sizes.find((one) => total(widthsAt(sheet, one)) <= landscape.width) ?? 6.5
  return { widths: widthsAt(sheet, points), onItsSide: narrow === undefined, whole: false }
}

const run = (text: string, points: number, how: { readonly bold?: boolean; readonly italics?: boolean; readonly quiet?: boolean } = {}) =>
  new TextRun({
    text,
    size: Math.round(points * 2),
    ...(how.bold === true ? { bold: true } : {}),
    ...(how.italics === true ? { italics: true } : {}),
    ...(how.quiet === true ? { color: light.quiet.slice(1) } : {})
  })

const cell = (
  children: ReadonlyArray<TextRun>,
  options: {
    readonly width: number
    /** Of the letters: an empty cell is as high as one of them, too. */
    readonly points: number
    readonly span?: number
    readonly align?: (typeof AlignmentType)[keyof typeof AlignmentType]
    readonly indent?: { readonly left?: number; readonly right?: number }
    readonly borders?: { readonly top?: IBorderOptions; readonly bottom?: IBorderOptions }
    readonly keepNext?: boolean
  }
) =>
  new TableCell({
    width: { size: options.width, type: WidthType.DXA },
    ...(options.span === undefined || options.span === 1 ? {} : { columnSpan: options.span }),
    borders: { top: none, bottom: none, left: none, right: none, ...options.borders },
    margins: { left: cellGap, right: cellGap, top: 0, bottom: 0 },
    children: [
      new Paragraph({
        children,
        alignment: options.align ?? AlignmentType.LEFT,
        spacing: { before: 10, after: 10 },
        run: { size: Math.round(options.points * 2) },
        ...(options.indent === undefined ? {} : { indent: options.indent }),
        ...(options.keepNext === true ? { keepNext: true } : {})
      })
    ]
  })

const tableOf = (sheet: PrintedSheet, { columns, points, stub }: Widths, whole: boolean): Table => {
  const splits = sheet.columns.map(({ numeric }, c) => (numeric ? atDecimalPoint(sheet.lines.map(({ cells }) => cells[c]!)) : []))
  const widest = splits.map((split) =>
    ([0, 1] as const).map((part) => Math.max(0, ...split.map((parts) => (parts === undefined ? 0 : twips(parts[part], points)))))
  )
  const head = sheet.heads.map((headings, i) => {
    const top = i === 0 ? { top: line(12) } : {}
    const lowest = i === sheet.heads.length - 1
    let at = 0
    const cells = headings.map(({ group, span, text }) => {
      const width = columns.slice(at, at + span).reduce((sum, one) => sum + one, 0)
      const words = span === 1 && !sheet.columns[at]!.numeric
      const beside = lowest && sheet.columns[at]!.beside
      at += span
      const bottom = lowest ? { bottom: line(6) } : text !== "" && (group || span > 1) ? { bottom: line(4) } : {}
      return cell(text === "" ? [] : [run(text, points, { quiet: beside })], {
        width,
        points,
        span,
        align: words ? AlignmentType.LEFT : AlignmentType.CENTER,
        borders: { ...top, ...bottom }
      })
    })
    const corner = cell([], { width: stub, points, borders: { ...top, ...(lowest ? { bottom: line(6) } : {}) } })
    return new TableRow({ children: [corner, ...cells], tableHeader: true, cantSplit: true })
  })
  const body = sheet.lines.map((one, r) => {
    const last = r === sheet.lines.length - 1
    const borders = { ...(one.ruled ? { top: line(4) } : {}), ...(last ? { bottom: line(12) } : {}) }
    // What belongs together stays on one page.
    const keepNext = last ? sheet.notes.length > 0 : whole || sheet.lines[r + 1]!.lines === 0
    const label = cell(one.label === "" ? [] : [run(one.label, points, { italics: one.heading })], {
      width: stub,
      points,
      borders,
      keepNext,
      ...(one.level > 0 ? { indent: { left: 200 * one.level } } : {})
    })
    const cells = sheet.columns.map(({ beside, numeric }, c) => {
      const text = one.cells[c]!
      const parts = splits[c]![r]
      const room = parts === undefined ? undefined : { left: widest[c]![0]! - twips(parts[0], points), right: widest[c]![1]! - twips(parts[1], points) }
      return cell(text === "" ? [] : [run(text, points, { quiet: beside, bold: one.differs[c]! })], {
        width: columns[c]!,
        points,
        align: numeric ? AlignmentType.CENTER : AlignmentType.LEFT,
        borders,
        keepNext,
        ...(room === undefined ? {} : { indent: room })
      })
    })
    return new TableRow({ children: [label, ...cells], cantSplit: true })
  })
  return new Table({
    rows: [...head, ...body],
    columnWidths: [stub, ...columns],
    width: { size: total({ columns, points, stub }), type: WidthType.DXA },
    alignment: AlignmentType.LEFT,
    layout: TableLayoutType.FIXED,
    borders: noBorders
  })
}

/** A PrintedTable as parts of a Word document, and whether it needs a page on its side. */
export const printedDocx = (table: StoredTable, options: LayoutOptions = {}): { readonly children: ReadonlyArray<FileChild>; readonly onItsSide: boolean } => {
  const sheet = printedSheet(printedLayout(table, options))
  const { onItsSide, whole, widths } = fitted(sheet)
  const notes = sheet.notes.map((note) => new Paragraph({ spacing: { before: 30, after: 0 }, children: [run(note, noteSize(widths.points))] }))
  return {
    children: [...(sheet.title === "" ? [] : [wordCaption("Table", sheet.title)]), tableOf(sheet, widths, whole), ...notes, new Paragraph({ children: [] })],
    onItsSide
  }
}
