/** A cell split where it is aligned: "(0.130)" is "(0" and ".130)". */
export type AtPoint = readonly [head: string, tail: string]

const number = /^([[({]?[-+<]?\s?(?:\d{1,3}(?:[,' ]\d{3})+|\d+))((?:\.\d+)?(?:e[-+]?\d+)?[^\s\d.,()[\]{}|<>-]{0,4}[\])}]?[^\s\d.,()[\]{}|<>-]{0,4})$/u

/**
 * Where the cells of a numeric column are aligned. Undefined for what is centred instead: anything but one number ("Yes", "[0.20, 0.59]"), and a whole
 * number (a count) among decimals.
 */
export const atDecimalPoint = (cells: ReadonlyArray<string>): ReadonlyArray<AtPoint | undefined> => {
  const split = cells.map((cell): AtPoint | undefined => {
    const match = number.exec(cell)
    return match === null ? undefined : [match[1]!, match[2]!]
  })
  const fractional = (parts: AtPoint | undefined) => parts?.[1].startsWith(".") === true
  return split.some(fractional) ? split.map((parts) => (fractional(parts) ? parts : undefined)) : split
}
