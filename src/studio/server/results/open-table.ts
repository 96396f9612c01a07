import { Effect } from "effect"
import type { Kind, StoredColumn, StoredTable } from "../../../artifact/column.ts"
import { CliFailure, usage } from "../../../workspace/failure.ts"
import type { Source } from "../../messages/results.ts"
import type { Known } from "../answer.ts"
import { readTable } from "../today/read-table.ts"
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

/** Opens a table; its columns are decoded as they are asked for. */
export const openTable = (source: Source): Effect.Effect<StoredTable, CliFailure, Known> =>
  Effect.mapError(
    readTable(source.artifact),
    ({ _tag, message }) => new CliFailure({ exitCode: 1, errors: [{ code: _tag, message: `${source.node}: ${message}` }] })
  )

/** A column of a table whose type has it, and of this kind. */
export const columnOf = <K extends Kind>(table: StoredTable, name: string, kind: K): StoredColumn<K> => {
  const found = table.columns.find((column) => column.name === name)
  if (found === undefined || found.kind !== kind) throw new TypeError(`the table has no column "${name}" of kind ${kind}`)
  return found as unknown as StoredColumn<K>
}

/** A number as a message has it: null where it is missing. */
export const orNull = (value: number | undefined): number | null => (value === undefined || !Number.isFinite(value) ? null : value)
