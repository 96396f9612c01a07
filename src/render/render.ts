import type { StoredTable } from "../artifact/column.ts"

/** text: for a terminal; the others: files. */
export type Format = "text" | "markdown" | "svg" | "html" | "latex"

interface RenderOptions {
  /** Of the terminal, in cells. */
  readonly width?: number
  readonly colour?: boolean
  /** Rows of data that an artifact without a layout of its own shows. */
  readonly head?: number
}

/** Table types that have a layout of their own, in every format. Other artifacts are shown as schema, statistics and first rows, as text only. */
export const laidOut: ReadonlySet<string> = new Set(["PrintedTable", "Figure"])

/**
 * An artifact as text, by the name of its table type (spatial weights with what they come to above the table); the notes that it carries are part of every rendering. `name` is the base name of the file that it
 * goes to: a figure's Markdown refers to `<name>.svg` beside it. Each format loads only what it draws with.
 */
export const renderArtifact = async (type: string, table: StoredTable, format: Format, name: string, options: RenderOptions = {}): Promise<string> => {
  const { colour = false, head = 10, width = 80 } = options
  const terminal = { width, colour }
  if (type === "PrintedTable") {
    if (format === "text") return (await import("./table/printed-text.ts")).printedText(table, terminal)
    if (format === "markdown") return (await import("./table/printed-markdown.ts")).printedMarkdown(table)
    if (format === "html") {
      const { printedHtml, printedHtmlStyle } = await import("./table/printed-html.ts")
      const { htmlDocument } = await import("./html.ts")
      return htmlDocument(name, printedHtmlStyle, printedHtml(table))
    }
    if (format === "latex") return (await import("./table/printed-latex.ts")).printedLatex(table, name)
    return (await import("./table/printed-svg.ts")).printedSvg(table)
  }
  if (type === "Figure") {
    if (format === "text") return (await import("./figure/figure-text.ts")).figureText(table, terminal)
    if (format === "markdown") return (await import("./figure/figure-markdown.ts")).figureMarkdown(table, `${name}.svg`)
    return (await import("./figure/figure-svg.ts")).figureSvg(table)
  }
  const above = type === "SpatialWeights" ? `${(await import("./artifact/weights-text.ts")).weightsLines(table, width).join("\n")}\n\n` : ""
  const shown = above + (await import("./artifact/show-table.ts")).showTable(table, { ...terminal, head })
  if (format === "text") return shown
  if (format === "markdown") return `\`\`\`\`text\n${shown}\`\`\`\`\n`
  throw new Error(`${name} is a ${type}: only ${[...laidOut].join(" and ")} are drawn as SVG`)
}
