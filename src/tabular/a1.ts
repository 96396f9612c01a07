/** The letters of a column, from 0: A, B, … Z, AA. */
export const columnLetters = (column: number): string =>
  (column < 26 ? "" : columnLetters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))

/** The column, from 0, that letters name. */
export const columnOfLetters = (letters: string): number => Array.from(letters).reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0) - 1

/** A cell as spreadsheets write it: its column from 0, its row from 1. */
export const cellName = (column: number, row: number): string => `${columnLetters(column)}${row}`
