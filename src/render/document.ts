import { figureLayout } from "./figure/figure-layout.ts"
import { figureSvg } from "./figure/figure-svg.ts"
import { escapeHtml, htmlDocument } from "./html.ts"
import type { Part } from "./part.ts"

/** Documents of several tables and figures, by how their names end. */
export type DocumentExtension = ".html" | ".md" | ".tex" | ".docx" | ".xlsx"

const figureStyle = ".sd-drawn{margin:2rem 0}.sd-drawn svg{max-width:100%;height:auto}"

/** Tables and figures below one another as an HTML file that needs nothing else. */
export const htmlParts = async (parts: ReadonlyArray<Part>, title: string): Promise<string> => {
  const { printedHtml, printedHtmlStyle } = await import("./table/printed-html.ts")
  const drawn = parts.map(({ options, table, type }) =>
    type === "Figure"
      ? `<figure class="sd-drawn" aria-label="${escapeHtml(figureLayout(table).title)}">\n${figureSvg(table)}</figure>\n`
      : printedHtml(table, options)
  )
  return htmlDocument(title, `${printedHtmlStyle}${figureStyle}`, drawn.join("\n"))
}

/** Tables and figures as a Word document or, tables alone, as a workbook. */
export const officeParts = async (parts: ReadonlyArray<Part>, format: "docx" | "xlsx", title: string): Promise<Uint8Array> => {
  if (format === "xlsx") return (await import("./table/printed-xlsx.ts")).printedXlsx(parts.filter(({ type }) => type === "PrintedTable"))
  const [{ docxDocument }, { printedDocx }, { figureDocx }, { pngOf }] = await Promise.all([
    import("./docx-document.ts"),
    import("./table/printed-docx.ts"),
    import("./figure/figure-docx.ts"),
    import("./png.ts")
  ])
  const set = await Promise.all(
    parts.map(async ({ options, table, type }) => (type === "Figure" ? figureDocx(table, await pngOf(figureSvg(table))) : printedDocx(table, options)))
  )
  return docxDocument(title, set)
}

/** A document's content, and the pictures that it refers to, by name, where its format holds none. */
export interface DocumentFiles {
  readonly content: string | Uint8Array
  readonly pictures: ReadonlyMap<string, string | Uint8Array>
}

/** All parts in one file whose name ends in `extension`; the pictures of Markdown and LaTeX stand in a folder beside it, named `pictures`. */
export const documentOf = async (parts: ReadonlyArray<Part>, extension: DocumentExtension, title: string, pictures: string): Promise<DocumentFiles> => {
  const none = new Map<string, string | Uint8Array>()
  if (extension === ".html") return { content: await htmlParts(parts, title), pictures: none }
  if (extension === ".docx" || extension === ".xlsx")
    return { content: await officeParts(parts, extension === ".docx" ? "docx" : "xlsx", title), pictures: none }
  const beside = new Map<string, string | Uint8Array>()
  const texts: Array<string> = []
  if (extension === ".md") {
    const [{ printedMarkdown }, { figureMarkdown }] = await Promise.all([import("./table/printed-markdown.ts"), import("./figure/figure-markdown.ts")])
    for (const { name, options, table, type } of parts) {
      if (type === "Figure") beside.set(`${name}.svg`, figureSvg(table))
      texts.push(type === "Figure" ? figureMarkdown(table, `${pictures}/${name}.svg`) : printedMarkdown(table, options))
    }
    return { content: texts.join("\n"), pictures: beside }
  }
  const [{ latexDocument, printedLatex }, { figureLatex }, { pngOf }] = await Promise.all([
    import("./table/printed-latex.ts"),
    import("./figure/figure-latex.ts"),
    import("./png.ts")
  ])
  for (const { name, options, table, type } of parts) {
    // TeX takes no brackets in the names of pictures.
    const file = `${name.replace(/[^\w.-]+/g, "-").replace(/-+$/, "")}.png`
    if (type === "Figure") beside.set(file, (await pngOf(figureSvg(table))).bytes)
    texts.push(type === "Figure" ? figureLatex(table, `${pictures}/${file}`, name) : printedLatex(table, name, options))
  }
  return { content: latexDocument(texts), pictures: beside }
}
