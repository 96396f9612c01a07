import type { StoredTable } from "../../artifact/column.ts"
import { escapeMarkdown } from "../markdown.ts"
import { figureLayout } from "./figure-layout.ts"

/** A Figure as Markdown: the image at `image` (a path relative to the Markdown file), its title as caption, and the notes of its sources. */
export const figureMarkdown = (table: StoredTable, image: string): string => {
  const { title, sourceNotes } = figureLayout(table)
  const caption = escapeMarkdown(title)
  return `${[`![${caption}](<${image.replace(/[<>\r\n]/g, encodeURIComponent)}>)`, `*${caption}*`, ...sourceNotes.map((note) => escapeMarkdown(`Data: ${note}`))].join("\n\n")}\n`
}
