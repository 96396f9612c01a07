import type { StoredTable } from "../../artifact/column.ts"
import { escapeMarkdown, markdownParagraph } from "../markdown.ts"
import { figureLayout, figureNotes } from "./figure-layout.ts"

/** A Figure as Markdown: the image at `image` (a path relative to the Markdown file), its title as caption, and the notes of its sources. */
export const figureMarkdown = (table: StoredTable, image: string): string => {
  const layout = figureLayout(table)
  const caption = escapeMarkdown(layout.title)
  return `${[`![${caption}](<${image.replace(/[<>\r\n]/g, encodeURIComponent)}>)`, `*${caption}*`, ...figureNotes(layout).map(markdownParagraph)].join("\n\n")}\n`
}
