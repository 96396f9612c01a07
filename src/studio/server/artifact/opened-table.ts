import { totalmem } from "node:os"
import { type Cells, cellsOf } from "../../../artifact/cells.ts"
import { filledName, sourceName } from "../../../artifact/column.ts"
import { type LaidColumn, layArrow } from "../../../artifact/read.ts"

/** A column of an opened table: its cells are looked at where they lie. */
export interface OpenedColumn extends LaidColumn {
  readonly cells: Cells
}

/** Bytes of the rows that something holds, itself or beside other things. */
const bytesOf = (made: unknown): number => {
  if (ArrayBuffer.isView(made)) return made.byteLength
  if (typeof made !== "object" || made === null) return 0
  return Object.values(made).reduce((sum: number, one) => sum + (ArrayBuffer.isView(one) ? one.byteLength : 0), 0)
}

/** An artifact that is looked into: nothing of it is decoded before it is asked for, and what was made of it (rows in an order, summaries) is kept beside it. */
export class OpenedTable {
  readonly sha256: string
  readonly bytes: Uint8Array
  readonly rows: number
  readonly notes: ReadonlyArray<string>
  /** Without those that tell of another. */
  readonly visible: ReadonlyArray<LaidColumn>
  readonly #laid: ReadonlyMap<string, LaidColumn>
  readonly #opened = new Map<string, OpenedColumn>()
  readonly #made = new Map<string, unknown>()

  constructor(sha256: string, bytes: Uint8Array) {
    const { columns, notes, rows } = layArrow(bytes)
    this.sha256 = sha256
    this.bytes = bytes
    this.rows = rows
    this.notes = notes
    this.#laid = new Map(columns.map((column) => [column.name, column]))
    const companions = new Set(columns.flatMap(({ name }) => [filledName(name), sourceName(name)]))
    this.visible = columns.filter(({ name }) => !companions.has(name))
  }

  /** Bytes of the artifact, and of the rows in some order that are kept beside it. */
  get size(): number {
    return [...this.#made.values()].reduce((sum: number, made) => sum + bytesOf(made), this.bytes.length)
  }

  column(name: string): OpenedColumn | undefined {
    const known = this.#opened.get(name)
    if (known !== undefined) return known
    const laid = this.#laid.get(name)
    if (laid === undefined) return undefined
    const opened = { ...laid, cells: cellsOf(laid) }
    this.#opened.set(name, opened)
    return opened
  }
  /** Which cells of a column were filled in; undefined where none was. */
  filled(name: string): ((row: number) => boolean) | undefined {
    const mask = this.column(filledName(name))
    return mask && ((row) => mask.cells.present(row) && mask.cells.number(row) === 1)
  }
  /** Where the cells of a column come from; undefined where it is told of none. */
  source(name: string): ((row: number) => string | undefined) | undefined {
    const told = this.column(sourceName(name))
    return told && ((row) => (told.cells.present(row) ? told.cells.text(row) : undefined))
  }
  /** What was made under a name, or else is made now; of the many only the latest are kept. */
  keep<A>(name: string, most: number, make: () => A): A {
    const known = this.#made.get(name) as A | undefined
    const made = known ?? make()
    this.#made.delete(name)
    this.#made.set(name, made)
    const kind = name.slice(0, name.indexOf(" ") + 1)
    const alike = [...this.#made.keys()].filter((other) => other.startsWith(kind))
    for (const old of alike.slice(0, Math.max(0, alike.length - most))) this.#made.delete(old)
    return made
  }
}

/** Artifacts that may stay open in a thread, in bytes; the last one stays whatever it has. */
const MOST_BYTES = Math.min(1 << 29, totalmem() / 16)

/** The artifacts that were looked into last. They are named by their content, so what is kept of them holds for good. */
export class OpenedTables {
  readonly #tables = new Map<string, OpenedTable>()
  readonly #most: number

  constructor(most = MOST_BYTES) {
    this.#most = most
  }

  get(sha256: string): OpenedTable | undefined {
    const table = this.#tables.get(sha256)
    if (table === undefined) return undefined
    return this.add(table)
  }
  /** Opens one, or looks into it again: it is the last that is closed. */
  add(table: OpenedTable): OpenedTable {
    this.#tables.delete(table.sha256)
    this.#tables.set(table.sha256, table)
    let bytes = [...this.#tables.values()].reduce((sum, one) => sum + one.size, 0)
    for (const [sha256, one] of this.#tables) {
      if (bytes <= this.#most || one === table) break
      this.#tables.delete(sha256)
      bytes -= one.size
    }
    return table
  }
}
