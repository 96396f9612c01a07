import type { StoredTable } from "../artifact/column.ts"
import type { FigureOptions, Part, Rendered, TableOptions } from "./part.ts"

/** text: for a terminal; the others: files. */
export type Format = "text" | "markdown" | "svg" | "html" | "latex" | "csv"
/** Files that are no text. */
type BinaryFormat = "docx" | "xlsx" | "png"

interface RenderOptions extends TableOptions, FigureOptions {
  /** Of the terminal, in cells. */
  readonly width?: number
  readonly colour?: boolean
  /** Rows of data that an artifact without a layout of its own shows. */
  readonly head?: number
}

/** Table types that have a layout of their own. Other artifacts are shown as schema, statistics and first rows, as text only. */
export const laidOut: ReadonlySet<string> = new Set(["PrintedTable", "Figure"])

/** The files that a printed table or a figure may be, by how their names end. */
export const renderedFormats: Readonly<Record<string, Readonly<Record<string, Format | BinaryFormat>>>> = {
  PrintedTable: {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".tex": "latex",
    ".csv": "csv",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".svg": "svg",
    ".png": "png"
  },
  Figure: { ".txt": "text", ".md": "markdown", ".html": "html", ".svg": "svg", ".png": "png", ".docx": "docx" }
}

/**
 * An artifact as text, by the name of its table type (spatial weights with what they come to above the table); the notes that it carries are part of every rendering but CSV. `name` is the base name of the file that it
 * goes to: a figure's Markdown refers to `<name>.svg` beside it. Each format loads only what it draws with.
 */
export const renderArtifact = async (type: string, table: StoredTable, format: Format, name: string, options: RenderOptions = {}): Promise<string> => {
  const { colour = false, head = 10, width = 80, ...layout } = options
  const terminal = { width, colour }
  if (type === "PrintedTable") {
    if (format === "text") return (await import("./table/printed-text.ts")).printedText(table, { ...terminal, ...layout })
    if (format === "markdown") return (await import("./table/printed-markdown.ts")).printedMarkdown(table, layout)
    if (format === "latex") return (await import("./table/printed-latex.ts")).printedLatex(table, name, layout)
    if (format === "csv") return (await import("./table/printed-csv.ts")).printedCsv(table, layout)
    if (format === "html") return htmlOf({ type, table, name, options: layout })
    return (await import("./table/printed-svg.ts")).printedSvg(table, layout)
  }
  if (type === "Figure") {
    if (format === "text") return (await import("./figure/figure-text.ts")).figureText(table, terminal)
    if (format === "markdown") return (await import("./figure/figure-markdown.ts")).figureMarkdown(table, `${name}.svg`)
    if (format === "html") return htmlOf({ type, table, name, options: layout })
    const { columnPixels, figureSvg } = await import("./figure/figure-svg.ts")
    return figureSvg(table, layout.breadth === "column" ? columnPixels : undefined)
  }
  const above = type === "SpatialWeights" ? `${(await import("./artifact/weights-text.ts")).weightsLines(table, width).join("\n")}\n\n` : ""
  const shown = above + (await import("./artifact/show-table.ts")).showTable(table, { ...terminal, head })
  if (format === "text") return shown
  if (format === "markdown") return `\`\`\`\`text\n${shown}\`\`\`\`\n`
  throw new Error(`${name} is a ${type}: only ${[...laidOut].join(" and ")} are drawn as ${format}`)
}

const htmlOf = async (part: Part) => (await import("./document.ts")).htmlParts([part], part.name)

/** A printed table or a figure as the content of a file whose name ends in `extension`, one of `renderedFormats`. */
export const renderFile = async (part: Part, extension: string): Promise<Rendered> => {
  const { name, options, table, type } = part
  const format = renderedFormats[type]?.[extension]
  if (format === undefined) throw new Error(`${name} is a ${type}, which is not drawn as ${extension}`)
  if (format === "png") {
    const { columnWidth, pageWidth, pngOf } = await import("./png.ts")
    const millimetres = type === "Figure" && options?.breadth === "column" ? columnWidth : pageWidth
    const { blankText, bytes } = await pngOf(await renderArtifact(type, table, "svg", name, options), millimetres, options?.theme)
    return { content: bytes, blank: blankText ? [name] : [] }
  }
  if (format === "docx" || format === "xlsx") return (await import("./document.ts")).officeParts([part], format, name)
  return { content: await renderArtifact(type, table, format, name, options), blank: [] }
}
