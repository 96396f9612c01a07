import { type Cause, Deferred, Effect, Exit, Fiber } from "effect"
import { type GraphNode, upstreamOf } from "../dag/dag.ts"
import type { StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import { SharedStore } from "../store/shared/shared-store.ts"
import type { TraceIndex } from "../store/traces.ts"
import { criticalPaths } from "./critical-path.ts"
import { type NodeReport, reportOn } from "./events.ts"
import type { Executor } from "./executor.ts"
import { lastRecord } from "./last-record.ts"
import { artifactsOf, make } from "./make.ts"
import { type NodePlan, planNode, warningsIn } from "./plan.ts"
import type { Today } from "./reads.ts"
import type { Reason } from "./reasons.ts"
import type { RunRequest } from "./request.ts"
import { lookedUp } from "./shared-results.ts"
import type { Study } from "./study.ts"
import type { Result, Shared, Workshop } from "./workshop.ts"

/** What a node is thought to take that has never run. */
const UNKNOWN_MS = 1

export interface PlannedStudy {
  readonly study: Study
  /** What is asked for and all that it rests on, inputs first. */
  readonly nodes: ReadonlyArray<GraphNode>
  readonly plans: ReadonlyMap<string, NodePlan>
}

/**
 * Brings the asked nodes of one study up to date: each is decided again when its inputs are settled, with what they came to, and is made if it must be.
 * One loop settles what needs no work, and only what runs or is read gets a fiber: fibers that wake each other down a long chain would use up the stack.
 */
export const bringUpToDate = (
  request: RunRequest,
  { nodes, plans, study }: PlannedStudy,
  shared: Shared
): Effect.Effect<void, StoreFailure, ObjectStore | TraceIndex | Executor> =>
  Effect.gen(function* () {
    const { gate, journal, known, present } = shared
    const objects = yield* ObjectStore
    const sharedStore = yield* SharedStore
    const byName = new Map(nodes.map((node) => [node.name, node]))
    /** What the settled nodes came to; a node whose artifact turns out to be lost comes to something once more. */
    const results = new Map<string, Result>()
    const remaking = new Map<string, Deferred.Deferred<Result, StoreFailure>>()
    /** Nodes whose inputs are settled, and the others by how many of their inputs are not; those that were fresh when planned are in neither. */
    const ready: Array<GraphNode> = []
    const unsettled = new Map<string, number>()
    const readers = new Map<string, Array<GraphNode>>()
    /** Whoever waits for a node outside of this order: to make an artifact again that is lost. */
    const waiting = new Map<string, Deferred.Deferred<void>>()

    const settle = (node: GraphNode, result: Result) =>
      Effect.suspend(() => {
        results.set(node.name, result)
        for (const reader of readers.get(node.name) ?? []) {
          const left = unsettled.get(reader.name)! - 1
          unsettled.set(reader.name, left)
          if (left === 0) ready.push(reader)
        }
        const waiter = waiting.get(node.name)
        return waiter === undefined ? Effect.void : Deferred.succeed(waiter, undefined)
      })
    const whenSettled = (name: string) =>
      Effect.gen(function* () {
        if (results.has(name)) return
        const waiter = waiting.get(name) ?? (yield* Deferred.make<void>())
        waiting.set(name, waiter)
        yield* Deferred.await(waiter)
      })

    const tracedOf: Workshop["tracedOf"] = (name, output) => Effect.map(whenSettled(name), () => results.get(name)!.outputs[output])
    const outputOf: Workshop["outputOf"] = (name, output) =>
      Effect.gen(function* () {
        yield* whenSettled(name)
        const traced = results.get(name)!.outputs[output]
        if (traced === undefined) return undefined
        const again = ({ message }: Error) =>
          Effect.gen(function* () {
            request.listen({ event: "object-lost", study: study.graph.study, node: name, message })
            yield* objects.quarantine(traced.artifact)
            present.delete(traced.artifact)
            if (yield* sharedStore.fetch(traced.artifact)) {
              present.add(traced.artifact)
              return yield* outputOf(name, output)
            }
            const result = yield* remake(byName.get(name)!, output, traced.artifact)
            return result.state === "ran" || result.state === "fresh" ? yield* outputOf(name, output) : undefined
          })
        return yield* objects.get(traced.artifact).pipe(
          Effect.map((bytes) => ({ ...traced, bytes })),
          Effect.catchTags({ ObjectMissing: again, ObjectDamaged: again })
        )
      })
    let paths: ReadonlyMap<string, number> | undefined
    const pathMs = (name: string) => {
      paths ??= criticalPaths(nodes, (node) =>
        results.has(node.name) ? 0 : (lastRecord(known.history, study.graph.study, node.name, "ran")?.ms ?? UNKNOWN_MS)
      )
      return paths.get(name) ?? 0
    }
    const workshop: Workshop = { ...shared, run: request.run, listen: request.listen, study, lastMs: new Map(), pathMs, tracedOf, outputOf }

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
    const keep = (node: GraphNode, plan: Extract<NodePlan, { state: "fresh" }>, told: Partial<NodeReport> = {}) =>
      Effect.gen(function* () {
        const { trace } = plan
        const { accepted, outputs, reads } = trace
        const report = reportOn(study, node, "fresh", { artifacts: artifactsOf(outputs), warnings: warningsIn(plan), ...(accepted && { accepted }), ...told })
        const there = yield* journal.write(study, node, report, reads)
        yield* settle(node, { state: "fresh", outputs })
        return !there || request.willRead(report) ? Effect.forEach(Object.keys(outputs), (output) => outputOf(node.name, output), { discard: true }) : undefined
      })

    /** Takes a node from the shared store, and gives whether it is there. */
    const fromSharedStore = (node: GraphNode, why: ReadonlyArray<Reason>, summary: Today["summary"]) =>
      Effect.gen(function* () {
        const found = gate.isOpen() ? yield* lookedUp(study, node, why, summary, { known, present }) : undefined
        if (found === undefined) return false
        const look = yield* keep(node, found.plan, { from: "shared store", why, changed: found.changed })
        if (look !== undefined) yield* look
        return true
      })

    /** Decides a node whose inputs are settled; gives what is then still to be done. */
    const decide = (node: GraphNode) =>
      Effect.gen(function* () {
        const upstream = upstreamOf(node)
        const blockedBy = upstream.filter((name) => results.get(name)!.state === "failed" || results.get(name)!.state === "blocked")
        const skippedBy = upstream.filter((name) => results.get(name)!.state === "skipped")
        if (blockedBy.length > 0) {
          yield* journal.write(study, node, reportOn(study, node, "blocked", { blockedBy }), [])
          yield* settle(node, { state: "blocked", outputs: {} })
        } else if (skippedBy.length > 0) {
          yield* journal.write(study, node, reportOn(study, node, "skipped", { blockedBy: skippedBy }), [])
          yield* settle(node, { state: "skipped", outputs: {} })
        } else if (upstream.some((name) => results.get(name)!.state === "cancelled")) yield* settle(node, { state: "cancelled", outputs: {} })
        else {
          const summary: Today["summary"] = (name, output) => results.get(name)?.outputs[output]?.summary
          const plan = planNode(study, node, summary, known)
          if (plan.state === "fresh") return yield* keep(node, plan)
          const made = Effect.flatMap(make(workshop, node, plan.why), (result) => settle(node, result))
          return sharedStore.address === undefined ? made : Effect.flatMap(fromSharedStore(node, plan.why, summary), (there) => (there ? Effect.void : made))
        }
        return undefined
      })

    const fibers = new Set<Fiber.Fiber<void, StoreFailure>>()
    let failure: Cause.Cause<StoreFailure> | undefined
    let ended = false
    let wake: (() => void) | undefined
    const start = (work: Effect.Effect<void, StoreFailure, ObjectStore | TraceIndex | Executor>) =>
      Effect.map(Effect.forkChild(work), (fiber) => {
        fibers.add(fiber)
        fiber.addObserver((exit) => {
          fibers.delete(fiber)
          if (Exit.isFailure(exit)) failure ??= exit.cause
          ended = true
          wake?.()
        })
      })
    // One may have ended before anybody waits.
    const someEnds = Effect.callback<void>((resume) => {
      // Once only: what ends before the next wait begins must be found by that.
      wake = () => {
        wake = undefined
        ended = false
        resume(Effect.void)
      }
      if (ended) wake()
    })

    const loop = Effect.gen(function* () {
      for (const node of nodes) {
        const plan = plans.get(node.name)!
        if (plan.state === "fresh") {
          const look = yield* keep(node, plan)
          if (look !== undefined) yield* start(look)
          continue
        }
        const upstream = upstreamOf(node).filter((name) => !results.has(name))
        for (const name of upstream) {
          const others = readers.get(name)
          if (others === undefined) readers.set(name, [node])
          else others.push(node)
        }
        unsettled.set(node.name, upstream.length)
        if (upstream.length === 0) ready.push(node)
      }
      for (let next = 0; ; ) {
        for (; next < ready.length && failure === undefined; next++) {
          const work = yield* decide(ready[next]!)
          if (work !== undefined) yield* start(work)
        }
        if (failure !== undefined) return yield* Effect.failCause(failure)
        if (fibers.size === 0) return
        yield* someEnds
      }
    })
    yield* loop.pipe(Effect.ensuring(Effect.suspend(() => Fiber.interruptAll(fibers))))
  })
