/** What a node took in of one entity's year, or a panel has of it, back to the files: as it is asked for by names. */
import { Effect } from "effect"
import type { StoredTable } from "../artifact/column.ts"
import type { GraphNode } from "../dag/dag.ts"
import { didYouMean } from "../dag/near-matches.ts"
import { type TracedCell, traceCell, traceInputs } from "../engine/lineage/cell-lineage.ts"
import type { MadeNode } from "../engine/lineage/made-node.ts"
import { type CellKey, keysOf, rowOf, variablesOf } from "../engine/lineage/panel-cell.ts"
import type { Study } from "../engine/study.ts"
import { toType } from "./command-to-type.ts"
import { CliFailure, usage } from "./failure.ts"

/** What is wrong with the entity, the year and the columns that are asked for, all together. */
const faultsOf = (tables: ReadonlyArray<StoredTable>, entity: string, year: number, columns: ReadonlyArray<string>) => {
  const keys = tables.map(keysOf)
  const entities = [...new Set(keys.flatMap((one) => one.entities))]
  const years = [...new Set(keys.flatMap((one) => one.years))].sort((a, b) => a - b)
  const known = [...new Set(tables.flatMap((table) => variablesOf(table) ?? []))].sort()
  const errors = columns
    .filter((column) => !known.includes(column))
    .map((column) => ({
      code: "unknown-column",
      message: `there is no column "${column}"; ${didYouMean(column, known) || `there are: ${known.join(", ")}`}`.trim()
    }))
  if (!entities.includes(entity))
    errors.push({
      code: "unknown-entity",
      message: `there is no entity "${entity}"; ${didYouMean(entity, entities) || `there are ${entities.length}: ${entities.slice(0, 5).join(", ")}, …`}`.trim()
    })
  else if (!years.includes(year)) errors.push({ code: "unknown-year", message: `there is no year ${year}; there are ${years[0]} to ${years.at(-1)}` })
  else if (tables.every((table) => rowOf(table, { entity, year }) === -1)) errors.push({ code: "no-row", message: `there is no row of ${entity} in ${year}` })
  return errors
}

/** The entity that a text names: itself, or one that a dictionary among the nodes knows by it. */
const entityNamed = (made: ReadonlyArray<MadeNode | undefined>, text: string): string => {
  for (const one of made)
    for (const [output, type] of Object.entries(one?.node.outputs ?? {})) {
      const table = type === "Entities" ? one!.table(output) : undefined
      const names = table?.columns.find(({ name }) => name === "entity")?.values as ReadonlyArray<string> | undefined
      if (table === undefined || names === undefined || names.includes(text)) continue
      const owners = new Set(
        table.columns
          .filter(({ kind }) => kind === "category")
          .flatMap(({ values }) =>
            Array.from(values as ReadonlyArray<string>).flatMap((value, row) => (value === text || value.split("|").includes(text) ? [names[row]!] : []))
          )
      )
      if (owners.size === 1) return [...owners][0]!
    }
  return text
}

type Nodes = (name: string) => MadeNode | undefined

/** A panel, and the variables of it that are asked about. */
export interface PanelPart {
  readonly node: string
  readonly output: string
  readonly columns: ReadonlyArray<string>
  readonly table: StoredTable
}

/** What of a node is of one entity and year: itself, where it is a panel (`isPanel`), or the variables that it read of panels. */
export const panelParts = (
  nodes: Nodes,
  node: GraphNode,
  output: string
): Effect.Effect<{ readonly isPanel: boolean; readonly parts: ReadonlyArray<PanelPart> }, CliFailure> =>
  Effect.gen(function* () {
    const made = nodes(node.name)
    const table = made?.table(output)
    if (made === undefined || table === undefined)
      return yield* usage("never-ran", `${node.name} has no artifact that can be read: ${toType("run", node.name)}`, { node: node.name })
    const own = variablesOf(table)
    if (own !== undefined && own.length > 0) return { isPanel: true, parts: [{ node: node.name, output, columns: own, table }] }
    const read = Map.groupBy(made.reads, (one) => JSON.stringify([one.node, one.output]))
    const parts = [...read.values()].flatMap((columns): ReadonlyArray<PanelPart> => {
      const { node: from, output: of } = columns[0]!
      const panel = nodes(from)?.table(of)
      const variables = panel && variablesOf(panel)
      return panel === undefined || variables === undefined
        ? []
        : [{ node: from, output: of, columns: columns.flatMap(({ column }) => (variables.includes(column) ? [column] : [])), table: panel }]
    })
    if (parts.length === 0)
      return yield* usage("no-panel", `${node.name} is no panel, and read none: nothing of it is of one entity and year`, { node: node.name })
    return { isPanel: false, parts }
  })

/** A row traced: the cells of it, and what else the node read. */
export interface TracedRow {
  readonly isPanel: boolean
  readonly key: CellKey
  readonly traced: { readonly cells: ReadonlyArray<TracedCell>; readonly besides: ReadonlyArray<string> }
}

/** Traces a row, of all its columns or of those named. `asked.entity` may be a name that only the study's dictionary knows. */
export const traceRow = (
  study: Study,
  nodes: Nodes,
  node: GraphNode,
  output: string,
  asked: CellKey,
  wanted: ReadonlyArray<string>
): Effect.Effect<TracedRow, CliFailure> =>
  Effect.gen(function* () {
    const { isPanel, parts } = yield* panelParts(nodes, node, output)
    const made = study.graph.nodes.map(({ name }) => nodes(name))
    const key = { entity: entityNamed(made, asked.entity), year: asked.year }
    const tables = [...new Set(parts.map(({ table }) => table))]
    const errors = faultsOf(tables, key.entity, key.year, wanted)
    if (errors.length > 0) return yield* new CliFailure({ exitCode: 2, errors: errors.map((one) => ({ ...one, where: { node: node.name, ...key } })) })
    const told = new Set<string>()
    const columns = isPanel ? parts[0]!.columns.filter((name) => wanted.length === 0 || wanted.includes(name)) : []
    const traced = isPanel
      ? { cells: columns.flatMap((name) => traceCell(nodes, node.name, output, name, key, told) ?? []), besides: [] }
      : traceInputs(nodes, node.name, wanted, key)
    return { isPanel, key, traced }
  })
