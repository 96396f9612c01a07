import stringWidth from "string-width"

/** Text laid out in a terminal's cells: a CJK character takes two, a combining mark none. */

// A cell of a data file may hold control characters, also such as turn the direction of what follows; a terminal would act on them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g

/** One line, with control characters replaced by a space. */
export const plain = (text: string): string => text.replace(control, " ")

export const width = (text: string): number => stringWidth(text)

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" })

/** At most `columns` wide; what was cut is told by an ellipsis. */
export const cut = (text: string, columns: number): string => {
  if (width(text) <= columns) return text
  if (width(text.trimEnd()) <= columns) return text.trimEnd()
  if (columns <= 0) return ""
  let kept = ""
  let used = 0
  for (const { segment } of graphemes.segment(text)) {
    used += width(segment)
    if (used > columns - 1) break
    kept += segment
  }
  return `${kept}…`
}

export type Align = "left" | "right" | "centre"

/** Exactly `columns` wide: cut where too long, padded where too short. */
export const pad = (text: string, columns: number, align: Align = "left"): string => {
  const shown = cut(text, columns)
  const room = columns - width(shown)
  const before = align === "left" ? 0 : align === "right" ? room : Math.floor(room / 2)
  return " ".repeat(before) + shown + " ".repeat(room - before)
}

/** Lines of at most `columns`, broken at spaces; a longer word is broken anywhere. Later lines are indented by `indent`. */
export const wrap = (text: string, columns: number, indent = 0): ReadonlyArray<string> => {
  const room = Math.max(1, columns - indent)
  const lines: Array<string> = []
  let line = ""
  const flush = () => {
    if (line !== "") lines.push(line)
    line = ""
  }
  for (const word of plain(text)
    .split(" ")
    .filter((w) => w !== "")) {
    if (line !== "" && width(line) + 1 + width(word) <= room) line += ` ${word}`
    else {
      flush()
      for (const { segment } of graphemes.segment(word)) {
        if (width(line) + width(segment) > room) flush()
        line += segment
      }
    }
  }
  flush()
  return lines.map((part, i) => (i === 0 ? part : " ".repeat(indent) + part))
}

/** Which columns stand beside each other: as many as fit in `total` after the stub, then the rest in further blocks. At least one a block. */
export const intoBlocks = (widths: ReadonlyArray<number>, stub: number, gap: number, total: number): ReadonlyArray<ReadonlyArray<number>> => {
  const blocks: Array<Array<number>> = []
  let used = Number.POSITIVE_INFINITY
  widths.forEach((columns, i) => {
    if (used + gap + columns > total) {
      blocks.push([])
      used = stub
    }
    blocks.at(-1)!.push(i)
    used += gap + columns
  })
  return blocks
}
