const withoutStars = (comment: string): string =>
  comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trim())
    .filter((line) => line !== "")
    .join(" ")

/** The block comment at the top of a file, on one line; empty where there is none. */
export const leadingComment = (text: string): string => {
  const [, comment] = /^(?:\uFEFF|#![^\n]*\n|\s)*\/\*\*?([\s\S]*?)\*\//.exec(text) ?? []
  return comment === undefined ? "" : withoutStars(comment)
}

/** How many records a CSV file has below its header: lines that are not empty, those within quotes not counted. These bytes are no part of a longer character in any encoding of files. */
export const csvRows = (chunks: Iterable<Uint8Array>): number => {
  let rows = 0
  let quoted = false
  let content = false
  for (const chunk of chunks)
    for (const byte of chunk) {
      if (byte === 34) quoted = !quoted
      if (byte === 10 && !quoted) {
        if (content) rows++
        content = false
      } else if (byte !== 13 && byte !== 32) content = true
    }
  if (content) rows++
  return Math.max(0, rows - 1)
}
