/** The lineage of cells, as the page shows it: what a model read, one variable of it by entity and year, and the tree of a row. */
import { Effect } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import { type GraphNode, upstreamOf } from "../../../dag/dag.ts"
import type { TracedCell } from "../../../engine/lineage/cell-lineage.ts"
import { type MadeNode, madeNodes } from "../../../engine/lineage/made-node.ts"
import { keysOf } from "../../../engine/lineage/panel-cell.ts"
import type { Study } from "../../../engine/study.ts"
import type { RunHistory } from "../../../store/runs.ts"
import { usage } from "../../../workspace/failure.ts"
import { filePlace } from "../../../workspace/file-place.ts"
import { findNode } from "../../../workspace/node-reference.ts"
import { panelParts, traceRow } from "../../../workspace/traced-row.ts"
import { known } from "../../../workspace/workspace.ts"
import type { LineageCell } from "../../messages/time/lineage.ts"
import { Studies } from "../studies.ts"
import { cellsByKey, filledBehind } from "./filled-behind.ts"

export interface Asked {
  readonly study: string
  readonly node: string
  readonly output?: string
}

type Nodes = (name: string) => MadeNode | undefined
/** The nodes that another rests on, as long as neither the study nor the store is another. */
const made = new WeakMap<Study, WeakMap<RunHistory["Service"], Map<string, Nodes>>>()

const opened = (asked: Asked) =>
  Effect.gen(function* () {
    const study = yield* (yield* Studies).study(asked.study)
    const store = yield* known
    const { node, output: named } = yield* findNode([study], asked.output === undefined ? asked.node : `${asked.node}.${asked.output}`)
    const output = named ?? Object.keys(node.outputs)[0]!
    const ofStudy = made.get(study) ?? new WeakMap<RunHistory["Service"], Map<string, Nodes>>()
    made.set(study, ofStudy)
    const ofStore = ofStudy.get(store.history) ?? new Map<string, Nodes>()
    ofStudy.set(store.history, ofStore)
    let nodes = ofStore.get(node.name)
    if (nodes === undefined) ofStore.set(node.name, (nodes = yield* madeNodes(study, node.name, store)))
    const stale = study.graph.nodes.flatMap(({ name }) => (nodes(name)?.fresh === false ? [name] : []))
    return { study, node, output, nodes, stale }
  })

const describedIn = (table: StoredTable, name: string) => {
  const column = table.columns.find((one) => one.name === name)
  return { unit: column?.unit ?? "", description: column?.description ?? "" }
}

/** The nearest nodes that another rests on and that are panels, or read one. */
const through = (nodes: Nodes, from: GraphNode): Effect.Effect<ReadonlyArray<GraphNode>> =>
  Effect.gen(function* () {
    const found: Array<GraphNode> = []
    const met = new Set(upstreamOf(from))
    for (const name of met) {
      const node = nodes(name)?.node
      if (node === undefined) continue
      const parts = yield* Effect.option(panelParts(nodes, node, Object.keys(node.outputs)[0]!))
      if (parts._tag === "Some") found.push(node)
      else for (const above of upstreamOf(node)) met.add(above)
    }
    return found
  })

export const lineageRows = (asked: Asked) =>
  Effect.gen(function* () {
    const { node, nodes, output, stale } = yield* opened(asked)
    const own = yield* Effect.result(panelParts(nodes, node, output))
    const nearest = own._tag === "Success" ? [] : yield* through(nodes, node)
    if (own._tag === "Failure" && nearest.length === 0) return yield* own.failure
    const { isPanel, parts } = own._tag === "Success" ? own.success : { isPanel: false, parts: [] }
    const keys = parts.map(({ table }) => keysOf(table))
    return {
      node: node.name,
      output,
      stage: node.stage,
      isPanel,
      variables: parts.flatMap((part) => part.columns.map((column) => ({ node: part.node, output: part.output, column, ...describedIn(part.table, column) }))),
      through: nearest.map(({ name, stage }) => ({ node: name, stage })),
      entities: [...new Set(keys.flatMap(({ entities }) => entities))],
      years: [...new Set(keys.flatMap(({ years }) => years))].sort((a, b) => a - b),
      stale
    }
  })

export const lineageGrid = (asked: Asked & { readonly of: string; readonly ofOutput: string; readonly column: string }) =>
  Effect.gen(function* () {
    const { node, nodes, output } = yield* opened(asked)
    const { parts } = yield* panelParts(nodes, node, output)
    const part = parts.find((one) => one.node === asked.of && one.output === asked.ofOutput)
    const found = part?.table.columns.find(({ name }) => name === asked.column)
    if (part === undefined || found === undefined) return yield* usage("unknown-column", `${node.name} read no column "${asked.column}" of ${asked.of}`)
    const keys = parts.map(({ table }) => keysOf(table))
    const entities = [...new Set(keys.flatMap((one) => one.entities))]
    const years = [...new Set(keys.flatMap((one) => one.years))].sort((a, b) => a - b)
    const cells = cellsByKey(part.table, asked.column)
    const { behind, filled } = filledBehind(nodes, part, asked.column)
    const all = entities.flatMap((entity) => years.map((year) => ({ entity, year })))
    const counts = all.map(filled)
    return { values: all.map((key) => cells(key)?.value ?? null), filled: counts, behind: behind() }
  })

/** By what a variable is weighted in an index, as a table of weights among what the node read tells. */
const weightIn = (nodes: Nodes, { besides }: TracedCell, column: string): LineageCell["weight"] => {
  for (const label of besides) {
    const [name = "", output = "output"] = label.split(".")
    const table = nodes(name)?.table(output)
    const [indicators, weights] = ["indicator", "weight"].map((one) => table?.columns.find((own) => own.name === one))
    const row = indicators === undefined ? -1 : (indicators.values as ReadonlyArray<string>).indexOf(column)
    const weight = weights?.values[row]
    if (typeof weight === "number") return { node: name, weight }
  }
  return undefined
}

const flattened = (nodes: Nodes, cells: ReadonlyArray<TracedCell>): ReadonlyArray<LineageCell> => {
  const all: Array<LineageCell> = []
  const add = (cell: TracedCell, of: number, above: TracedCell | undefined): void => {
    const weight = above === undefined ? undefined : weightIn(nodes, above, cell.column)
    const place = cell.source === undefined ? undefined : filePlace(cell.source)
    const at = all.length
    all.push({
      of,
      node: cell.node,
      output: cell.output,
      column: cell.column,
      stage: cell.stage,
      entity: cell.entity,
      year: cell.year,
      value: cell.value === null ? null : String(cell.value),
      unit: cell.unit,
      filled: cell.filled,
      ...(cell.how === undefined ? {} : { how: cell.how }),
      ...(weight === undefined ? {} : { weight }),
      ...(cell.source === undefined ? {} : { source: cell.source }),
      ...(place === undefined ? {} : { place }),
      besides: cell.besides,
      again: cell.again
    })
    for (const part of cell.from) add(part, at, cell)
  }
  for (const cell of cells) add(cell, -1, undefined)
  return all
}

export const lineageTree = (asked: Asked & { readonly entity: string; readonly year: number; readonly columns: ReadonlyArray<string> }) =>
  Effect.gen(function* () {
    const { node, nodes, output, stale, study } = yield* opened(asked)
    const { isPanel, key, traced } = yield* traceRow(study, nodes, node, output, { entity: asked.entity, year: asked.year }, asked.columns)
    return { ...key, isPanel, cells: flattened(nodes, traced.cells), besides: traced.besides, stale }
  })
