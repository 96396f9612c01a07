import type { DocxPart } from "./docx-document.ts"
import { figureLayout } from "./figure/figure-layout.ts"
import { figureSvg } from "./figure/figure-svg.ts"
import { escapeHtml, htmlDocument } from "./html.ts"
import type { Part, Rendered } from "./part.ts"

/** Documents of several tables and figures, by how their names end. */
export type DocumentExtension = ".html" | ".md" | ".tex" | ".docx" | ".xlsx"

const pageStyle =
  "body{margin:0 auto;padding:1rem;max-width:60rem;background:var(--sd-page);color:var(--sd-ink);font:16px/1.5 Helvetica,Arial,'Liberation Sans','Noto Sans CJK SC','Microsoft YaHei',sans-serif}"
const figureStyle = ".sd-drawn{margin:2rem 0}.sd-drawn svg{max-width:100%;height:auto}"

/** Tables and figures below one another as an HTML file that needs nothing else. */
export const htmlParts = async (parts: ReadonlyArray<Part>, title: string): Promise<string> => {
  const { printedHtml, printedHtmlStyle } = await import("./table/printed-html.ts")
  const drawn = parts.map(({ options, table, type }) =>
    type === "Figure"
      ? `<figure class="sd-drawn" aria-label="${escapeHtml(figureLayout(table).title)}">\n${figureSvg(table)}</figure>\n`
      : printedHtml(table, options)
  )
  return htmlDocument(title, `${pageStyle}${printedHtmlStyle}${figureStyle}`, drawn.join("\n"))
}

/** Tables and figures as a Word document or, tables alone, as a workbook. */
export const officeParts = async (parts: ReadonlyArray<Part>, format: "docx" | "xlsx", title: string, began: Began = () => {}): Promise<Rendered> => {
  if (format === "xlsx")
    return { content: await (await import("./table/printed-xlsx.ts")).printedXlsx(parts.filter(({ type }) => type === "PrintedTable")), blank: [] }
  const [{ docxDocument }, { printedDocx }, { figureDocx }] = await Promise.all([
    import("./docx-document.ts"),
    import("./table/printed-docx.ts"),
    import("./figure/figure-docx.ts")
  ])
  const set: Array<DocxPart> = []
  const blank: Array<string> = []
  for (const part of parts) {
    await began(part)
    if (part.type === "Figure") {
      const picture = await captionedPng(part)
      if (picture.blankText) blank.push(part.name)
      set.push(figureDocx(part.table, picture))
    } else set.push(printedDocx(part.table, part.options))
  }
  return { content: await docxDocument(title, set), blank }
}

/** A document, and the pictures that it refers to, by name, where its format holds none. */
interface DocumentFiles extends Rendered {
  readonly pictures: ReadonlyMap<string, string | Uint8Array>
}

/** A figure as the picture over a caption that has its title. */
const captionedPng = async ({ table }: Part) => (await import("./png.ts")).pngOf(figureSvg(table, undefined, false))

/** The file of a picture for TeX, which takes no brackets and not all letters: names that come to the same have a number. */
const pictureFile = (name: string, taken: ReadonlyMap<string, unknown>): string => {
  const base = name.replace(/[^\w.-]+/g, "-").replace(/-+$/, "") || "figure"
  for (let n = 1; ; n++) {
    const file = `${base}${n === 1 ? "" : `-${n}`}.png`
    if (!taken.has(file)) return file
  }
}

/** Called before a part is drawn. */
type Began = (part: Part) => void | Promise<void>

/** All parts in one file whose name ends in `extension`; the pictures of Markdown and LaTeX stand in a folder beside it, named `pictures`. */
export const documentOf = async (
  parts: ReadonlyArray<Part>,
  extension: DocumentExtension,
  title: string,
  pictures: string,
  began: Began
): Promise<DocumentFiles> => {
  const none = new Map<string, string | Uint8Array>()
  if (extension === ".html") return { content: await htmlParts(parts, title), blank: [], pictures: none }
  if (extension === ".docx" || extension === ".xlsx")
    return { ...(await officeParts(parts, extension === ".docx" ? "docx" : "xlsx", title, began)), pictures: none }
  const beside = new Map<string, string | Uint8Array>()
  const texts: Array<string> = []
  if (extension === ".md") {
    const [{ printedMarkdown }, { figureMarkdown }] = await Promise.all([import("./table/printed-markdown.ts"), import("./figure/figure-markdown.ts")])
    for (const { name, options, table, type } of parts) {
      if (type === "Figure") beside.set(`${name}.svg`, figureSvg(table))
      texts.push(type === "Figure" ? figureMarkdown(table, `${pictures}/${name}.svg`) : printedMarkdown(table, options))
    }
    return { content: texts.join("\n"), blank: [], pictures: beside }
  }
  const [{ latexDocument, printedLatex }, { figureLatex }] = await Promise.all([import("./table/printed-latex.ts"), import("./figure/figure-latex.ts")])
  const blank: Array<string> = []
  for (const part of parts) {
    await began(part)
    const { name, options, table, type } = part
    const file = pictureFile(name, beside)
    if (type === "Figure") {
      const picture = await captionedPng(part)
      if (picture.blankText) blank.push(name)
      beside.set(file, picture.bytes)
    }
    texts.push(type === "Figure" ? figureLatex(table, `${pictures}/${file}`, name) : printedLatex(table, name, { ...options, numberOfTitle: true }))
  }
  const align = parts.find(({ type }) => type === "PrintedTable")?.options?.align
  return { content: latexDocument(texts, align), blank, pictures: beside }
}
