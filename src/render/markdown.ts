import { withoutControlCharacters } from "./control-characters.ts"

/** Text for a cell or within a paragraph of GitHub's Markdown: nothing in it is read as markup, and it stays on one line. Control characters are dropped. */
export const escapeMarkdown = (text: string): string =>
  withoutControlCharacters(text)
    .replace(/[\\`*_[\]|~<>#&$]/g, (character) => (character === "<" ? "&lt;" : character === ">" ? "&gt;" : character === "&" ? "&amp;" : `\\${character}`))
    .replace(/\s*[\r\n]+\s*/g, " ")

/** Markdown that begins a line, but no list, heading's rule or rule. */
export const plainStart = (markdown: string): string =>
  markdown.replace(/^(\s*)([-+=]|\d+[.)])(?=\s|$)/, (_, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`)

/** Text that is a paragraph. */
export const markdownParagraph = (text: string): string => plainStart(escapeMarkdown(text.trim()))

/** A table of pipes; cells are Markdown already. */
export const markdownTable = (
  header: ReadonlyArray<string>,
  align: ReadonlyArray<"left" | "right" | "centre">,
  rows: ReadonlyArray<ReadonlyArray<string>>
): string => {
  const line = (cells: ReadonlyArray<string>) => `| ${cells.join(" | ")} |`
  const rule = align.map((a) => (a === "left" ? "---" : a === "right" ? "---:" : ":---:"))
  return [line(header), line(rule), ...rows.map(line)].join("\n")
}
