import { Clock, Duration, Effect, Semaphore } from "effect"
import type { GraphNode } from "../dag/dag.ts"
import type { StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import { makingOf, type NodeRecord, RunHistory, type StudyState, workOf } from "../store/runs.ts"
import type { RecordedRead } from "../store/trace.ts"
import type { NodeReport } from "./events.ts"
import type { RunRequest } from "./request.ts"
import type { Study } from "./study.ts"

// What is made is made durable in groups: an fsync a node would cost more than most nodes. A killed run loses what it made since the last group, so groups
// are as often as they may be without taking more than a small share of the time.
const SHARE_OF_TIME = 0.1
const LEAST_MS = 100
const MOST_MS = 2000
/** How often it is looked whether something waits that no further node takes along. */
const LOOK_MS = 500

/** What a run has come to so far: it is told as it happens, and written down in groups. */
export interface Journal {
  /** Gives whether the artifacts of a fresh node are there as far as that was looked at: gc may have taken some since the run was planned. */
  readonly write: (study: Study, node: GraphNode, report: NodeReport, reads: ReadonlyArray<RecordedRead>) => Effect.Effect<boolean, StoreFailure>
  readonly reportOf: (study: Study, node: GraphNode) => NodeReport | undefined
  /** How many pieces of work the nodes come to that are good: those of the same code and parameters, having read the same, are one. */
  readonly distinct: () => number
  /** Makes all durable that was written so far. */
  readonly commit: Effect.Effect<void, StoreFailure>
  /** Does so, for as long as it goes on, with what nothing that ends after it makes durable: the next node may take hours. */
  readonly commitWhenDue: Effect.Effect<never, StoreFailure>
}

const keyOf = (study: Study, node: GraphNode): string => `${study.graph.study}:${node.name}`

/** `before`: by study's name, what its nodes were when the run began. A fresh node is written down only where it is not what it was there. */
export const openJournal = (request: RunRequest, before: ReadonlyMap<string, StudyState>): Effect.Effect<Journal, never, RunHistory | ObjectStore> =>
  Effect.gen(function* () {
    const history = yield* RunHistory
    const objects = yield* ObjectStore
    const oneCommit = yield* Semaphore.make(1)
    const reports = new Map<string, NodeReport>()
    const works = new Set<string>()
    let due = (yield* Clock.currentTimeMillis) + LEAST_MS
    let unsaved = false
    const commit = oneCommit.withPermits(1)(
      Effect.gen(function* () {
        due = Number.POSITIVE_INFINITY
        unsaved = false
        const [took] = yield* Effect.timed(history.commit)
        const pause = Math.min(MOST_MS, Math.max(LEAST_MS, Duration.toMillis(took) / SHARE_OF_TIME))
        due = (yield* Clock.currentTimeMillis) + pause
      })
    )
    return {
      write: (study, node, report, reads) =>
        Effect.gen(function* () {
          const at = yield* Clock.currentTimeMillis
          let there = true
          reports.set(keyOf(study, node), report)
          const making = { code: study.fingerprint(report.stage), params: node.params, inputs: node.inputs, reads, artifacts: report.artifacts }
          if (report.state === "fresh" || report.state === "ran") works.add(workOf(making))
          if (report.state !== "fresh" || before.get(report.study)?.nodes.get(report.node)?.making !== makingOf(making)) {
            const { blockedBy, faults, from, ms, stage, state, warnings, why } = report
            const told = { ...(from && { from }), ...(faults.length === 0 ? {} : { faults }), ...(blockedBy.length === 0 ? {} : { blockedBy }) }
            const record: NodeRecord = { run: request.run, at, study: report.study, node: report.node, stage, state, ...making, why, warnings, ...told, ms }
            history.addNode(record)
            // What the run was based on keeps the others.
            if (state === "fresh") for (const artifact of Object.values(report.artifacts)) there = (yield* objects.touch(artifact)) && there
          }
          request.listen({ event: "node-finished", report })
          const isNew = report.state === "ran" || report.from !== undefined
          unsaved ||= isNew
          if (isNew && at >= due) yield* commit
          return there
        }),
      distinct: () => works.size,
      reportOf: (study, node) => reports.get(keyOf(study, node)),
      commit,
      commitWhenDue: Effect.gen(function* () {
        yield* Effect.sleep(LOOK_MS)
        if (unsaved && (yield* Clock.currentTimeMillis) >= due) yield* commit
      }).pipe(Effect.forever)
    }
  })
