/** Which models a reader of the paper knows: what is printed matters before what it rests on, or checks it. */
import { Effect } from "effect"
import { upstreamOf } from "../../../dag/dag.ts"
import { Studies } from "../studies.ts"

const has = (outputs: Readonly<Record<string, string>>, type: string): boolean => Object.values(outputs).includes(type)

/** By a node's name: 2 where a table has it that is held against published numbers, 1 where any table has it, 0 otherwise. As the study is today; nothing is known of one that cannot be loaded. */
export const prominenceIn = (name: string): Effect.Effect<(node: string) => number, never, Studies> =>
  Effect.gen(function* () {
    const study = yield* Effect.option((yield* Studies).study(name))
    const nodes = study._tag === "Some" ? study.value.graph.nodes : []
    const held = new Set(nodes.flatMap((node) => (has(node.outputs, "PublishedComparison") ? upstreamOf(node) : [])))
    const found = new Map<string, number>()
    for (const table of nodes)
      if (has(table.outputs, "PrintedTable"))
        for (const node of upstreamOf(table)) found.set(node, Math.max(found.get(node) ?? 0, held.has(table.name) ? 2 : 1))
    return (node) => found.get(node) ?? 0
  })
