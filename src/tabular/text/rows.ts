import type { Fault } from "../../dag/stage.ts"
import { faultOf } from "../fault-of.ts"
import { type SheetRow, UnreadableFile } from "../sheet.ts"

/** How a text is cells. */
export interface Dialect {
  /** One character between the cells of a row. */
  readonly delimiter: string
  /** One character around cells that hold a delimiter or a line break, and twice where such a cell holds it; "" where nothing is quoted. */
  readonly quote: string
}

/** The most that a row may have. Beyond it lies a quote that nobody closed, or no table. */
const LIMITS = { cell: 1 << 24, row: 1 << 25, cells: 100_000 } as const

const LF = 10
const CR = 13
const EQUALS = 61
/** The row goes on in text that is yet to come. */
const MORE = -1

/** Spaces around text and what else JavaScript trims: of ASCII, the ideographic and the no-break space, the byte order mark of a file that was joined to another. */
const isSpace = (code: number): boolean => code <= 32 || code === 0x3000 || code === 0xa0 || code === 0xfeff || (code >= 0x2000 && code <= 0x200a)

/** Databases write codes as formulas, `="110000"`, so that spreadsheets leave them as they are: the text is what such a formula comes to. */
const FORMULA_OF_TEXT = /^="([^"]*)"$/

/** A cell without spaces around it; nothing where it is empty. */
const cellOf = (text: string): string | null => {
  const { length } = text
  if (length === 0) return null
  const trimmed = isSpace(text.charCodeAt(0)) || isSpace(text.charCodeAt(length - 1)) ? text.trim() : text
  if (trimmed.length === 0) return null
  if (trimmed.charCodeAt(0) === EQUALS && FORMULA_OF_TEXT.test(trimmed)) return cellOf(trimmed.slice(2, -1))
  // A longer piece of a text keeps all of it in memory: this is one of its own.
  return trimmed.length < 13 ? trimmed : ` ${trimmed}`.slice(1)
}

/** Reads one row after another out of a text that comes in pieces. */
class RowReader {
  readonly #path: string
  readonly #delimiter: number
  readonly #quote: string
  readonly #quoteCode: number
  /** The cells of the row that was read last. */
  cells: Array<string | null> = []
  /** Of the row that was read last, or is under way: rows count from 1, blank ones too. */
  row = 0
  /** The column, from 1, whose quote is open where the text ends; 0 where none is. */
  #open = 0

  constructor(path: string, { delimiter, quote }: Dialect) {
    this.#path = path
    this.#delimiter = delimiter.charCodeAt(0)
    this.#quote = quote
    this.#quoteCode = quote === "" ? -1 : quote.charCodeAt(0)
  }

  fault(code: string, message: string, where: Omit<NonNullable<Fault["where"]>, "file" | "row"> = {}): UnreadableFile {
    return new UnreadableFile([faultOf(this.#path, code, `row ${this.row}${message}`, { row: this.row, ...where })])
  }

  /** Reads the row that begins at `from`, and gives where the next begins; MORE where the text ends before it does and there is more to come. */
  read(text: string, from: number, isLast: boolean): number {
    const delimiter = this.#delimiter
    const end = text.length
    this.cells = []
    this.#open = 0
    let at = from
    for (;;) {
      const start = at
      let code = at < end ? text.charCodeAt(at) : LF
      while (code !== delimiter && code !== LF && code !== CR && isSpace(code) && ++at < end) code = text.charCodeAt(at)
      if (at < end && code === this.#quoteCode) {
        at = this.#quoted(text, at, isLast)
        if (at === MORE) return MORE
      } else {
        for (; at < end; at++) {
          code = text.charCodeAt(at)
          if (code === delimiter || code === LF || code === CR) break
        }
        if (at === end && !isLast) return MORE
        this.#add(text.slice(start, at))
      }
      if (at === end) return end
      code = text.charCodeAt(at++)
      if (code === delimiter) continue
      if (code === LF) return at
      if (at === end && !isLast) return MORE
      return text.charCodeAt(at) === LF ? at + 1 : at
    }
  }

  /** Reads a cell whose quote stands at `from`, and gives where the delimiter or the line break behind it is. */
  #quoted(text: string, from: number, isLast: boolean): number {
    const end = text.length
    let isDoubled = false
    let at = from + 1
    for (;;) {
      const quote = text.indexOf(this.#quote, at)
      if (quote === -1 || (quote === end - 1 && !isLast)) {
        this.#open = this.cells.length + 1
        if (!isLast) return MORE
        throw this.#unclosed(text.slice(from))
      }
      at = quote + 1
      if (text.charCodeAt(at) !== this.#quoteCode) break
      isDoubled = true
      at++
    }
    const inside = text.slice(from + 1, at - 1)
    for (; at < end; at++) {
      const code = text.charCodeAt(at)
      if (code === this.#delimiter || code === LF || code === CR) break
      if (!isSpace(code)) throw this.#behindQuote(text.slice(from, at + 8))
    }
    if (at === end && !isLast) return MORE
    this.#add(isDoubled ? inside.replaceAll(this.#quote + this.#quote, this.#quote) : inside)
    return at
  }

  #add(text: string): void {
    if (text.length > LIMITS.cell) throw this.#tooLong(this.cells.length + 1)
    this.cells.push(cellOf(text))
    if (this.cells.length > LIMITS.cells)
      throw this.fault("too-many-cells", ` has more than ${LIMITS.cells} cells; this is no table, or its delimiter is another: say delimiter`, {
        expected: `at most ${LIMITS.cells} cells`
      })
  }

  /** What is left of a text whose row goes on is looked at before more is added. */
  mayGoOn(length: number): void {
    if (length > (this.#open > 0 ? LIMITS.cell : LIMITS.row)) throw this.#tooLong(this.#open)
  }

  #tooLong(column: number): UnreadableFile {
    const message =
      this.#open > 0
        ? `, cell ${column}: a quote opens here, and the cell has more than ${LIMITS.cell} characters; the quote is not closed: correct it, or say quote: "" if nothing is quoted`
        : `${column > 0 ? `, cell ${column}` : ""}: has more than ${column > 0 ? LIMITS.cell : LIMITS.row} characters; this is no table, or its delimiter is another: say delimiter`
    return this.fault("too-long", message, { expected: `at most ${LIMITS.cell} characters` })
  }

  #unclosed(rest: string): UnreadableFile {
    const message = `, cell ${this.#open}: a quote opens and never closes: ${excerpt(rest)}; correct the quotes, or say quote: "" if nothing is quoted`
    return this.fault("open-quote", message, { value: excerpt(rest), expected: "a closing quote" })
  }

  #behindQuote(cell: string): UnreadableFile {
    const message = `, cell ${this.cells.length + 1}: text follows a closing quote: ${excerpt(cell)}; a quote within a quoted cell is written twice; correct it, or say quote: "" if nothing is quoted`
    return this.fault("bad-quote", message, { value: excerpt(cell), expected: "a delimiter or a line break behind the closing quote" })
  }
}

const excerpt = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)

/** The pieces, and then that there are no more. */
function* ended(pieces: Iterable<string>): Generator<string | undefined> {
  yield* pieces
  yield undefined
}

/** The rows of a text that hold something. */
export function* rowsOf(path: string, pieces: Iterable<string>, dialect: Dialect): Generator<SheetRow> {
  const reader = new RowReader(path, dialect)
  let text = ""
  let worthwhile = 0
  for (const piece of ended(pieces)) {
    const isLast = piece === undefined
    if (!isLast) text += piece
    // A row that goes on is read again from its beginning: not before there is as much again, or a long one would be read at each piece.
    if (!isLast && text.length < worthwhile) continue
    let from = 0
    while (from < text.length) {
      reader.row++
      const code = text.charCodeAt(from)
      if (code === LF || (code === CR && from + 1 < text.length)) {
        from += code === CR && text.charCodeAt(from + 1) === LF ? 2 : 1
        continue
      }
      const next = reader.read(text, from, isLast)
      if (next === MORE) {
        reader.mayGoOn(text.length - from)
        reader.row--
        break
      }
      from = next
      const { cells, row } = reader
      if (cells.some((cell) => cell !== null)) yield { row, cells }
    }
    text = text.slice(from)
    worthwhile = 2 * text.length
  }
}
