// Unicode numbers the eight dots of a braille cell by column, but for the lowest row.
const bits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80]
] as const

interface BrailleCanvas {
  /** In dots: two a cell across, four a cell down, from the top left. What lies outside is not drawn. */
  readonly dot: (x: number, y: number, series: number) => void
  /** A straight line; `every` > 1 leaves dots out. */
  readonly line: (from: readonly [number, number], to: readonly [number, number], series: number, every?: number) => void
  /** A letter in place of the cell that holds the dot; false where a letter stands already. */
  readonly letter: (x: number, y: number, letter: string, series: number) => boolean
  /** The rows of text, each cell painted by the series that drew on it last. */
  readonly lines: (paint: (text: string, series: number) => string) => ReadonlyArray<string>
}

/** A drawing surface of `columns` by `rows` terminal cells. */
export const brailleCanvas = (columns: number, rows: number): BrailleCanvas => {
  const masks = new Uint8Array(columns * rows)
  const owner = new Int32Array(columns * rows)
  const letters = new Map<number, string>()
  const cellAt = (x: number, y: number) => Math.floor(y / 4) * columns + Math.floor(x / 2)
  const inside = (x: number, y: number) => x >= 0 && y >= 0 && x < columns * 2 && y < rows * 4
  const dot = (x: number, y: number, series: number) => {
    if (!inside(x, y)) return
    masks[cellAt(x, y)]! |= bits[y % 4]![x % 2]!
    owner[cellAt(x, y)] = series
  }
  return {
    dot,
    line: (from, to, series, every = 1) => {
      const steps = Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]), 1)
      for (let i = 0; i <= steps; i += every)
        dot(Math.round(from[0] + ((to[0] - from[0]) * i) / steps), Math.round(from[1] + ((to[1] - from[1]) * i) / steps), series)
    },
    letter: (x, y, letter, series) => {
      if (!inside(x, y) || letters.has(cellAt(x, y))) return false
      letters.set(cellAt(x, y), letter)
      owner[cellAt(x, y)] = series
      return true
    },
    lines: (paint) =>
      Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (_cell, column) => {
          const cell = row * columns + column
          const glyph = letters.get(cell) ?? (masks[cell] === 0 ? " " : String.fromCodePoint(0x2800 + masks[cell]!))
          return glyph === " " ? glyph : paint(glyph, owner[cell]!)
        }).join("")
      )
  }
}
