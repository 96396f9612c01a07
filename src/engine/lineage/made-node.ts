/** A node as it was made last: what it read, and the tables that it has. */
import { Effect } from "effect"
import type { StoredTable } from "../../artifact/column.ts"
import { readArrow } from "../../artifact/read.ts"
import type { GraphNode } from "../../dag/dag.ts"
import { ObjectStore } from "../../store/objects.ts"
import { type Known, neededFor, planStudy } from "../plan.ts"
import { locateRead } from "../reads.ts"
import type { Study } from "../study.ts"

/** A column of another node's output that was read. */
export interface ColumnRead {
  readonly node: string
  readonly output: string
  readonly column: string
}

export interface MadeNode {
  readonly node: GraphNode
  /** The columns that it read, of other nodes' outputs. */
  readonly reads: ReadonlyArray<ColumnRead>
  readonly fresh: boolean
  readonly table: (output: string) => StoredTable | undefined
}

/** The nodes that a node rests on, as they were made last, with their tables at hand. A table that cannot be read is none. */
export const madeNodes = (study: Study, target: string, store: Known): Effect.Effect<(name: string) => MadeNode | undefined, never, ObjectStore> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const needed = neededFor(study, [target])
    const plan = planStudy(study, needed, store)
    const made = new Map<string, MadeNode>()
    const tables = new Map<string, StoredTable>()
    for (const node of study.graph.nodes) {
      const planned = plan.get(node.name)
      if (planned === undefined) continue
      const before = planned.state === "fresh" ? undefined : store.history.lastOf(study.graph.study, node.name, "good")
      const reads = planned.state === "fresh" ? planned.trace.reads : before?.reads
      const artifacts =
        planned.state === "fresh" ? Object.fromEntries(Object.entries(planned.trace.outputs).map(([output, one]) => [output, one.artifact])) : before?.artifacts
      if (reads === undefined || artifacts === undefined) continue
      for (const artifact of Object.values(artifacts))
        if (!tables.has(artifact)) {
          const bytes = yield* Effect.result(objects.get(artifact))
          if (bytes._tag === "Success") tables.set(artifact, readArrow(bytes.success))
        }
      made.set(node.name, {
        node,
        fresh: planned.state === "fresh",
        reads: reads.flatMap(({ read }): ReadonlyArray<ColumnRead> => {
          const { rest, wired } = locateRead(node, read)
          return wired !== undefined && "node" in wired && rest.startsWith("column ")
            ? [{ node: wired.node, output: wired.output, column: rest.slice("column ".length) }]
            : []
        }),
        table: (output) => tables.get(artifacts[output] ?? "")
      })
    }
    return (name) => made.get(name)
  })
