import { Deferred, Effect, Exit } from "effect"
import { type GraphNode, upstreamOf } from "../dag/dag.ts"
import type { StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import { reportOn } from "./events.ts"
import type { Executor } from "./executor.ts"
import type { Journal } from "./journal.ts"
import { artifactsOf, type Gate, make, type Result, type Workshop } from "./make.ts"
import { type Known, type NodePlan, planNode } from "./plan.ts"
import type { RunRequest } from "./request.ts"
import type { Study } from "./study.ts"

export interface PlannedStudy {
  readonly study: Study
  /** What is asked for and all that it rests on, inputs first. */
  readonly nodes: ReadonlyArray<GraphNode>
  readonly plans: ReadonlyMap<string, NodePlan>
}

/** Brings the asked nodes of one study up to date: each waits for its inputs, is decided again with what they came to, and is made if it must be. */
export const bringUpToDate = (
  request: RunRequest,
  { nodes, plans, study }: PlannedStudy,
  known: Known,
  present: Set<string>,
  journal: Journal,
  gate: Gate
): Effect.Effect<void, StoreFailure, ObjectStore | Executor> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const byName = new Map(nodes.map((node) => [node.name, node]))
    const settled = new Map<string, Deferred.Deferred<void>>()
    for (const node of nodes) settled.set(node.name, yield* Deferred.make<void>())
    /** What the settled nodes came to; a node whose artifact turns out to be lost comes to something once more. */
    const results = new Map<string, Result>()
    const remaking = new Map<string, Deferred.Deferred<Result, StoreFailure>>()

    const settle = (node: GraphNode, result: Result) =>
      Effect.suspend(() => {
        results.set(node.name, result)
        return Deferred.succeed(settled.get(node.name)!, undefined)
      })

    const outputOf: Workshop["outputOf"] = (name, output) =>
      Effect.gen(function* () {
        yield* Deferred.await(settled.get(name)!)
        const traced = results.get(name)!.outputs[output]
        if (traced === undefined) return undefined
        const again = ({ message }: Error) =>
          Effect.gen(function* () {
            request.listen({ event: "object-lost", study: study.graph.study, node: name, message })
            yield* objects.quarantine(traced.artifact)
            present.delete(traced.artifact)
            const result = yield* remake(byName.get(name)!, output, traced.artifact)
            return result.state === "ran" ? yield* outputOf(name, output) : undefined
          })
        return yield* objects.get(traced.artifact).pipe(
          Effect.map((bytes) => ({ bytes, summary: traced.summary })),
          Effect.catchTags({ ObjectMissing: again, ObjectDamaged: again })
        )
      })
    const workshop: Workshop = { run: request.run, gate, listen: request.listen, study, known, present, journal, lastMs: new Map(), outputOf }

    /** Makes a node again whose artifact is lost, once however many ask. */
    const remake = (node: GraphNode, output: string, artifact: string): Effect.Effect<Result, StoreFailure, ObjectStore | Executor> =>
      Effect.gen(function* () {
        const underway = remaking.get(node.name)
        if (underway !== undefined) return yield* Deferred.await(underway)
        const mine = yield* Deferred.make<Result, StoreFailure>()
        remaking.set(node.name, mine)
        // What was told as fresh is mended also after a failure elsewhere.
        const exit = yield* Effect.exit(make({ ...workshop, gate: { ...gate, isOpen: () => true } }, node, [{ reason: "lost", output, artifact }]))
        if (Exit.isSuccess(exit)) results.set(node.name, exit.value)
        remaking.delete(node.name)
        yield* Deferred.done(mine, exit)
        return yield* exit
      })

    /** Takes a node as it is; gives what is then still to be done: to look at artifacts that will be read. */
    const keep = (node: GraphNode, { trace }: Extract<NodePlan, { state: "fresh" }>) =>
      Effect.gen(function* () {
        const { accepted, outputs, reads, warnings } = trace
        const report = reportOn(study, node, "fresh", { artifacts: artifactsOf(outputs), warnings, ...(accepted && { accepted }) })
        const there = yield* journal.write(study, node, report, reads)
        yield* settle(node, { state: "fresh", outputs })
        return !there || request.willRead(report) ? Effect.forEach(Object.keys(outputs), (output) => outputOf(node.name, output), { discard: true }) : undefined
      })

    const bring = (node: GraphNode) =>
      Effect.gen(function* () {
        const upstream = upstreamOf(node)
        for (const name of upstream) yield* Deferred.await(settled.get(name)!)
        const blockedBy = upstream.filter((name) => results.get(name)!.state === "failed" || results.get(name)!.state === "blocked")
        if (blockedBy.length > 0) {
          yield* journal.write(study, node, reportOn(study, node, "blocked", { blockedBy }), [])
          return yield* settle(node, { state: "blocked", outputs: {} })
        }
        if (upstream.some((name) => results.get(name)!.state === "cancelled")) return yield* settle(node, { state: "cancelled", outputs: {} })
        const plan = planNode(study, node, (name, output) => results.get(name)?.outputs[output]?.summary, known)
        if (plan.state === "fresh") yield* (yield* keep(node, plan)) ?? Effect.void
        else yield* settle(node, yield* make(workshop, node, plan.why))
      })

    const left: Array<Effect.Effect<unknown, StoreFailure, ObjectStore | Executor>> = []
    for (const node of nodes) {
      const plan = plans.get(node.name)!
      const next = plan.state === "fresh" ? yield* keep(node, plan) : bring(node)
      if (next !== undefined) left.push(next)
    }
    yield* Effect.all(left, { concurrency: "unbounded", discard: true })
  })
