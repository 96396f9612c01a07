/** How many of the cells behind one were filled: of a whole variable at once, since one row's tree tells which columns are behind it. */
import type { StoredTable } from "../../../artifact/column.ts"
import { type TracedCell, traceCell } from "../../../engine/lineage/cell-lineage.ts"
import type { MadeNode } from "../../../engine/lineage/made-node.ts"
import { type CellKey, cellAt, type PanelCell } from "../../../engine/lineage/panel-cell.ts"
import type { PanelPart } from "../../../workspace/traced-row.ts"

type Nodes = (name: string) => MadeNode | undefined

const idOf = ({ entity, year }: CellKey): string => `${year} ${entity}`

const rowsOf = (table: StoredTable): ReadonlyMap<string, number> => {
  const [entities, years] = ["entity", "year"].map((name) => table.columns.find((column) => column.name === name)!.values)
  const rows = new Map<string, number>()
  // Of several rows of a key the first counts, as in a trace.
  for (let row = table.rows - 1; row >= 0; row--) rows.set(idOf({ entity: String(entities![row]), year: Number(years![row]) }), row)
  return rows
}

/** The cells of a column by their keys. */
export const cellsByKey = (table: StoredTable, column: string): ((key: CellKey) => PanelCell | undefined) => {
  const rows = rowsOf(table)
  return (key) => {
    const row = rows.get(idOf(key))
    return row === undefined ? undefined : cellAt(table, column, row)
  }
}

/** A column in which cells were filled, by so many years before. */
interface Behind {
  readonly node: string
  readonly output: string
  readonly column: string
  readonly lag: number
}

/** The columns behind a cell whose node tells what it filled. */
const fillingIn = (nodes: Nodes, cell: TracedCell, year: number, found: Map<string, Behind>): void => {
  if (nodes(cell.node)?.node.outputs["fills"] !== undefined) {
    const lag = year - cell.year
    found.set(JSON.stringify([cell.node, cell.output, cell.column, lag]), { node: cell.node, output: cell.output, column: cell.column, lag })
    return
  }
  for (const part of cell.from) fillingIn(nodes, part, year, found)
}

/** Rows of which trees are looked at: the first of a table may lack what others have, as a variable of the year before. */
const LOOKED_AT = 3

export const filledBehind = (nodes: Nodes, { node, output, table }: PanelPart, column: string) => {
  const keys = [...rowsOf(table).keys()].map((id): CellKey => ({ year: Number.parseInt(id, 10), entity: id.slice(id.indexOf(" ") + 1) }))
  const found = new Map<string, Behind>()
  for (let i = 0; i < LOOKED_AT; i++) {
    const key = keys[Math.floor((i * (keys.length - 1)) / (LOOKED_AT - 1))]
    const cell = key && traceCell(nodes, node, output, column, key)
    if (cell !== undefined) fillingIn(nodes, cell, key!.year, found)
  }
  const behind = [...found.values()].flatMap((one) => {
    const own = nodes(one.node)?.table(one.output)
    return own === undefined ? [] : [{ lag: one.lag, cells: cellsByKey(own, one.column) }]
  })
  return {
    behind: behind.length,
    filled: ({ entity, year }: CellKey): number => behind.filter(({ cells, lag }) => cells({ entity, year: year - lag })?.filled === true).length
  }
}
