/** Going through the numbers of a table by the arrow keys: one of them is a stop of the Tab key. */

export interface Place {
  readonly row: number
  readonly column: number
}

/** "3.1": row and column from 0. */
export const placeIn = (text: string | undefined): Place | undefined => {
  const [, row, column] = /^(\d+)\.(\d+)$/.exec(text ?? "") ?? []
  return row === undefined ? undefined : { row: Number(row), column: Number(column) }
}
export const placeText = ({ column, row }: Place): string => `${row}.${column}`

/** The number that an arrow leads to; undefined for other keys, and at the edge. `numbers` are in reading order. */
export const nextNumber = (numbers: ReadonlyArray<Place>, at: Place, key: string): Place | undefined => {
  const inRow = numbers.filter(({ row }) => row === at.row)
  if (key === "ArrowRight") return inRow.find(({ column }) => column > at.column)
  if (key === "ArrowLeft") return inRow.findLast(({ column }) => column < at.column)
  if (key === "Home") return inRow[0]
  if (key === "End") return inRow.at(-1)
  if (key !== "ArrowDown" && key !== "ArrowUp") return undefined
  const down = key === "ArrowDown"
  const beyond = numbers.filter(({ column, row }) => column === at.column && (down ? row > at.row : row < at.row))
  return down ? beyond[0] : beyond.at(-1)
}
