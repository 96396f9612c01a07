/** Results that other machines have made, by way of the shared store. */
import { Effect } from "effect"
import type { GraphNode } from "../dag/dag.ts"
import type { StoreFailure } from "../store/failure.ts"
import type { ObjectStore } from "../store/objects.ts"
import { SharedStore } from "../store/shared/shared-store.ts"
import { TraceIndex } from "../store/traces.ts"
import { lastRecord } from "./last-record.ts"
import { type NodePlan, paramsHashOf, planNode, valuesToday } from "./plan.ts"
import type { Today } from "./reads.ts"
import type { Reason } from "./reasons.ts"
import type { Study } from "./study.ts"
import type { Shared } from "./workshop.ts"

/** What took less than this here, with this code and these parameters, is sooner made than asked for. */
const NOT_WORTH_MS = 10

export interface FoundResult {
  readonly plan: Extract<NodePlan, { state: "fresh" }>
  /** Whether some artifact is not what it was. */
  readonly changed: boolean
}

/**
 * Looks in the shared store for a node that is not fresh and whose inputs are settled: for its artifacts where only these are lost, or else for a trace. What is found is
 * in the local store then, as if it had been made here.
 */
export const lookedUp = (
  study: Study,
  node: GraphNode,
  why: ReadonlyArray<Reason>,
  summary: Today["summary"],
  { known, present }: Pick<Shared, "known" | "present">
): Effect.Effect<FoundResult | undefined, StoreFailure, ObjectStore | TraceIndex> =>
  Effect.gen(function* () {
    const shared = yield* SharedStore
    const traces = yield* TraceIndex
    const name = study.graph.study
    const code = study.fingerprint(node.stage)
    const before = lastRecord(known.history, name, node.name, "good")
    const found = (): FoundResult | undefined => {
      const plan = planNode(study, node, summary, known)
      if (plan.state !== "fresh") return undefined
      return { plan, changed: Object.entries(plan.trace.outputs).some(([output, { artifact }]) => before?.artifacts[output] !== artifact) }
    }
    const lost = why.flatMap((reason) => (reason.reason === "lost" ? [reason.artifact] : []))
    const fetched = yield* Effect.forEach(lost, (artifact) => Effect.map(shared.fetch(artifact), (there) => (there ? [artifact] : [])), {
      concurrency: "unbounded"
    })
    for (const artifact of fetched.flat()) present.add(artifact)
    if (lost.length > 0 && fetched.flat().length === lost.length) return found()

    const ran = lastRecord(known.history, name, node.name, "ran")
    if (ran !== undefined && ran.ms < NOT_WORTH_MS && ran.code === code && ran.params === node.params) return undefined
    const trace = yield* shared.find(
      code,
      paramsHashOf(node),
      valuesToday(study, node, summary, () => before)
    )
    if (trace === undefined) return undefined
    for (const { artifact } of Object.values(trace.outputs)) present.add(artifact)
    // Another node that is the same may have found it meanwhile.
    const already = found()
    if (already !== undefined) return already
    traces.add(trace)
    known.history.addCode(code, study.declarations(node.stage))
    return found()
  })
