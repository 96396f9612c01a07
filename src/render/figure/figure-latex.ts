import type { StoredTable } from "../../artifact/column.ts"
import { latexCaption, latexLabel } from "../latex.ts"
import { figureLayout } from "./figure-layout.ts"

/** A Figure as LaTeX: the picture at `image` (a path relative to the document) as wide as the text, its title as the caption. */
export const figureLatex = (table: StoredTable, image: string, name: string): string => {
  const { title } = figureLayout(table)
  const { caption, counter } = latexCaption("figure", title, true)
  return `${[
    "\\begin{figure}[htbp]",
    "\\centering",
    ...counter,
    `\\includegraphics[width=\\linewidth]{${image}}`,
    caption,
    ...(counter.length === 0 ? [] : [latexLabel("figure", name)]),
    "\\end{figure}"
  ].join("\n")}\n`
}
