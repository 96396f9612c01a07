import type { StoredTable } from "../../artifact/column.ts"
import { svgDocument, svgLine, svgText } from "../svg.ts"
import { textExtent, wrapToExtent } from "../text-extent.ts"
import { type AtPoint, atDecimalPoint } from "./decimal-point.ts"
import { allNotes, columnGroups, type PrintedColumn, type PrintedLayout } from "./printed-layout.ts"
import { type LayoutOptions, printedLayout } from "./read-printed.ts"

const size = 13
const small = 11.5
const line = 19
const margin = 16
const gap = 22
const pairGap = 12
const leastWidth = 440

/** The run's cells of a column, or the paper's: where they start, and where their decimal points stand. */
interface Strip {
  readonly published: boolean
  readonly cells: ReadonlyArray<string>
  readonly split: ReadonlyArray<AtPoint | undefined>
  readonly numeric: boolean
  readonly x: number
  readonly width: number
  /** From x to the decimal point. */
  readonly point: number
}

const strip = (layout: PrintedLayout, index: number, published: boolean, x: number, atLeast: number): Strip => {
  const column = layout.columns[index]!
  const cells = layout.rows.map((row) => row.cells[index]![published ? "published" : "text"])
  const split = column.numeric ? atDecimalPoint(cells) : []
  const head = Math.max(0, ...split.map((parts) => (parts === undefined ? 0 : textExtent(parts[0], size))))
  const tail = Math.max(0, ...split.map((parts) => (parts === undefined ? 0 : textExtent(parts[1], size))))
  const whole = Math.max(atLeast, ...cells.map((cell, r) => (split[r] === undefined ? textExtent(cell, size) : 0)))
  const width = Math.max(head + tail, whole)
  return { published, cells, split, numeric: column.numeric, x, width, point: (width - head - tail) / 2 + head }
}

const cellText = (s: Strip, r: number, y: number): string => {
  const text = s.cells[r]!
  const tone = s.published ? "quiet" : "ink"
  if (!s.numeric) return svgText(text, { x: s.x, y, size, tone })
  const parts = s.split[r]
  return parts === undefined
    ? svgText(text, { x: s.x + s.width / 2, y, size, tone, anchor: "middle" })
    : svgText(text, { x: s.x + s.point - textExtent(parts[0], size), y, size, tone })
}

interface Placed {
  readonly column: PrintedColumn
  readonly x: number
  readonly width: number
  readonly strips: ReadonlyArray<Strip>
}

const place = (layout: PrintedLayout, start: number, apart: number): ReadonlyArray<Placed> => {
  const groups = columnGroups(layout.columns)
  let x = start
  return layout.columns.map((column, i) => {
    const [heading, first, last] = groups.find(([, from, to]) => i >= from && i <= to)!
    // A heading over several columns is shared out among them.
    const atLeast = Math.max(textExtent(column.label, size), textExtent(heading, size) / (last - first + 1))
    const run = strip(layout, i, false, x, column.published ? textExtent(layout.runLabel, small) : atLeast)
    const beside = column.published ? strip(layout, i, true, x + run.width + pairGap, textExtent(layout.besideLabel, small)) : undefined
    const used = beside === undefined ? run.width : run.width + pairGap + beside.width
    const width = Math.max(used, atLeast)
    const shift = column.numeric ? (width - used) / 2 : 0
    const strips = (beside === undefined ? [run] : [run, beside]).map((s) => ({ ...s, x: s.x + shift }))
    const placed = { column, x, width, strips }
    x += width + apart
    return placed
  })
}

// SVG folds leading spaces, which set a row under a heading.
const indentOf = (label: string): number => textExtent(label, size) - textExtent(label.trimStart(), size)

/** A PrintedTable as SVG: real text, decimal points aligned, the paper's numbers in a quieter tone beside the run's, notes underneath. */
export const printedSvg = (table: StoredTable, options: LayoutOptions = {}): string => {
  const layout = printedLayout(table, options)
  const stub = Math.max(0, ...layout.rows.map((row) => textExtent(row.label, size)))
  const rightOf = (columns: ReadonlyArray<Placed>) => (columns.length === 0 ? 0 : columns.at(-1)!.x + columns.at(-1)!.width)
  // The columns of a table that is narrower than its notes should be are set further apart.
  const spare = Math.max(0, margin + leastWidth - rightOf(place(layout, margin + stub + gap, gap))) / Math.max(1, layout.columns.length)
  const placed = place(layout, margin + stub + gap + spare, gap + spare)
  const width = Math.max(rightOf(placed), margin + leastWidth) + margin
  const body: Array<string> = []
  let y = margin
  const down = (by: number) => {
    y += by
    return y
  }
  const across = (weight: number, tone: "rule" | "hair" = "rule") => body.push(svgLine([margin, y], [width - margin, y], weight, tone))
  for (const part of wrapToExtent(layout.title, 14 * 1.06, width - 2 * margin))
    body.push(svgText(part, { x: margin, y: down(line) - 5, size: 14, weight: "bold" }))
  down(5)
  across(1.6)
  const groups = columnGroups(layout.columns)
  if (groups.some(([heading]) => heading !== "")) {
    down(line)
    for (const [heading, first, last] of groups) {
      const from = placed[first]!.x
      const to = placed[last]!.x + placed[last]!.width
      body.push(svgText(heading, { x: (from + to) / 2, y: y - 4, size, anchor: "middle" }))
      if (heading !== "") body.push(svgLine([from, y + 2], [to, y + 2], 0.8))
    }
    down(3)
  }
  down(line)
  for (const { column, x, width: w } of placed)
    body.push(column.numeric ? svgText(column.label, { x: x + w / 2, y: y - 4, size, anchor: "middle" }) : svgText(column.label, { x, y: y - 4, size }))
  if (placed.some(({ strips }) => strips.length > 1)) {
    down(line - 3)
    for (const { strips } of placed)
      if (strips.length > 1)
        for (const s of strips)
          body.push(
            svgText(s.published ? layout.besideLabel : layout.runLabel, {
              x: s.numeric ? s.x + s.width / 2 : s.x,
              y: y - 4,
              size: small,
              anchor: s.numeric ? "middle" : "start",
              tone: "quiet"
            })
          )
  }
  down(2)
  across(0.9)
  down(3)
  layout.rows.forEach((row, r) => {
    if (row.ruled) {
      down(4)
      across(0.8, "hair")
      down(3)
    }
    down(line)
    body.push(svgText(row.label.trimStart(), { x: margin + indentOf(row.label), y: y - 5, size }))
    for (const { strips } of placed) for (const s of strips) body.push(cellText(s, r, y - 5))
  })
  down(3)
  across(1.6)
  down(3)
  for (const note of allNotes(layout))
    for (const part of wrapToExtent(note, small, width - 2 * margin)) body.push(svgText(part, { x: margin, y: down(16), size: small, tone: "quiet" }))
  return svgDocument(
    { width, height: y + margin },
    layout.title,
    body.filter((part) => part !== "")
  )
}
