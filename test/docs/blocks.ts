import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("../..", import.meta.url))

/** A code block of a page: between two fences. */
export interface Block {
  /** The page, by its path from the repository's root. */
  readonly page: string
  /** The number of the line of the opening fence. */
  readonly line: number
  /** What stands behind the opening fence. */
  readonly language: string
  readonly text: string
  /** What the line above says of how it is tested, in a comment that no reader sees: `<!-- test: skip it waits for a browser -->`. */
  readonly test: string
}

/** The code blocks of a page, in their order. Those in a list are without their indent. */
export const blocksOf = (page: string): ReadonlyArray<Block> => {
  const lines = readFileSync(`${root}/${page}`, "utf8").split("\n")
  const blocks: Array<Block> = []
  for (let i = 0; i < lines.length; i++) {
    const [, indent, language] = /^( *)```(.*)$/.exec(lines[i]!) ?? []
    if (indent === undefined) continue
    const end = lines.indexOf(`${indent}\`\`\``, i + 1)
    if (end < 0) throw new Error(`${page}:${i + 1}: this block has no end`)
    const text = lines.slice(i + 1, end).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    const [, test = ""] = /^ *<!-- test: (.*) -->$/.exec(lines[i - 1] ?? "") ?? []
    blocks.push({ page, line: i + 1, language: language!.trim(), text: `${text.join("\n")}\n`, test })
    i = end
  }
  return blocks
}

/** A name for the block in a list of tests. */
export const titleOf = ({ line, page, text }: Block): string => `${page}:${line}  ${text.split("\n", 1)[0]!.replace(/ {2,}#.*/, "")}`
