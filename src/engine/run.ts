import { Clock, Effect } from "effect"
import type { StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import { RunHistory } from "../store/runs.ts"
import { TraceIndex } from "../store/traces.ts"
import { bringUpToDate } from "./bring.ts"
import { type RunReport, type RunRequest, reportOn } from "./events.ts"
import type { Executor } from "./executor.ts"
import { openJournal } from "./journal.ts"
import { type Known, neededFor, planStudy } from "./plan.ts"

/** Plans and runs the studies. Fails only where the store does: a node's failure is part of the report. */
export const run = (request: RunRequest): Effect.Effect<RunReport, StoreFailure, ObjectStore | TraceIndex | RunHistory | Executor> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const traces = yield* TraceIndex
    const history = yield* RunHistory
    const began = yield* Clock.currentTimeMillis
    const present = new Set(yield* objects.list)
    const known: Known = { traces, history, hasObject: (sha256) => present.has(sha256) }
    const planned = request.studies.map(({ study, targets }) => {
      const nodes = neededFor(study, targets)
      return { study, nodes, plans: planStudy(study, nodes, known) }
    })
    const states = planned.flatMap(({ plans }) => [...plans.values()].map((plan) => plan.state))
    request.listen({
      event: "run-started",
      run: request.run,
      nodes: states.length,
      stale: states.filter((state) => state === "stale").length,
      unknown: states.filter((state) => state === "unknown").length
    })
    const record = { run: request.run, at: began, command: request.command, studies: request.studies.map(({ study }) => study.graph.study) }
    if (states.some((state) => state !== "fresh")) history.addRun(record)

    const journal = yield* openJournal(request)
    const finish = Effect.gen(function* () {
      const nodes = planned.flatMap(({ nodes: all, study }) => all.map((node) => journal.reportOf(study, node) ?? reportOn(study, node, "cancelled")))
      const ok = nodes.every(({ state }) => state === "ran" || state === "fresh")
      const report: RunReport = { run: request.run, ok, nodes, ms: (yield* Clock.currentTimeMillis) - began }
      // A run in which nothing was to be done leaves no record: asking again costs nothing.
      if (nodes.some(({ state }) => state !== "fresh")) history.addRun({ ...record, ok, ms: report.ms })
      yield* journal.commit
      request.listen({ event: "run-finished", report })
      return report
    })
    yield* Effect.forEach(planned, (study) => bringUpToDate(request, study, known, present, journal), { concurrency: "unbounded", discard: true }).pipe(
      Effect.onError(() => Effect.ignore(finish))
    )
    return yield* finish
  })
