/** From a cell back to the cells that it is made of, and at the end to the file, sheet and cell that each was read from. */
import type { StoredTable } from "../../artifact/column.ts"
import type { ColumnRead, MadeNode } from "./made-node.ts"
import { type CellKey, cellAt, type PanelCell, rowOf, variablesOf } from "./panel-cell.ts"
import { isDimensionOf, usedVariables } from "./used-variables.ts"

export interface TracedCell extends CellKey, PanelCell {
  readonly node: string
  readonly output: string
  readonly column: string
  readonly stage: string
  /** How a cell that was filled was filled. */
  readonly how: string | undefined
  readonly from: ReadonlyArray<TracedCell>
  /** Inputs that are no panels (weights, a dictionary), or that have nothing of this entity's year. */
  readonly besides: ReadonlyArray<string>
  /** It was told before in the same answer. */
  readonly again: boolean
}

type Nodes = (name: string) => MadeNode | undefined
interface PanelRead extends ColumnRead {
  readonly table: StoredTable
}

const panelReads = (nodes: Nodes, { reads }: MadeNode): { readonly panels: ReadonlyArray<PanelRead>; readonly others: ReadonlyArray<ColumnRead> } => {
  const panels: Array<PanelRead> = []
  const others: Array<ColumnRead> = []
  for (const read of reads) {
    const table = nodes(read.node)?.table(read.output)
    if (table === undefined) continue
    const variables = variablesOf(table)
    if (variables === undefined) others.push(read)
    else if (variables.includes(read.column)) panels.push({ ...read, table })
  }
  return { panels, others }
}

const labelOf = ({ node, output }: Pick<ColumnRead, "node" | "output">): string => (output === "output" ? node : `${node}.${output}`)
const labels = (reads: ReadonlyArray<ColumnRead>): ReadonlyArray<string> => [...new Set(reads.map(labelOf))]

const texts = (table: StoredTable, name: string): ReadonlyArray<string> =>
  Array.from((table.columns.find((column) => column.name === name)?.values ?? []) as ReadonlyArray<string>)

/** How a node says that it filled a cell: the row of its table of fills. */
const fillOf = (made: MadeNode, column: string, { entity, year }: CellKey): { readonly method: string; readonly note: string } | undefined => {
  const fills = Object.keys(made.node.outputs).includes("fills") ? made.table("fills") : undefined
  if (fills === undefined) return undefined
  const [entities, variables, methods, notes] = ["entity", "variable", "method", "note"].map((name) => texts(fills, name))
  const years = fills.columns.find(({ name }) => name === "year")!.values
  const row = entities!.findIndex((who, i) => who === entity && years[i] === year && variables![i] === column)
  return row === -1 ? undefined : { method: methods![row]!, note: notes![row]! }
}

/** What of its inputs a column of a node is made of. A column that an input has under the same name is that one, as it is or transformed; a derived one is made of its expression's variables; a dimension's sub-index of its indicators; anything else of all that was read. */
const partsOf = (nodes: Nodes, made: MadeNode, column: string, panels: ReadonlyArray<PanelRead>): ReadonlyArray<PanelRead & { readonly lag: number }> => {
  const at = (some: ReadonlyArray<PanelRead>, lag = 0) => some.map((read) => ({ ...read, lag }))
  const same = panels.filter((read) => read.column === column)
  const used = usedVariables(made.node.params, column)
  if (used !== undefined)
    return used.flatMap(({ column: name, lag }) =>
      at(
        panels.filter((read) => read.column === name),
        lag
      )
    )
  if (same.length > 0) return at(same)
  for (const read of made.reads) {
    const table = nodes(read.node)?.table(read.output)
    if (table === undefined || !["indicator", "dimension"].every((name) => table.columns.some((one) => one.name === name))) continue
    const own = isDimensionOf(texts(table, "dimension"), texts(table, "indicator"), column)
    if (own !== undefined) return at(panels.filter((one) => own.includes(one.column)))
  }
  return at(panels)
}

const without = (panels: ReadonlyArray<PanelRead>, parts: ReadonlyArray<ColumnRead>): ReadonlyArray<PanelRead> =>
  panels.filter((read) => !parts.some((part) => part.node === read.node && part.output === read.output && part.column === read.column))

/** What a column of a node is made of, whatever the row; and the panels' columns besides of which a cell is made where none of the former has a value. */
export const columnParts = (
  nodes: Nodes,
  made: MadeNode,
  column: string
): { readonly likely: ReadonlyArray<ColumnRead & { readonly lag: number }>; readonly others: ReadonlyArray<ColumnRead> } => {
  const { panels } = panelReads(nodes, made)
  const likely = partsOf(nodes, made, column, panels)
  return { likely, others: without(panels, likely) }
}

/** Traces the cell of a node's output in a column; undefined where there is no such cell. */
export const traceCell = (nodes: Nodes, node: string, output: string, column: string, key: CellKey, told: Set<string> = new Set()): TracedCell | undefined => {
  const made = nodes(node)
  const table = made?.table(output)
  if (made === undefined || table === undefined || variablesOf(table)?.includes(column) !== true) return undefined
  const cell = cellAt(table, column, rowOf(table, key))
  if (cell === undefined) return undefined
  const id = JSON.stringify([node, output, column, key.entity, key.year])
  const own = { ...key, ...cell, node, output, column, stage: made.node.stage }
  const fill = cell.filled ? fillOf(made, column, key) : undefined
  const how = fill === undefined ? undefined : `${fill.method}, ${fill.note}`
  if (told.has(id)) return { ...own, how, from: [], besides: [], again: true }
  told.add(id)
  const { others, panels } = panelReads(nodes, made)
  if (fill !== undefined) {
    // The observations that it rests on are those of the years that the note names.
    const years = [...new Set([...fill.note.matchAll(/\b(\d{4})\b/g)].map(([, year]) => Number(year)))].filter((year) => year !== key.year)
    const same = panels.filter((read) => read.column === column)
    const from = years.flatMap((year) => same.flatMap((read) => traceCell(nodes, read.node, read.output, column, { ...key, year }, told) ?? []))
    return { ...own, how, from, besides: [], again: false }
  }
  const parts = partsOf(nodes, made, column, panels)
  const follow = (some: ReadonlyArray<PanelRead & { readonly lag: number }>): ReadonlyArray<TracedCell> =>
    some.flatMap(({ lag, node: upstream, output: of, column: name }) => traceCell(nodes, upstream, of, name, { ...key, year: key.year - lag }, told) ?? [])
  const likely = follow(parts)
  // Where the column of the same name has nothing of this year (another yearbook's), the cell was made of something else that the node read.
  const elsewhere = cell.value !== null && cell.source === undefined && likely.every(({ value }) => value === null)
  const from = elsewhere ? [...likely, ...follow(without(panels, parts).map((read) => ({ ...read, lag: 0 })))] : likely
  const passedOn = from.length === 1 && from[0]!.column === column && from[0]!.value === cell.value
  return { ...own, how: undefined, from, besides: passedOn || cell.source !== undefined ? [] : labels(others), again: false }
}

/** What a node took in of one entity's year: a cell for each column of a panel that it read; and its other inputs. */
export const traceInputs = (
  nodes: Nodes,
  node: string,
  columns: ReadonlyArray<string>,
  key: CellKey
): { readonly cells: ReadonlyArray<TracedCell>; readonly besides: ReadonlyArray<string> } => {
  const made = nodes(node)
  if (made === undefined) return { cells: [], besides: [] }
  const { others, panels } = panelReads(nodes, made)
  const told = new Set<string>()
  const wanted = panels.filter(({ column }) => columns.length === 0 || columns.includes(column))
  return { cells: wanted.flatMap((read) => traceCell(nodes, read.node, read.output, read.column, key, told) ?? []), besides: labels(others) }
}
