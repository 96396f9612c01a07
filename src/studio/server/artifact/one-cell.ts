import { Effect } from "effect"
import { type GraphNode, upstreamOf } from "../../../dag/dag.ts"
import type { ObjectStore } from "../../../store/objects.ts"
import { RunHistory } from "../../../store/runs.ts"
import { usage } from "../../../workspace/failure.ts"
import { filePlace } from "../../../workspace/file-place.ts"
import type { artifactQuestions, CellAnswer } from "../../messages/artifact.ts"
import { Studies } from "../studies.ts"
import { unknownColumn } from "./matching-rows.ts"
import type { OpenedTable } from "./opened-table.ts"
import { tableOf } from "./table-of.ts"
import { cellValue } from "./window.ts"

/** The table type of a list of filled cells, each with its method. */
const FILLS = "Fills"

const textAt = (table: OpenedTable, name: string, row: number): string | undefined => {
  const column = table.column(name)
  if (column === undefined || !column.cells.present(row)) return undefined
  return column.kind === "text" || column.kind === "category" ? column.cells.text(row) : String(column.cells.number(row))
}

const panelOf = (table: OpenedTable, row: number): CellAnswer["panel"] => {
  const entity = textAt(table, "entity", row)
  const year = table.column("year")?.kind === "integer" ? textAt(table, "year", row) : undefined
  return entity === undefined || year === undefined ? undefined : { entity, year: Number(year) }
}

/** A node and all that it rests on, nearest first. */
const upwards = (nodes: ReadonlyArray<GraphNode>, from: string): ReadonlyArray<GraphNode> => {
  const byName = new Map(nodes.map((node) => [node.name, node]))
  const met = new Set([from])
  for (const name of met) for (const upstream of byName.has(name) ? upstreamOf(byName.get(name)!) : []) met.add(upstream)
  return [...met].flatMap((name) => byName.get(name) ?? [])
}

type Asked = (typeof artifactQuestions)["cell"]["asks"]["Type"]

/** How a cell of a panel was filled in, by the nearest node that lists what it filled. */
const howFilled = (
  { column, node: from, run, study: name }: Asked,
  { entity, year }: NonNullable<CellAnswer["panel"]>
): Effect.Effect<CellAnswer["how"], never, Studies | RunHistory | ObjectStore> =>
  Effect.gen(function* () {
    const history = yield* RunHistory
    const study = yield* (yield* Studies).study(name)
    const then = run === undefined ? undefined : history.stateOf(name, run).nodes
    for (const node of upwards(study.graph.nodes, from))
      for (const [output, type] of Object.entries(node.outputs)) {
        if (type !== FILLS) continue
        const record = then === undefined ? history.lastOf(name, node.name, "good") : then.get(node.name)?.record()
        const artifact = record?.artifacts[output]
        if (artifact === undefined) continue
        const table = yield* tableOf(artifact)
        for (let row = 0; row < table.rows; row++)
          if (textAt(table, "entity", row) === entity && textAt(table, "year", row) === String(year) && textAt(table, "variable", row) === column)
            return { node: node.name, output, method: textAt(table, "method", row) ?? "", note: textAt(table, "note", row) ?? "" }
      }
    return undefined
    // That it was filled in is told anyway.
  }).pipe(Effect.catch(() => Effect.succeed(undefined)))

/** All that is known of one cell. */
export const oneCell = (asked: Asked) =>
  Effect.gen(function* () {
    const table = yield* tableOf(asked.artifact)
    const column = table.column(asked.column)
    if (column === undefined) return yield* usage("unknown-column", unknownColumn(table, asked.column))
    const { row } = asked
    if (row >= table.rows) return yield* usage("unknown-row", `there is no row ${row + 1}: the artifact has ${table.rows}`)
    const value = cellValue(column, row)
    const filled = table.filled(asked.column)?.(row) === true
    const source = table.source(asked.column)?.(row)
    const panel = panelOf(table, row)
    const how = filled && panel !== undefined ? yield* howFilled(asked, panel) : undefined
    const place = source === undefined ? undefined : filePlace(source)
    return {
      value,
      exact: value === null ? "" : String(value),
      filled,
      ...(how === undefined ? {} : { how }),
      ...(source === undefined ? {} : { source }),
      ...(place === undefined ? {} : { place }),
      keys: ["entity", "unit", "year", "model", "term"].flatMap((key) => {
        const text = key === asked.column ? undefined : textAt(table, key, row)
        return text === undefined ? [] : [{ column: key, value: text }]
      }),
      ...(panel === undefined ? {} : { panel })
    } satisfies CellAnswer
  })
