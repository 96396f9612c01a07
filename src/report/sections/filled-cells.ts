import { isCompanion, type StoredTable } from "../../artifact/column.ts"
import { upstreamOf } from "../../dag/dag.ts"
import { count } from "../../engine/wording.ts"
import { filledMask, visibleColumns } from "../../render/stored.ts"
import { type Block, folded, paragraph, type Text } from "../document.ts"
import type { NodeFacts, StudyFacts } from "../facts.ts"
import { reference } from "../words.ts"

/** Cells of a column that are named one by one. */
const NAMED = 60

const keyColumns = (table: StoredTable) => table.columns.filter(({ name }) => name === "entity" || name === "unit" || name === "year")

/** Which cells of a column were filled in: "Anhui 2009, 2010; Hebei 2004". */
const cellsOf = (table: StoredTable, mask: Uint8Array): string => {
  const keys = keyColumns(table)
  const filled = [...mask.keys()].filter((row) => mask[row] === 1)
  const shown = filled.slice(0, NAMED).map((row) => keys.map((key) => String(key.values[row])))
  const more = filled.length > NAMED ? ` and ${filled.length - NAMED} more` : ""
  if (keys.length === 0)
    return `rows ${filled
      .slice(0, NAMED)
      .map((row) => row + 1)
      .join(", ")}${more}`
  const together = Map.groupBy(shown, (key) => key.slice(0, -1).join(" "))
  return `${[...together].map(([first, own]) => `${first} ${own.map((key) => key.at(-1)).join(", ")}`.trim()).join("; ")}${more}`
}

const tablesOf = ({ tables }: StudyFacts, { artifacts }: NodeFacts): ReadonlyArray<StoredTable> =>
  Object.values(artifacts).flatMap((artifact) => {
    const table = tables.get(artifact)
    return table === undefined || typeof table === "string" ? [] : [table]
  })

/** Whether the filled cells of a column are a node's own doing: none of its inputs has any, or one has the column without any. A column that is made of filled ones has their mask. */
const isOwn = (column: string, inputs: ReadonlyArray<StoredTable>): boolean => {
  if (!inputs.some((table) => table.columns.some(({ name }) => isCompanion(name)))) return true
  const same = inputs.filter((table) => table.columns.some(({ name }) => name === column))
  return same.length > 0 && same.every((table) => filledMask(table, column) === undefined)
}

/** Nodes that filled cells in, with each column and its cells; what their inputs had filled already is theirs. */
export const filledCells = (facts: StudyFacts): ReadonlyArray<Block> => {
  const byName = new Map(facts.nodes.map((node) => [node.name, node]))
  const blocks = facts.nodes.flatMap((node) => {
    const inputs = upstreamOf(node).flatMap((name) => (byName.has(name) ? tablesOf(facts, byName.get(name)!) : []))
    return Object.entries(node.artifacts).flatMap(([output, artifact]): ReadonlyArray<Block> => {
      const table = facts.tables.get(artifact)
      if (table === undefined || typeof table === "string") return []
      let cells = 0
      const columns = visibleColumns(table).flatMap(({ name }): ReadonlyArray<Text> => {
        const mask = filledMask(table, name)
        const own = mask === undefined || !isOwn(name, inputs) ? 0 : mask.reduce((sum, cell) => sum + cell, 0)
        cells += own
        return own === 0 ? [] : [[{ code: name }, ` ${own}: ${cellsOf(table, mask!)}`]]
      })
      const name = reference(node, output)
      const summary = `${name} (stage ${node.stage}): ${count(cells, "cell")} of ${count(columns.length, "column")}`
      return columns.length === 0 ? [] : [folded(summary, { block: "list", items: columns })]
    })
  })
  return blocks.length === 0 ? [paragraph("No cell was filled in: every value is as it was read or computed.")] : blocks
}
