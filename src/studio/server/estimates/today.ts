/** The nodes of a study, as the estimates ask of them. */
import { Effect } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import type { ObjectStore } from "../../../store/objects.ts"
import { type CliFailure, refused, usage } from "../../../workspace/failure.ts"
import { findNode } from "../../../workspace/node-reference.ts"
import { readTable } from "../today/read-table.ts"
import type { NodeToday, StudyToday } from "../today/study-today.ts"

/** What a page says of a node with its name. */
export const headOf = ({ artifacts, node, state, why }: NodeToday) => ({
  node: node.name,
  stage: node.stage,
  state,
  why,
  made: Object.keys(artifacts).length > 0
})

/** One node of a study; a failure with the nearest names where there is none. */
export const nodeToday = (today: StudyToday, name: string): Effect.Effect<NodeToday, CliFailure> =>
  Effect.map(findNode([today.study], name), ({ node }) => today.nodes.get(node.name)!)

/** The table of an artifact; undefined where it is no longer in the store, or damaged. */
export const tableOf = (artifact: string | undefined): Effect.Effect<StoredTable | undefined, CliFailure, ObjectStore> =>
  artifact === undefined
    ? Effect.succeed(undefined)
    : readTable(artifact).pipe(
        Effect.catchTags({
          ObjectMissing: () => Effect.succeed(undefined),
          ObjectDamaged: () => Effect.succeed(undefined),
          StoreFailure: (error) => Effect.fail(refused(error))
        })
      )

/** The outputs of a node whose table type is one of some, with their tables, as far as they are there. */
export const outputsOf = (
  { artifacts, node }: NodeToday,
  types: ReadonlySet<string>
): Effect.Effect<
  ReadonlyArray<{ readonly output: string; readonly type: string; readonly artifact: string; readonly table: StoredTable }>,
  CliFailure,
  ObjectStore
> =>
  Effect.gen(function* () {
    const found = []
    for (const [output, type] of Object.entries(node.outputs)) {
      const artifact = artifacts[output]
      if (!types.has(type) || artifact === undefined) continue
      const table = yield* tableOf(artifact)
      if (table !== undefined) found.push({ output, type, artifact, table })
    }
    return found
  })

/** Of a table type that a node must have: a failure that says what to do where it has no such output, or never ran. */
export const neededOutput = (one: NodeToday, type: string) =>
  Effect.gen(function* () {
    const { node, why } = one
    if (!Object.values(node.outputs).includes(type)) return yield* usage("other-type", `${node.name} (stage ${node.stage}) has no output of type ${type}`)
    const [found] = yield* outputsOf(one, new Set([type]))
    if (found === undefined) return yield* usage("never-ran", `${node.name} has no artifact: ${why === "" ? "it is no longer in the store" : why}; run it`)
    return found
  })
