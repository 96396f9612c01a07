import { signal } from "@preact/signals"
import type { CellValue, Window } from "../../../messages/artifact.ts"
import { ask } from "../../ask.ts"

/** Rows and columns of a block: what is asked for at once. */
const ROWS = 200
const COLUMNS = 12
/** Blocks that are kept. */
const KEPT = 160
/** Questions that are under way at a time: the browser has six, one of which follows events. */
const AT_ONCE = 3

export interface Selection {
  readonly artifact: string
  readonly filter: string
  readonly sort: string
}

interface Block {
  readonly rows: ReadonlyArray<number>
  readonly cells: ReadonlyArray<ReadonlyArray<CellValue>>
  readonly filled: ReadonlyArray<ReadonlySet<number>>
}
export interface Cell {
  readonly value: CellValue
  readonly filled: boolean
}

const NONE: ReadonlySet<number> = new Set()
const blockOf = ({ columns, rows }: Window): Block => ({
  rows,
  cells: columns.map(({ cells }) => cells),
  filled: columns.map(({ filled }) => (filled.length === 0 ? NONE : new Set(filled)))
})

/** Cells of the rows that meet a filter, in an order: fetched block by block as they come into view, the latest kept. */
export class Windows {
  readonly selection: Selection
  readonly matching: number
  /** Goes up when a block has come. */
  readonly arrived = signal(0)
  /** The last block that could not be had, and why. */
  readonly failure = signal<unknown>(undefined)
  readonly #names: ReadonlyArray<string>
  readonly #blocks = new Map<string, Block>()
  readonly #underWay = new Map<string, AbortController>()
  #wanted: ReadonlyArray<string> = []

  constructor(selection: Selection, matching: number, names: ReadonlyArray<string>) {
    this.selection = selection
    this.matching = matching
    this.#names = names
  }

  /** A cell by its row's place among the matching ones and its column's; undefined while it is not here. */
  cell(position: number, column: number): Cell | undefined {
    const block = this.#blocks.get(`${Math.floor(position / ROWS)} ${Math.floor(column / COLUMNS)}`)
    const at = position % ROWS
    const value = block?.cells[column % COLUMNS]?.[at]
    return value === undefined ? undefined : { value, filled: block!.filled[column % COLUMNS]!.has(at) }
  }
  /** A row's place in the artifact, from 0. */
  row(position: number, column: number): number | undefined {
    const { filter, sort } = this.selection
    return filter === "" && sort === "" ? position : this.#blocks.get(`${Math.floor(position / ROWS)} ${Math.floor(column / COLUMNS)}`)?.rows[position % ROWS]
  }

  /** Asks for what is in view (rows from, up to and without; columns one by one), then for what comes next in the direction that one moves. What was asked for before and is out of view now is taken back. */
  want(from: number, to: number, columns: Iterable<number>, direction: 1 | -1): void {
    const last = Math.floor(Math.max(0, this.matching - 1) / ROWS)
    const [first, end] = [Math.floor(from / ROWS), Math.min(last, Math.floor(Math.max(from, to - 1) / ROWS))]
    const inView = Array.from({ length: end - first + 1 }, (_, i) => first + i)
    const next = [1, 2].map((i) => (direction === 1 ? end + i : first - i)).filter((row) => row >= 0 && row <= last)
    const blocks = [...new Set([...columns].map((column) => Math.floor(column / COLUMNS)))]
    this.#wanted = [...inView, ...next].flatMap((row) => blocks.map((column) => `${row} ${column}`))
    const wanted = new Set(this.#wanted)
    for (const [key, stop] of this.#underWay) if (!wanted.has(key)) stop.abort()
    this.#proceed()
  }
  /** Takes back all that is under way. */
  close(): void {
    this.#wanted = []
    for (const stop of this.#underWay.values()) stop.abort()
  }

  #proceed(): void {
    for (const key of this.#wanted) {
      const known = this.#blocks.get(key)
      if (known !== undefined) {
        // The latest last.
        this.#blocks.delete(key)
        this.#blocks.set(key, known)
      } else if (!this.#underWay.has(key) && this.#underWay.size < AT_ONCE) void this.#fetch(key)
    }
  }
  async #fetch(key: string): Promise<void> {
    const stop = new AbortController()
    this.#underWay.set(key, stop)
    const [row = 0, column = 0] = key.split(" ").map(Number)
    try {
      const window = await ask(
        "rows",
        { ...this.selection, from: row * ROWS, count: ROWS, columns: this.#names.slice(column * COLUMNS, (column + 1) * COLUMNS) },
        stop.signal
      )
      this.#blocks.set(key, blockOf(window))
      for (const old of [...this.#blocks.keys()].slice(0, Math.max(0, this.#blocks.size - KEPT))) this.#blocks.delete(old)
      this.failure.value = undefined
      this.arrived.value++
    } catch (error) {
      if (!stop.signal.aborted) {
        this.failure.value = error
        // What cannot be had is not asked for again until one moves.
        this.#wanted = this.#wanted.filter((one) => one !== key)
      }
    } finally {
      this.#underWay.delete(key)
    }
    this.#proceed()
  }
}
