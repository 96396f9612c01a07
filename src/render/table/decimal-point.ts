/** A cell that is one number, by what it is written with: "(<1,234.50**)" is "(", "<", "1,234", ".50", "", "**", ")", "". */
export interface NumberParts {
  readonly open: string
  /** -, + or <. */
  readonly sign: string
  /** With what separates its thousands. */
  readonly whole: string
  /** With its point. */
  readonly fraction: string
  /** As in e-16. */
  readonly exponent: string
  /** Stars, or other symbols, inside the bracket and after it. */
  readonly symbols: string
  readonly close: string
  readonly after: string
}

const symbols = "[^\\s\\d.,()[\\]{}|<>-]{0,4}"
const number = new RegExp(
  `^(?<open>[[({]?)(?<sign>[-+<]?)\\s?(?<whole>\\d{1,3}(?:[,' ]\\d{3})+|\\d+)(?<fraction>(?:\\.\\d+)?)(?<exponent>(?:e[-+]?\\d+)?)(?<symbols>${symbols})(?<close>[\\])}]?)(?<after>${symbols})$`,
  "u"
)

/** Undefined for what is not one number: "Yes", "[0.20, 0.59]", nothing. */
export const numberParts = (text: string): NumberParts | undefined => number.exec(text)?.groups as NumberParts | undefined

/** A cell split where it is aligned: "(0.130)" is "(0" and ".130)". */
export type AtPoint = readonly [head: string, tail: string]

/**
 * Where the cells of a numeric column are aligned. Undefined for what is centred instead: anything but one number ("Yes", "[0.20, 0.59]"), and a whole
 * number (a count) among decimals.
 */
export const atDecimalPoint = (cells: ReadonlyArray<string>): ReadonlyArray<AtPoint | undefined> => {
  const split = cells.map((cell): AtPoint | undefined => {
    const parts = numberParts(cell)
    if (parts === undefined) return undefined
    const tail = [parts.fraction, parts.exponent, parts.symbols, parts.close, parts.after].join("")
    return [cell.slice(0, cell.length - tail.length), tail]
  })
  const fractional = (parts: AtPoint | undefined) => parts?.[1].startsWith(".") === true
  return split.some(fractional) ? split.map((parts) => (fractional(parts) ? parts : undefined)) : split
}
