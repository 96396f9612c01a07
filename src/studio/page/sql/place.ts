/** Where a character of a text stands. */
export interface Place {
  /** From 1. */
  readonly line: number
  readonly column: number
  /** The text of that line. */
  readonly text: string
}

export const placeOf = (text: string, at: number): Place => {
  const before = text.slice(0, at).split("\n")
  const line = before.length
  return { line, column: [...before[line - 1]!].length + 1, text: text.split("\n")[line - 1]! }
}
