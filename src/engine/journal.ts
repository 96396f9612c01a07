import { Clock, Effect, Semaphore } from "effect"
import type { GraphNode } from "../dag/dag.ts"
import type { StoreFailure } from "../store/failure.ts"
import { RunHistory } from "../store/runs.ts"
import type { RecordedRead } from "../store/trace.ts"
import { TraceIndex } from "../store/traces.ts"
import type { NodeReport, RunRequest } from "./events.ts"
import type { Study } from "./study.ts"

// Durable at least this often, as a group: an fsync a node would cost more than most nodes.
const COMMIT_MS = 100

/** What a run has come to so far: it is told as it happens, and written down in groups. */
export interface Journal {
  readonly write: (study: Study, node: GraphNode, report: NodeReport, reads: ReadonlyArray<RecordedRead>) => Effect.Effect<void, StoreFailure>
  readonly reportOf: (study: Study, node: GraphNode) => NodeReport | undefined
  /** Makes all durable that was written so far. */
  readonly commit: Effect.Effect<void, StoreFailure>
}

const keyOf = (study: Study, node: GraphNode): string => `${study.graph.study}:${node.name}`

export const openJournal = (request: RunRequest): Effect.Effect<Journal, never, TraceIndex | RunHistory> =>
  Effect.gen(function* () {
    const traces = yield* TraceIndex
    const history = yield* RunHistory
    const oneCommit = yield* Semaphore.make(1)
    const reports = new Map<string, NodeReport>()
    let committed = yield* Clock.currentTimeMillis
    const commit = oneCommit.withPermits(1)(traces.commit)
    return {
      write: (study, node, report, reads) =>
        Effect.gen(function* () {
          const at = yield* Clock.currentTimeMillis
          reports.set(keyOf(study, node), report)
          if (report.state !== "blocked")
            history.addNode({
              run: request.run,
              at,
              study: report.study,
              node: report.node,
              stage: report.stage,
              state: report.state,
              code: study.fingerprint(report.stage),
              params: node.params,
              inputs: node.inputs,
              reads,
              artifacts: report.artifacts,
              why: report.why,
              warnings: report.warnings,
              ms: report.ms
            })
          request.listen({ event: "node-finished", report })
          if (report.state !== "ran" || at - committed < COMMIT_MS) return
          committed = at
          yield* commit
        }),
      reportOf: (study, node) => reports.get(keyOf(study, node)),
      commit
    }
  })
