import type { StoredTable } from "../../artifact/column.ts"
import { type Align, cut, intoBlocks, pad, plain, width, wrap } from "../monospace.ts"
import { terminalStyle } from "../terminal-style.ts"
import { blockRows } from "./block-rows.ts"
import { atDecimalPoint } from "./decimal-point.ts"
import { allNotes, columnGroups, type PrintedColumn, type PrintedLayout } from "./printed-layout.ts"
import { type LayoutOptions, printedLayout } from "./read-printed.ts"

export interface TextOptions {
  /** Of the terminal, in cells. */
  readonly width: number
  readonly colour: boolean
}

const gap = 2
const inner = 1
const leastStub = 8

/** Cells of one column padded so that their decimal points stand under each other; other texts are centred among them. */
const aligned = (texts: ReadonlyArray<string>, numeric: boolean): ReadonlyArray<string> => {
  if (!numeric) return texts
  const split = atDecimalPoint(texts)
  const head = Math.max(0, ...split.map((parts) => (parts === undefined ? 0 : width(parts[0]))))
  const tail = Math.max(0, ...split.map((parts) => (parts === undefined ? 0 : width(parts[1]))))
  return texts.map((text, i) => {
    const parts = split[i]
    return parts === undefined ? text : pad(parts[0], head, "right") + pad(parts[1], tail)
  })
}

/** One column as printed: the run's cells and, where there are any, the paper's beside them. */
interface Strip {
  /** Of the column in the layout. */
  readonly index: number
  readonly label: string
  readonly width: number
  readonly align: Align
  readonly parts: ReadonlyArray<{ readonly width: number; readonly cells: ReadonlyArray<string>; readonly published: boolean }>
}

const strip = (column: PrintedColumn, index: number, layout: PrintedLayout, atLeast: number, limit: number): Strip => {
  const align = column.numeric ? "centre" : "left"
  const part = (published: boolean) => {
    const cells = aligned(
      layout.rows.map((row) => plain(row.cells[index]![published ? "published" : "text"])),
      column.numeric
    )
    const heading = column.published ? (published ? layout.besideLabel : layout.runLabel) : ""
    return { cells, published, width: Math.max(width(heading), ...cells.map(width)) }
  }
  const parts = column.published ? [part(false), part(true)] : [part(false)]
  const label = plain(column.label)
  const needed = parts.reduce((sum, { width: w }) => sum + w, inner * (parts.length - 1))
  const total = Math.min(limit, Math.max(needed, width(label), atLeast))
  // The first part takes what the heading has beyond the cells; where the column is wider than the terminal, each has half.
  const last = total < needed ? Math.floor((total - inner) / 2) : parts.at(-1)!.width
  const widths = parts.length === 1 ? [total] : [Math.max(0, total - last - inner), last]
  return { index, label, width: total, align, parts: parts.map((p, i) => ({ ...p, width: widths[i]! })) }
}

/** A PrintedTable for a terminal: booktabs rules, decimal points aligned, the paper's numbers beside the run's; columns that do not fit beside each other go into further blocks under it, without the rows that are empty there. */
export const printedText = (table: StoredTable, options: TextOptions & LayoutOptions): string => {
  const style = terminalStyle(options.colour)
  const layout = printedLayout(table, options)
  const labels = Math.max(0, ...layout.rows.map((row) => width(plain(row.label))))
  // A heading over several columns is shared out among them.
  const shares = columnGroups(layout.columns).flatMap(([heading, first, last]) => {
    const count = last - first + 1
    return Array<number>(count).fill(Math.ceil((width(plain(heading)) - gap * (count - 1)) / count))
  })
  const strips = layout.columns.map((column, i) => strip(column, i, layout, shares[i]!, Math.max(4, options.width - leastStub - gap)))
  // The stub takes at most two fifths of a narrow terminal, and gives way to the widest column down to a few letters.
  const widest = Math.max(0, ...strips.map((s) => s.width))
  const stub = Math.min(labels, Math.max(leastStub, Math.min(Math.floor(options.width * 0.4), options.width - gap - widest)))
  const blocks = intoBlocks(
    strips.map((s) => s.width),
    stub,
    gap,
    options.width
  )
  const hasPublished = strips.some((s) => s.parts.length > 1)
  const lines: Array<string> = wrap(layout.title, options.width).map(style.bold)
  const space = " ".repeat(gap)
  const tone = (beside: boolean, differs: boolean | undefined) => (differs === true ? style.bold : beside ? style.dim : (text: string) => text)
  blocks.forEach((block, b) => {
    const shown = block.map((i) => strips[i]!)
    const total = stub + shown.reduce((sum, s) => sum + gap + s.width, 0)
    const line = (label: string, cell: (s: Strip) => string) => (pad(label, stub) + shown.map((s) => space + cell(s)).join("")).trimEnd()
    if (b > 0) lines.push("", style.dim("(continued)"))
    lines.push("━".repeat(total))
    const groups = columnGroups(block.map((i) => layout.columns[i]!))
    if (groups.some(([heading]) => heading !== "")) {
      const spans = groups.map(([heading, first, last]) => ({
        heading: plain(heading),
        width: shown.slice(first, last + 1).reduce((sum, s) => sum + s.width + gap, -gap)
      }))
      lines.push((" ".repeat(stub) + spans.map((s) => space + pad(s.heading, s.width, "centre")).join("")).trimEnd())
      lines.push((" ".repeat(stub) + spans.map((s) => space + (s.heading === "" ? " " : "─").repeat(s.width)).join("")).trimEnd())
    }
    lines.push(line("", (s) => pad(s.label, s.width, s.align)))
    if (hasPublished)
      lines.push(
        line("", (s) =>
          s.parts.map((p) => style.dim(pad(s.parts.length === 1 ? "" : p.published ? layout.besideLabel : layout.runLabel, p.width, s.align))).join(" ")
        )
      )
    lines.push("─".repeat(total))
    for (const { row, ruled } of blockRows(layout.rows, block, b === 0)) {
      if (ruled) lines.push(style.dim("┄".repeat(total)))
      lines.push(
        line(plain(layout.rows[row]!.label), (s) =>
          s.parts.map((p) => tone(p.published, layout.rows[row]!.cells[s.index]!.differs)(pad(p.cells[row]!, p.width, s.align))).join(" ".repeat(inner))
        )
      )
    }
    lines.push("━".repeat(total))
  })
  if (blocks.length === 0) lines.push("(no rows)")
  for (const note of allNotes(layout)) lines.push(...wrap(note, options.width).map(style.dim))
  return `${lines.map((text) => (options.colour ? text : cut(text, options.width))).join("\n")}\n`
}
