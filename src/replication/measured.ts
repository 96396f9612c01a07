import { statSync } from "node:fs"
import { cpus, totalmem } from "node:os"
import { Effect } from "effect"
import { ObjectStore } from "../store/objects.ts"
import type { RunHistory } from "../store/runs.ts"
import type { Facts } from "./facts.ts"

/** What a study cost, as far as it was measured. */
export interface Measured {
  /** The nodes' own times together, in milliseconds, and the longest of them. */
  readonly work: number
  readonly longest: ReadonlyArray<{ readonly node: string; readonly ms: number }>
  /** How long a run took that made every node anew, and the most memory that it had, in bytes; undefined where none did. */
  readonly whole: { readonly ms: number; readonly memory: number | undefined } | undefined
  /** When the first and the last node had run, milliseconds since 1970. */
  readonly first: number
  readonly last: number
  /** The bytes of all artifacts. */
  readonly artifacts: number
  /** The machine that the package is made on. */
  readonly machine: { readonly processor: string; readonly processors: number; readonly memory: number }
}

/** A run of this study alone that made all of its nodes. */
const wholeRun = (history: RunHistory["Service"], { nodes, study }: Facts): Measured["whole"] => {
  const found = history
    .runs()
    .find(({ ok, states, studies }) => ok === true && studies.length === 1 && studies[0]!.study === study.graph.study && states?.ran === nodes.length)
  return found?.ms === undefined ? undefined : { ms: found.ms, memory: found.memory }
}

export const measure = (facts: Facts, history: RunHistory["Service"]): Effect.Effect<Measured, never, ObjectStore> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const { nodes } = facts
    const artifacts = new Set(nodes.flatMap(({ outputs }) => outputs.map(({ artifact }) => artifact)))
    return {
      work: nodes.reduce((sum, { ms }) => sum + ms, 0),
      longest: nodes
        .map(({ ms, node }) => ({ node: node.name, ms }))
        .sort((a, b) => b.ms - a.ms)
        .slice(0, 3),
      whole: wholeRun(history, facts),
      first: Math.min(...nodes.map(({ at, ms }) => at - ms)),
      last: Math.max(...nodes.map(({ at }) => at)),
      artifacts: [...artifacts].reduce((sum, artifact) => sum + (statSync(objects.path(artifact), { throwIfNoEntry: false })?.size ?? 0), 0),
      machine: { processor: cpus()[0]?.model.trim() ?? process.arch, processors: cpus().length, memory: totalmem() }
    }
  })
