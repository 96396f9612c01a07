import type { StoredTable } from "../../artifact/column.ts"
import { escapeLatex } from "../latex.ts"
import { figureLayout } from "./figure-layout.ts"

/** A Figure as LaTeX: the picture at `image` (a path relative to the document) as wide as the text, its title as the caption. */
export const figureLatex = (table: StoredTable, image: string, name: string): string => {
  const { title } = figureLayout(table)
  const [, numbered, words] = /^Figure (\d+)[.:]?\s+(.*)$/su.exec(title) ?? [undefined, undefined, title]
  return `${[
    "\\begin{figure}[htbp]",
    "\\centering",
    ...(numbered === undefined ? [] : [`\\setcounter{figure}{${Number(numbered) - 1}}`]),
    `\\includegraphics[width=\\linewidth]{${image}}`,
    `\\caption{${escapeLatex(words!)}}`,
    `\\label{fig:${name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "")}}`,
    "\\end{figure}"
  ].join("\n")}\n`
}
