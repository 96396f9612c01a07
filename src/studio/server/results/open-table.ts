import { Effect } from "effect"
import type { Kind, StoredColumn, StoredTable } from "../../../artifact/column.ts"
import { readArrow } from "../../../artifact/read.ts"
import { ObjectStore } from "../../../store/objects.ts"
import { CliFailure, usage } from "../../../workspace/failure.ts"
import type { Source } from "../../messages/results.ts"
import type { Known } from "../answer.ts"
import type { StudyTables } from "./study-tables.ts"

/** The table of a node's output. */
export const findSource = ({ sources, study }: StudyTables, node: string, output: string): Effect.Effect<Source, CliFailure> => {
  const found = sources.find((one) => one.node === node && one.output === output)
  if (found !== undefined) return Effect.succeed(found)
  const declared = study.graph.nodes.find(({ name }) => name === node)
  if (declared === undefined) return usage("unknown-node", `there is no node "${node}" in ${study.graph.study}`)
  if (declared.outputs[output] === undefined)
    return usage("unknown-output", `${node} has no output "${output}"; it has: ${Object.keys(declared.outputs).join(", ")}`)
  return usage("never-ran", `${node} has no artifact yet, or none that this picture can be made of: run it`)
}

/** The tables that were opened last, by their content's name: a picture asks of the same one several times. */
const opened = new Map<string, StoredTable>()
const KEPT = 8

/** Opens a table; its columns are decoded as they are asked for, and kept while it is among those that were opened last. */
export const openTable = (source: Source): Effect.Effect<StoredTable, CliFailure, Known> =>
  Effect.gen(function* () {
    const kept = opened.get(source.artifact)
    if (kept !== undefined) {
      opened.delete(source.artifact)
      opened.set(source.artifact, kept)
      return kept
    }
    const bytes = yield* (yield* ObjectStore)
      .get(source.artifact)
      .pipe(Effect.mapError(({ _tag, message }) => new CliFailure({ exitCode: 1, errors: [{ code: _tag, message: `${source.node}: ${message}` }] })))
    const table = readArrow(bytes)
    opened.set(source.artifact, table)
    for (const old of opened.keys()) {
      if (opened.size <= KEPT) break
      opened.delete(old)
    }
    return table
  })

/** A column of a table whose type has it, and of this kind. */
export const columnOf = <K extends Kind>(table: StoredTable, name: string, kind: K): StoredColumn<K> => {
  const found = table.columns.find((column) => column.name === name)
  if (found === undefined || found.kind !== kind) throw new TypeError(`the table has no column "${name}" of kind ${kind}`)
  return found as unknown as StoredColumn<K>
}

/** A number as a message has it: null where it is missing. */
export const orNull = (value: number | undefined): number | null => (value === undefined || !Number.isFinite(value) ? null : value)
