export const LAST_ROW = 1_048_576
export const LAST_COLUMN = 16_383

/** A row's number from 1, by its text; undefined where that is no row of a sheet. */
export const rowNumber = (text: string): number | undefined => {
  if (!/^\d{1,7}$/.test(text)) return undefined
  const row = Number(text)
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
  const row = at === 0 || column - 1 > LAST_COLUMN ? undefined : rowNumber(name.slice(at))
  return row === undefined ? undefined : { column: column - 1, row }
}
