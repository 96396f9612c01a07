import { Clock, Effect } from "effect"
import type { StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import { ownMark } from "../store/process-mark.ts"
import { RunHistory, type RunRecord, type StudyRecord, type StudyState } from "../store/runs.ts"
import { TraceLog } from "../store/segment-log.ts"
import { SharedStore } from "../store/shared/shared-store.ts"
import { TraceIndex } from "../store/traces.ts"
import { bringUpToDate } from "./bring.ts"
import { countStates, isFetched, type NodeReport, type RunReport, reportOn } from "./events.ts"
import type { Executor } from "./executor.ts"
import { openJournal } from "./journal.ts"
import { type Known, neededFor, planStudy } from "./plan.ts"
import { quietRecord } from "./quiet.ts"
import type { RunRequest } from "./request.ts"
import type { Shared } from "./workshop.ts"

/** Plans and runs the studies. Fails only where the store does: a node's failure is part of the report. */
export const run = (request: RunRequest): Effect.Effect<RunReport, StoreFailure, ObjectStore | TraceIndex | TraceLog | RunHistory | Executor> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const traces = yield* TraceIndex
    const sharedStore = yield* SharedStore
    const history = yield* RunHistory
    const began = yield* Clock.currentTimeMillis
    const present = new Set(yield* objects.list)
    const kept: TraceIndex["Service"] = {
      ...traces,
      add: (trace) => {
        traces.add(trace)
        sharedStore.keep(trace)
      }
    }
    const known: Known = { traces: kept, history, hasObject: (sha256) => present.has(sha256) }
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
      unknown: states.filter((state) => state === "unknown").length,
      due: new Map(planned.map(({ plans, study }) => [study.graph.study, [...plans].flatMap(([node, { state }]) => (state === "fresh" ? [] : [node]))]))
    })
    const before = new Map<string, StudyState>()
    const studies = planned.map(({ nodes, study }): StudyRecord => {
      const name = study.graph.study
      const last = history.runs().find((one) => one.studies.some((other) => other.study === name))
      if (last !== undefined) before.set(name, history.stateOf(name, last.run, began))
      const looked = new Set(nodes.map((node) => node.name))
      const own = new Set(study.graph.nodes.map((node) => node.name))
      return {
        study: name,
        variant: study.variant,
        nodes: nodes.length,
        ...(study.graph.targets.every((target) => looked.has(target)) ? {} : { looked: [...looked] }),
        ...(last === undefined ? {} : { base: { run: last.run, at: before.get(name)!.at } }),
        gone: [...(before.get(name)?.nodes.keys() ?? [])].filter((one) => !own.has(one))
      }
    })
    const record: RunRecord = { run: request.run, at: began, command: request.command, studies: [...studies, ...request.quiet.map(quietRecord)] }
    const mark = ownMark()
    if (states.some((state) => state !== "fresh")) history.addRun(mark === undefined ? record : { ...record, process: mark })

    const journal = yield* openJournal(request, before)
    let open = true
    const gate = {
      isOpen: () => open,
      failed: () => {
        if (request.stopAtFailure) open = false
      }
    }
    const shared: Shared = { gate, known, present, journal, underway: new Map() }
    let lost = false
    const watched: RunRequest = {
      ...request,
      listen: (event) => {
        lost ||= event.event === "object-lost"
        request.listen(event)
      }
    }
    const finish = Effect.gen(function* () {
      const reports = planned.map(({ nodes, study }) => nodes.map((node) => journal.reportOf(study, node) ?? reportOn(study, node, "cancelled")))
      const nodes = reports.flat()
      const ok = nodes.every(isDone)
      const now = yield* Clock.currentTimeMillis
      const report: RunReport = { run: request.run, ok, nodes, distinct: journal.distinct(), ms: now - began }
      const ended = studies.map((one, i): StudyRecord => {
        const cancelled = reports[i]!.flatMap(({ node, state }) => (state === "cancelled" ? [node] : []))
        return cancelled.length === 0 ? one : { ...one, cancelled }
      })
      const states = countStates(nodes)
      const fetched = nodes.filter(isFetched).length
      const quiet = request.quiet.reduce((sum, { answer }) => sum + answer.nodes, 0)
      history.addRun({
        ...record,
        studies: [...ended, ...record.studies.slice(ended.length)],
        ok,
        ms: report.ms,
        memory: process.resourceUsage().maxRSS * 1024,
        states: { ...states, fresh: (states.fresh ?? 0) + quiet },
        ...(fetched > 0 && { shared: fetched })
      })
      // Where nothing was made, all that may not be kept is the record of this run: a cache that cannot be written to is read all the same.
      const committed = yield* Effect.result(journal.commit)
      if (committed._tag === "Failure" && nodes.some((node) => node.state === "ran" || isFetched(node))) return yield* Effect.fail(committed.failure)
      const segments = yield* (yield* TraceLog).sizes
      // Not what rests on a run of which there is no record; and a node that was made again may have come to something else than what its readers were told.
      for (const [i, { study }] of planned.entries())
        if (committed._tag === "Success" && !lost && studies[i]!.looked === undefined && reports[i]!.every(isGood))
          request.memory.remember(study, reports[i]!, { run: request.run, at: now }, segments)
      request.listen({ event: "run-finished", report })
      return report
    })
    yield* Effect.forEach(planned, (study) => bringUpToDate(watched, study, shared), { concurrency: "unbounded", discard: true }).pipe(
      Effect.raceFirst(journal.commitWhenDue),
      Effect.onError(() => Effect.ignore(finish))
    )
    return yield* finish
  })

const isGood = ({ state }: NodeReport): boolean => state === "ran" || state === "fresh"
/** What was skipped is no failure. */
const isDone = (report: NodeReport): boolean => isGood(report) || report.state === "skipped"
