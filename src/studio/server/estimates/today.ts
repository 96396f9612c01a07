/** A study's nodes as they are today, with the artifacts that they have. */
import { Effect } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import { readArrow } from "../../../artifact/read.ts"
import type { GraphNode } from "../../../dag/dag.ts"
import type { Fault } from "../../../dag/stage.ts"
import { planStudy, warningsIn } from "../../../engine/plan.ts"
import { failureSentence, inBrief } from "../../../engine/sentences.ts"
import type { Study } from "../../../engine/study.ts"
import { ObjectStore } from "../../../store/objects.ts"
import { TraceIndex } from "../../../store/traces.ts"
import { type CliFailure, refused, usage } from "../../../workspace/failure.ts"
import { findNode } from "../../../workspace/node-reference.ts"
import { known } from "../../../workspace/workspace.ts"
import type { Standing } from "../../messages/graph.ts"
import type { Known } from "../answer.ts"
import { standings } from "../graph/standing.ts"
import { Studies } from "../studies.ts"

/** A node: today's artifacts where it is fresh, or else those of before. */
export interface NodeToday {
  readonly node: GraphNode
  readonly params: Readonly<Record<string, unknown>>
  readonly state: Standing
  readonly why: string
  /** Output name to the artifact's name; none where it never ran. */
  readonly artifacts: Readonly<Record<string, string>>
  /** What it read to make them. */
  readonly reads: ReadonlyArray<{ readonly read: string }>
  readonly made: { readonly run: string; readonly at: number } | undefined
  readonly warnings: ReadonlyArray<Fault>
}

export interface StudyToday {
  readonly study: Study
  /** In the study's order, inputs first. */
  readonly nodes: ReadonlyMap<string, NodeToday>
}

const parsed = (params: string): NodeToday["params"] => {
  const value: unknown = JSON.parse(params)
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as NodeToday["params"]) : {}
}

/** A study is loaded anew when what decides it changes, and the index of traces when the store does: until then nothing else comes out. */
const planned = new WeakMap<Study, { readonly traces: unknown; readonly today: StudyToday }>()

export const studyToday = (name: string): Effect.Effect<StudyToday, CliFailure, Known> =>
  Effect.gen(function* () {
    const { study: find } = yield* Studies
    const study = yield* find(name)
    const index = yield* TraceIndex
    const before = planned.get(study)
    if (before?.traces === index) return before.today
    const store = yield* known
    const all = study.graph.nodes
    const plans = planStudy(study, all, store)
    const stands = standings(study.graph.study, all, plans, store)
    const nodes = new Map(
      all.map((node): readonly [string, NodeToday] => {
        const plan = plans.get(node.name)!
        const { failure, state } = stands.get(node.name)!
        const own = { node, params: parsed(node.params), state }
        if (plan.state === "fresh") {
          const { at, outputs, reads, run } = plan.trace
          const artifacts = Object.fromEntries(Object.entries(outputs).map(([output, { artifact }]) => [output, artifact]))
          return [node.name, { ...own, why: "", artifacts, reads, made: { run, at }, warnings: warningsIn(plan) }]
        }
        const record = store.history.lastOf(study.graph.study, node.name, "good")
        const why = [...(failure === undefined ? [] : [`it ${failureSentence(failure)}`]), inBrief(plan.why)].join("; ")
        return [
          node.name,
          {
            ...own,
            why,
            artifacts: record?.artifacts ?? {},
            reads: record?.reads ?? [],
            made: record && { run: record.run, at: record.at },
            warnings: record?.warnings ?? []
          }
        ]
      })
    )
    const today = { study, nodes }
    planned.set(study, { traces: index, today })
    return today
  })

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

/** Artifacts are named by their content: one that was read stays so. The newest are kept, as far as they are small. */
const read = new Map<string, StoredTable>()
const KEPT = 2000
const SMALL = 2 << 20

/** The table of an artifact; undefined where it is no longer in the store, or damaged. */
export const tableOf = (artifact: string | undefined): Effect.Effect<StoredTable | undefined, CliFailure, ObjectStore> =>
  Effect.gen(function* () {
    if (artifact === undefined) return undefined
    const before = read.get(artifact)
    if (before !== undefined) return before
    const objects = yield* ObjectStore
    const bytes = yield* objects.get(artifact).pipe(
      Effect.catchTags({
        ObjectMissing: () => Effect.succeed(undefined),
        ObjectDamaged: () => Effect.succeed(undefined),
        StoreFailure: (error) => Effect.fail(refused(error))
      })
    )
    if (bytes === undefined) return undefined
    const table = readArrow(bytes)
    if (bytes.length <= SMALL) {
      if (read.size >= KEPT) read.delete(read.keys().next().value!)
      read.set(artifact, table)
    }
    return table
  })

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
