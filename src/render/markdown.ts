/** Text for a cell or a paragraph of GitHub's Markdown: nothing in it is read as markup, and it stays on one line. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/[\\`*_[\]|~<>#&$]/g, (character) => (character === "<" ? "&lt;" : character === ">" ? "&gt;" : character === "&" ? "&amp;" : `\\${character}`))
    .replace(/\s*[\r\n]+\s*/g, " ")

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
