import { escapeHtml } from "../render/html.ts"
import { escapeMarkdown, markdownParagraph, markdownTable, plainStart } from "../render/markdown.ts"
import { printedMarkdown } from "../render/table/printed-markdown.ts"
import type { Block, Document, Piece, Section, Text } from "./document.ts"

/** A report as Markdown and the pictures that it refers to, by their path from the Markdown file. */
export interface MarkdownReport {
  readonly text: string
  readonly pictures: ReadonlyMap<string, string>
}

/** Code in backticks, more of them than it has itself. */
const codeSpan = (text: string): string => {
  const fence = "`".repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1)
  const line = text.replace(/\s+/g, " ")
  return fence.length > 1 || /^`|`$/.test(line) ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}

const piece = (one: Piece): string => {
  if (typeof one === "string") return escapeMarkdown(one)
  if ("line" in one) return "<br>"
  if ("code" in one) return codeSpan(one.code)
  if ("strong" in one) return `**${escapeMarkdown(one.strong.trim())}**`
  return `[${escapeMarkdown(one.words)}](#${one.to})`
}
const inline = (text: Text): string => (typeof text === "string" ? escapeMarkdown(text) : text.map(piece).join(""))
/** In a table a pipe ends a cell, also in code. */
const cell = (text: Text): string => inline(text).replace(/(?<!\\)\|/g, "\\|")

const SIGNS = { synthetic: "IMPORTANT", stale: "WARNING", failed: "CAUTION", ok: "NOTE" } as const

const blockMarkdown = (block: Block, imageOf: (name: string, svg: string) => string): string => {
  switch (block.block) {
    case "paragraph":
    case "source":
      return plainStart(inline(block.text))
    case "banner":
      return [`[!${SIGNS[block.tone]}]`, `**${escapeMarkdown(block.title)}**`, ...block.lines.map((line) => `\n${plainStart(inline(line))}`)]
        .join("\n")
        .split("\n")
        .map((line) => `> ${line}`.trimEnd())
        .join("\n")
    case "list":
      return block.items.map((item) => `- ${plainStart(inline(item))}`).join("\n")
    case "facts":
      return block.facts.map(([term, text]) => `- **${escapeMarkdown(term)}:** ${inline(text)}`).join("\n")
    case "grid":
      return `*${escapeMarkdown(block.caption)}*\n\n${markdownTable(
        block.columns.map(({ label }) => escapeMarkdown(label)),
        block.columns.map(({ align }) => align),
        block.rows.map((row) => row.map(cell))
      )}`
    case "printed":
      return printedMarkdown(block.table).trimEnd()
    case "picture": {
      const notes = block.notes.map(markdownParagraph)
      return [
        `![${escapeMarkdown(block.alt)}](<${imageOf(block.name, block.svg)}>)`,
        ...(block.caption === "" ? [] : [`*${escapeMarkdown(block.caption)}*`]),
        ...notes
      ].join("\n\n")
    }
    case "folded":
      return [`<details><summary>${escapeHtml(block.summary)}</summary>`, ...block.blocks.map((one) => blockMarkdown(one, imageOf)), "</details>"].join("\n\n")
  }
}

/** Headings of Markdown have anchors by their words, which differ between programs: these stand before them. */
const heading = (level: number, { id, title }: Pick<Section, "id" | "title">): string => `<a id="${id}"></a>\n\n${"#".repeat(level)} ${escapeMarkdown(title)}`

const contents = (sections: ReadonlyArray<Section>): string =>
  sections
    .flatMap(({ id, parts = [], title }) => [
      `- [${escapeMarkdown(title)}](#${id})`,
      ...parts.map((part) => `  - [${escapeMarkdown(part.title)}](#${part.id})`)
    ])
    .join("\n")

/** A report as GitHub-flavoured Markdown. Pictures are files in `folder` beside it: neither GitHub nor VS Code shows SVG that stands in the text. */
export const writeMarkdown = ({ closing, first, lead, opening, sections, title }: Document, folder: string): MarkdownReport => {
  const pictures = new Map<string, string>()
  const imageOf = (name: string, svg: string): string => {
    const path = `${folder}/${name}.svg`
    pictures.set(path, svg)
    return path.replace(/[<>\r\n]/g, encodeURIComponent)
  }
  const blocksOf = (blocks: ReadonlyArray<Block>) => blocks.map((block) => blockMarkdown(block, imageOf))
  const partsOf = ({ blocks, parts = [], ...section }: Section): ReadonlyArray<string> => [
    heading(2, section),
    ...blocksOf(blocks),
    ...parts.flatMap((part) => [heading(3, part), ...blocksOf(part.blocks)])
  ]
  const lines = [
    `# ${escapeMarkdown(title)}`,
    ...lead.map((text) => plainStart(inline(text))),
    ...blocksOf(opening),
    ...first.flatMap(partsOf),
    heading(2, { id: "contents", title: "Contents" }),
    contents(sections),
    ...sections.flatMap(partsOf),
    "---",
    inline(closing)
  ]
  return { text: `${lines.join("\n\n")}\n`, pictures }
}
