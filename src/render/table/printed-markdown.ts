import type { StoredTable } from "../../artifact/column.ts"
import { escapeMarkdown, markdownParagraph, markdownTable } from "../markdown.ts"
import { allNotes, levelOf } from "./printed-layout.ts"
import { type LayoutOptions, printedLayout } from "./read-printed.ts"

const marked = (text: string, differs: boolean | undefined): string => (differs === true && text !== "" ? `**${text}**` : text)

/** A PrintedTable as Markdown: the paper's number stands in a column of its own right of the run's, where the paper prints any. */
export const printedMarkdown = (table: StoredTable, options: LayoutOptions = {}): string => {
  const layout = printedLayout(table, options)
  const header = [""]
  const align: Array<"left" | "right"> = ["left"]
  for (const { group, label, numeric, published } of layout.columns) {
    header.push(
      [group, label]
        .filter((part) => part !== "")
        .map(escapeMarkdown)
        .join("<br>")
    )
    align.push(numeric ? "right" : "left")
    if (published) {
      header.push(`*${escapeMarkdown(layout.besideLabel)}*`)
      align.push(numeric ? "right" : "left")
    }
  }
  const rows = layout.rows.map((row) => [
    // Markdown drops leading spaces, which set a row under a heading.
    `${"&emsp;".repeat(levelOf(row.label))}${escapeMarkdown(row.label.trimStart())}`,
    ...row.cells.flatMap((cell, i) =>
      layout.columns[i]!.published ? [cell.text, cell.published].map((text) => marked(escapeMarkdown(text), cell.differs)) : [escapeMarkdown(cell.text)]
    )
  ])
  const title = layout.title === "" ? [] : [`**${escapeMarkdown(layout.title)}**`]
  return `${[...title, markdownTable(header, align, rows), ...allNotes(layout).map(markdownParagraph)].join("\n\n")}\n`
}
