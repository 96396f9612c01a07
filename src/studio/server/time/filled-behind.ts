/** How many of the cells behind one were filled: of a whole variable at once, of which each column behind is read once. */
import type { StoredTable } from "../../../artifact/column.ts"
import { columnParts } from "../../../engine/lineage/cell-lineage.ts"
import type { MadeNode } from "../../../engine/lineage/made-node.ts"
import { type CellKey, cellAt, type PanelCell, variablesOf } from "../../../engine/lineage/panel-cell.ts"
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

/** A column of a node, with what it is made of. */
interface Column {
  readonly id: string
  readonly cells: (key: CellKey) => PanelCell | undefined
  /** Its node tells what it filled in. */
  readonly fills: boolean
  readonly likely: ReadonlyArray<{ readonly of: Column; readonly lag: number }>
  /** What a cell is made of where none of the former has a value. */
  readonly others: () => ReadonlyArray<Column>
}

/** Columns with what they are made of, each once. */
const columnsOf = (nodes: Nodes) => {
  const known = new Map<string, Column | undefined>()
  const columnOf = (node: string, output: string, column: string): Column | undefined => {
    const id = JSON.stringify([node, output, column])
    if (known.has(id)) return known.get(id)
    const made = nodes(node)
    const table = made?.table(output)
    const isThere = made !== undefined && table !== undefined && variablesOf(table)?.includes(column) === true
    const fills = made?.node.outputs["fills"] !== undefined
    const parts = isThere && !fills ? columnParts(nodes, made, column) : { likely: [], others: [] }
    const found: Column | undefined = isThere
      ? {
          id,
          cells: cellsByKey(table, column),
          fills,
          likely: parts.likely.flatMap(({ lag, ...read }) => {
            const of = columnOf(read.node, read.output, read.column)
            return of === undefined ? [] : [{ of, lag }]
          }),
          others: () => parts.others.flatMap((read) => columnOf(read.node, read.output, read.column) ?? [])
        }
      : undefined
    known.set(id, found)
    return found
  }
  return columnOf
}

export const filledBehind = (nodes: Nodes, { node, output }: PanelPart, name: string) => {
  const column = columnsOf(nodes)(node, output, name)
  /** In which cells might be filled: by column, and by how many years before. */
  const behind = new Set<string>()
  const filledIn = (of: Column, key: CellKey, year: number, met: Set<string>): number => {
    const cell = of.cells(key)
    const id = `${of.id} ${year - key.year}`
    if (cell === undefined || met.has(id)) return 0
    met.add(id)
    if (of.fills) {
      behind.add(id)
      return cell.filled ? 1 : 0
    }
    const likely = of.likely.map((part) => ({ of: part.of, key: { ...key, year: key.year - part.lag } }))
    // As in a trace of a cell.
    const elsewhere = cell.value !== null && cell.source === undefined && likely.every((part) => (part.of.cells(part.key)?.value ?? null) === null)
    const parts = elsewhere ? [...likely, ...of.others().map((other) => ({ of: other, key }))] : likely
    return parts.reduce((sum, part) => sum + filledIn(part.of, part.key, year, met), 0)
  }
  return {
    /** How many of the cells behind that of a key were filled. */
    filled: (key: CellKey): number => (column === undefined ? 0 : filledIn(column, key, key.year, new Set())),
    /** In how many columns they may be, as far as has been asked. */
    behind: () => behind.size
  }
}
