import { width as cells, plain } from "./monospace.ts"

// Widths of the printable ASCII characters in Helvetica, in thousandths of the font size (Adobe's core font metrics, which Arial and Liberation Sans follow).
const ascii = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584,
  556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278,
  469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260,
  334, 584
]

/** Width of a line of text in pixels, near enough to lay out columns without a browser: Helvetica's metrics for ASCII, the font size for a wide (CJK) character. */
export const textExtent = (text: string, size: number): number => {
  let thousandths = 0
  for (const character of plain(text)) {
    const code = character.codePointAt(0)!
    thousandths += code >= 32 && code < 127 ? ascii[code - 32]! : cells(character) === 2 ? 1000 : cells(character) === 0 ? 0 : 600
  }
  return (thousandths * size) / 1000
}

/** Lines no wider than `limit` pixels, broken at spaces. */
export const wrapToExtent = (text: string, size: number, limit: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = ""
  for (const word of plain(text)
    .split(" ")
    .filter((w) => w !== "")) {
    const longer = line === "" ? word : `${line} ${word}`
    if (line !== "" && textExtent(longer, size) > limit) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line === "" ? lines : [...lines, line]
}
