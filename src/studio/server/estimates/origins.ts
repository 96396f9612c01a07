/** Where a printed number comes from: the cells of what its table reads that are this number, bit by bit. */
import { Effect } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import { ESTIMATE_TYPES } from "../../../artifact/estimates.ts"
import { wiresOf } from "../../../dag/dag.ts"
import { textsOf } from "../../../render/stored.ts"
import type { ObjectStore } from "../../../store/objects.ts"
import type { CliFailure } from "../../../workspace/failure.ts"
import type { Origin } from "../../messages/estimates/table.ts"
import { breathe } from "../breathe.ts"
import type { NodeToday, StudyToday } from "../today/study-today.ts"
import type { PrintedCellAt } from "./printed-cells.ts"
import { tableOf } from "./today.ts"

interface Found extends Omit<Origin, "key" | "model"> {
  readonly table: StoredTable
}

/** Tables whose rows have a name: in this order. */
const KEYS = ["equation", "term", "effect", "order", "test", "variant", "entity", "year", "indicator", "dimension", "variable", "statistic", "specification"]

/** What tells a row from others. */
const keyOf = (table: StoredTable, row: number): Origin["key"] =>
  KEYS.flatMap((name): Origin["key"] => {
    const column = table.columns.find((one) => one.name === name)
    if (column === undefined || column.valid?.[row] === 0 || column.kind === "number") return []
    const value = String(column.values[row])
    return value === "" ? [] : [[name, value]]
  })

/** The scales that parameters name, at any depth; 1 first. */
const scalesIn = (params: unknown): ReadonlyArray<number> => {
  const scales = new Set([1])
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (name === "scale" && typeof inner === "number" && inner !== 0) scales.add(inner)
      walk(inner)
    }
  }
  walk(params)
  return [...scales]
}

/** So many rows are searched before others are answered. */
const AT_ONCE = 1 << 18
/** A column that has a number more often (zeros, ones) says nothing of where it is from: no more of its cells are kept. */
const ALIKE = 50

/** The cells of the tables that a node reads which are one of some numbers, by the number. Published numbers are not where a run's come from. */
export const numbersRead = (
  today: StudyToday,
  { node, params }: NodeToday,
  numbers: ReadonlySet<number>
): Effect.Effect<ReadonlyMap<number, ReadonlyArray<Found>>, CliFailure, ObjectStore> =>
  Effect.gen(function* () {
    const scales = scalesIn(params)
    const found = new Map<number, Array<Found>>()
    const read = new Set<string>()
    for (const [, wire] of wiresOf(node)) {
      if (!("node" in wire)) continue
      const upstream = today.nodes.get(wire.node)
      const type = upstream?.node.outputs[wire.output] ?? ""
      const artifact = upstream?.artifacts[wire.output]
      if (artifact === undefined || type === "Published" || read.has(`${wire.node}.${wire.output}`)) continue
      read.add(`${wire.node}.${wire.output}`)
      const table = yield* tableOf(artifact)
      if (table === undefined) continue
      for (const column of table.columns) {
        if (column.kind !== "number" && column.kind !== "integer") continue
        const values = column.values as Float64Array | Int32Array
        const times = new Map<number, number>()
        for (let row = 0; row < values.length; row++) {
          if (row % AT_ONCE === AT_ONCE - 1) yield* breathe
          if (column.valid?.[row] === 0) continue
          for (const scale of scales) {
            const value = values[row]! * scale
            if (!numbers.has(value)) continue
            const before = times.get(value) ?? 0
            if (before === ALIKE) continue
            times.set(value, before + 1)
            const own = found.get(value) ?? []
            own.push({ node: wire.node, output: wire.output, type, row, column: column.name, scale, table })
            found.set(value, own)
          }
        }
        yield* breathe
      }
    }
    return found
  })

/** The node that most of the numbers of each column are of, counting those that are of one node alone. */
export const columnModels = (
  rows: ReadonlyArray<ReadonlyArray<PrintedCellAt | undefined>>,
  found: ReadonlyMap<number, ReadonlyArray<Found>>
): ReadonlyArray<string | null> =>
  Array.from({ length: rows[0]?.length ?? 0 }, (_, c) => {
    const votes = new Map<string, number>()
    for (const row of rows) {
      const nodes = new Set((found.get(row[c]?.value ?? Number.NaN) ?? []).filter(({ type }) => ESTIMATE_TYPES.has(type)).map(({ node }) => node))
      if (nodes.size === 1) for (const node of nodes) votes.set(node, (votes.get(node) ?? 0) + 1)
    }
    const [most] = [...votes].sort(([, a], [, b]) => b - a)
    return most?.[0] ?? null
  })

/** What a printed thing is of, as its place says: "4.1 L.coagglo std_error" is of the term L.coagglo, and a std_error. */
export const placed = (place: string): { readonly term: string; readonly kind: string } | undefined => {
  const parts = /^\S+ (.*) (\S+)$/.exec(place)
  return parts === null ? undefined : { term: parts[1]!, kind: parts[2]! }
}

/** How well a candidate fits: its column's model, the term and the kind that the place names, its row being called as the table's row or column is, no scale. */
const fitOf = (one: Found, model: string | null, place: string, labels: ReadonlyArray<string>): number => {
  const said = placed(place)
  const terms = ["term", "test"].flatMap((name) => (one.table.columns.some((column) => column.name === name) ? [textsOf(one.table, name)[one.row]] : []))
  return (
    (one.node === model ? 8 : 0) +
    (said !== undefined && terms.includes(said.term) ? 4 : 0) +
    (said?.kind === one.column ? 2 : 0) +
    (keyOf(one.table, one.row).some(([, value]) => labels.includes(value)) ? 4 : 0) +
    (one.scale === 1 ? 1 : 0)
  )
}

/** The cells that a printed number may be of, the likeliest first. `labels`: what its row and column are called. */
export const originsOf = (
  cell: PrintedCellAt,
  model: string | null,
  found: ReadonlyMap<number, ReadonlyArray<Found>>,
  labels: ReadonlyArray<string>
): ReadonlyArray<Origin> =>
  [...(found.get(cell.value) ?? [])]
    .map((one) => ({ one, fits: fitOf(one, model, cell.place, labels) }))
    .sort((a, b) => b.fits - a.fits)
    .map(({ one: { table, ...rest } }) => ({ ...rest, key: keyOf(table, rest.row), model: ESTIMATE_TYPES.has(rest.type) || rest.type === "Glance" }))
