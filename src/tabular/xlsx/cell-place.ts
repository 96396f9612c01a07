export const LAST_ROW = 1_048_576
export const LAST_COLUMN = 16_383

/** The number that the digits of a text from one place on make; undefined where that is no row of a sheet, which has 1 to 1,048,576. */
export const rowNumber = (text: string, from = 0): number | undefined => {
  if (text.length === from || text.length - from > 7) return undefined
  let row = 0
  for (let at = from; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return undefined
    row = 10 * row + digit
  }
  return row >= 1 && row <= LAST_ROW ? row : undefined
}

/** The place that `C5` names, the column from 0; undefined where that is no cell of a sheet. */
export const cellPlace = (name: string): { readonly column: number; readonly row: number } | undefined => {
  let column = 0
  let at = 0
  for (; at < name.length && at < 4; at++) {
    const letter = name.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    column = 26 * column + letter
  }
  const row = at === 0 || column - 1 > LAST_COLUMN ? undefined : rowNumber(name, at)
  return row === undefined ? undefined : { column: column - 1, row }
}
