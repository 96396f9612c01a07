import type { StoredTable } from "../../artifact/column.ts"
import { escapeHtml } from "../html.ts"
import { textExtent } from "../text-extent.ts"
import { atDecimalPoint } from "./decimal-point.ts"
import type { PrintedLayout } from "./printed-layout.ts"
import { printedSheet, type SheetLine } from "./printed-sheet.ts"
import { type LayoutOptions, printedLayout } from "./read-printed.ts"

/** What the tables look like on a page: light and dark, a wide one scrolling in a box of its own. Colours are those of the custom properties, which a page may set. */
export const printedHtmlStyle = `.sd-printed{margin:2rem 0;max-width:100%}
.sd-printed>figcaption{font-weight:600;margin-bottom:.4rem}
.sd-scroll{overflow-x:auto;max-width:100%}
.sd-printed table{border-collapse:collapse;border-block:1.6px solid var(--sd-ink,#1b1f24);font-variant-numeric:tabular-nums;line-height:1.35}
.sd-printed th,.sd-printed td{padding:.1rem .55rem;font-weight:400;text-align:center;white-space:nowrap;vertical-align:top}
.sd-printed td.sd-words{text-align:left}
.sd-printed th[scope=row],.sd-printed th[scope=rowgroup],.sd-printed thead td{text-align:left;padding-left:0;position:sticky;left:0;background:var(--sd-page,#fff)}
.sd-printed th.sd-under{padding-left:1.1rem}
.sd-printed th.sd-under-more{padding-left:2.2rem}
.sd-printed th.sd-heading{font-style:italic;padding-top:.35rem}
.sd-printed thead tr:last-child>*{border-bottom:.9px solid var(--sd-ink,#1b1f24)}
.sd-printed th[scope=colgroup]{border-bottom:.7px solid var(--sd-hair,#a0a8b1)}
.sd-printed tbody+tbody{border-top:.7px solid var(--sd-hair,#a0a8b1)}
.sd-printed .sd-beside{color:var(--sd-quiet,#59636e)}
.sd-printed .sd-differs{font-weight:700}
.sd-notes{font-size:.85em;color:var(--sd-quiet,#59636e);max-width:46rem;margin-top:.4rem}
.sd-notes p{margin:.15rem 0}
@media (max-width:40rem){.sd-printed th[scope=row],.sd-printed th[scope=rowgroup][rowspan]{white-space:normal;min-width:6rem;max-width:40vw;overflow-wrap:break-word}}
`

const em = (extent: number): string => String(Math.round(extent * 100) / 100)

/** The texts of a column, each with as much room to its left and right as sets all decimal points under one another; what is centred or words has none. */
const aligned = (texts: ReadonlyArray<string>, numeric: boolean): ReadonlyArray<string> => {
  if (!numeric) return texts.map(escapeHtml)
  const split = atDecimalPoint(texts)
  const widest = (part: 0 | 1) => Math.max(0, ...split.map((parts) => (parts === undefined ? 0 : textExtent(parts[part], 1))))
  const head = widest(0)
  const tail = widest(1)
  return texts.map((text, i) => {
    const parts = split[i]
    if (parts === undefined) return escapeHtml(text)
    const room = `padding:0 ${em(tail - textExtent(parts[1], 1))}em 0 ${em(head - textExtent(parts[0], 1))}em`
    return `<span style="${room}">${escapeHtml(text)}</span>`
  })
}

const labelCell = ({ heading, label, level, lines }: SheetLine, columns: number): string => {
  if (lines === 0) return ""
  const classes = [...(level > 0 ? [`sd-under${level > 1 ? "-more" : ""}`] : []), ...(heading ? ["sd-heading"] : [])].join(" ")
  const attributes = [
    `scope="${lines > 1 || heading ? "rowgroup" : "row"}"`,
    ...(lines > 1 ? [`rowspan="${lines}"`] : []),
    ...(heading ? [`colspan="${columns + 1}"`] : []),
    ...(classes === "" ? [] : [`class="${classes}"`])
  ]
  return `<th ${attributes.join(" ")}>${escapeHtml(label)}</th>`
}

/** A table in two dimensions as an HTML fragment. */
const layoutHtml = (layout: PrintedLayout): string => {
  const { columns, heads, lines, notes, title } = printedSheet(layout)
  const texts = columns.map(({ numeric }, c) =>
    aligned(
      lines.map(({ cells }) => cells[c]!),
      numeric
    )
  )
  const classOf = (c: number, differs: boolean) => {
    const classes = [...(differs ? ["sd-differs"] : []), ...(columns[c]!.beside ? ["sd-beside"] : []), ...(columns[c]!.numeric ? [] : ["sd-words"])].join(" ")
    return classes === "" ? "" : ` class="${classes}"`
  }
  const head = heads.map((line, i) => {
    let at = 0
    const cells = line.map(({ group, span, text }) => {
      const beside = i === heads.length - 1 && span === 1 && columns[at]!.beside
      at += span
      if (text === "") return `<td${span > 1 ? ` colspan="${span}"` : ""}></td>`
      return `<th scope="${group || span > 1 ? "colgroup" : "col"}"${span > 1 ? ` colspan="${span}"` : ""}${beside ? ' class="sd-beside"' : ""}>${escapeHtml(text)}</th>`
    })
    return `<tr><td></td>${cells.join("")}</tr>`
  })
  const rows = lines.map((line, r) => {
    const cells = line.heading ? [] : columns.map((_, c) => `<td${classOf(c, line.differs[c]!)}>${texts[c]![r]!}</td>`)
    return `${line.ruled ? "</tbody>\n<tbody>\n" : ""}<tr>${labelCell(line, columns.length)}${cells.join("")}</tr>`
  })
  return [
    '<figure class="sd-printed">',
    ...(title === "" ? [] : [`<figcaption>${escapeHtml(title)}</figcaption>`]),
    `<div class="sd-scroll" role="group" tabindex="0" aria-label="${escapeHtml(title === "" ? "table" : title)}">`,
    "<table>",
    "<thead>",
    ...head,
    "</thead>",
    "<tbody>",
    ...rows,
    "</tbody>",
    "</table>",
    "</div>",
    ...(notes.length === 0 ? [] : ['<div class="sd-notes">', ...notes.map((note) => `<p>${escapeHtml(note)}</p>`), "</div>"]),
    "</figure>",
    ""
  ].join("\n")
}

/**
 * A PrintedTable as an HTML fragment: a figure with its caption, a table whose headings say what they head (also where one stands for several rows or columns), decimal
 * points under one another, and the notes. `printedHtmlStyle` is its stylesheet.
 */
export const printedHtml = (table: StoredTable, options: LayoutOptions = {}): string => layoutHtml(printedLayout(table, options))
