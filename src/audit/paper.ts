import type { Cell, Kind } from "./cells.ts"
import type { Declared, Model } from "./declared.ts"
import type { Interval } from "./interval.ts"

/** A printed estimate with the ratio to its standard error, within what rounding allows. */
export interface Ratio {
  readonly cell: Cell
  readonly bracket: Cell
  readonly size: Interval
}

/** A column of estimates: a model. */
export interface Column {
  readonly id: string
  readonly table: string
  readonly heading: string
  readonly cells: ReadonlyArray<Cell>
  readonly model: Model
}

/** The printed numbers of a paper, and what is said of them. */
export interface Paper {
  readonly declared: Declared
  readonly cells: ReadonlyArray<Cell>
  readonly columns: ReadonlyArray<Column>
}

export const columnId = (cell: Cell): string => `${cell.table}.${cell.column}`
export const nameOf = (cell: Cell): string => `${columnId(cell)} ${cell.term}`

export const cellIn = (column: Column, term: string, kind: Kind): Cell | undefined =>
  column.cells.find((cell) => cell.term === term && cell.kind === kind && cell.printed !== "")

export const nobsOf = (column: Column): Cell | undefined => column.cells.find(({ kind, printed }) => kind === "nobs" && printed !== "")

/** The variable that a column explains: as the audit file says, or its heading. */
export const dependentOf = ({ heading, model }: Column): string => model.dependent ?? heading

/** The terms that a column has estimates of, sorted. */
export const termsOf = (column: Column): ReadonlyArray<string> =>
  column.cells
    .filter(({ kind, printed }) => kind === "estimate" && printed !== "")
    .map(({ term }) => term)
    .sort()

/** `4.2` matches itself, `4.*` every column of Table 4, `*` all. */
const matches = (pattern: string, id: string, table: string): boolean => pattern === "*" || pattern === id || pattern === `${table}.*`

/** The columns with estimates; of what is said of models, later entries have the last word. */
export const paperOf = (declared: Declared, cells: ReadonlyArray<Cell>): Paper => {
  const ids = [...new Set(cells.filter(({ kind, table }) => kind === "estimate" && table !== "text").map(columnId))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true })
  )
  return {
    declared,
    cells,
    columns: ids.map((id) => {
      const own = cells.filter((cell) => columnId(cell) === id)
      const { table } = own[0]!
      const model = Object.assign({}, ...declared.models.filter(({ columns }) => columns.some((pattern) => matches(pattern, id, table)))) as Model
      return { id, table, heading: own.find(({ heading }) => heading !== "")?.heading ?? "", cells: own, model }
    })
  }
}
