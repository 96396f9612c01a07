import { Clock, Deferred, Effect, Exit, Semaphore } from "effect"
import type { TableSummary } from "../artifact/hash.ts"
import type { GraphNode, WiredInput } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import type { StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import { type NodeState, RunHistory } from "../store/runs.ts"
import { TraceIndex } from "../store/traces.ts"
import type { EngineEvent, NodeReport, RunReport } from "./events.ts"
import type { Task, TaskInput } from "./execute.ts"
import { Executor } from "./executor.ts"
import { type Known, type NodePlan, neededFor, nodeSeed, paramsHash, planNode, planStudy } from "./plan.ts"
import { valueToday } from "./reads.ts"
import type { Reason } from "./reasons.ts"
import type { Study } from "./study.ts"

export interface RunRequest {
  readonly run: string
  readonly command: ReadonlyArray<string>
  readonly studies: ReadonlyArray<{ readonly study: Study; readonly targets: ReadonlyArray<string> }>
  readonly listen: (event: EngineEvent) => void
}

interface Finished {
  readonly state: NodeState
  readonly outputs: Readonly<Record<string, { readonly artifact: string; readonly summary: TableSummary }>>
}

// Durable at least this often, as a group: an fsync a node would cost more than most nodes.
const COMMIT_MS = 100
// A stage that took less than this the last time runs in this thread.
const LIGHT_MS = 10

/** Brings the asked nodes of one study up to date. */
const runStudy = (
  request: RunRequest,
  study: Study,
  nodes: ReadonlyArray<GraphNode>,
  plans: ReadonlyMap<string, NodePlan>,
  known: Known,
  present: Set<string>,
  keep: (report: NodeReport, node: GraphNode, reads: ReadonlyArray<{ read: string; value: string }>) => Effect.Effect<void, StoreFailure>
) =>
  Effect.gen(function* () {
    const { traces, history } = known
    const objects = yield* ObjectStore
    const executor = yield* Executor
    const name = study.graph.study
    const finished = new Map<string, Deferred.Deferred<Finished>>()
    const settled = new Map<string, Finished>()
    const remaking = new Map<string, Deferred.Deferred<Finished, StoreFailure>>()
    for (const node of nodes) finished.set(node.name, yield* Deferred.make<Finished>())
    const byName = new Map(nodes.map((node) => [node.name, node]))
    const summary = (from: string, output: string) => settled.get(from)?.outputs[output]?.summary

    const settle = (node: GraphNode, result: Finished) =>
      Effect.suspend(() => {
        settled.set(node.name, result)
        return Deferred.succeed(finished.get(node.name)!, result)
      })

    /** The bytes of another node's output; where they are missing or damaged, that node is made again first. */
    const bytesOf = (from: string, output: string): Effect.Effect<Uint8Array | undefined, StoreFailure> =>
      Effect.suspend(() => {
        const artifact = settled.get(from)?.outputs[output]?.artifact
        if (artifact === undefined) return Effect.succeed(undefined)
        const again = (message: string) =>
          Effect.gen(function* () {
            request.listen({ event: "object-lost", study: name, node: from, message })
            yield* objects.quarantine(artifact)
            present.delete(artifact)
            const result = yield* remake(byName.get(from)!, [{ reason: "lost", output, artifact }])
            return result.state === "ran" ? yield* bytesOf(from, output) : undefined
          })
        return objects.get(artifact).pipe(
          Effect.catchTag("ObjectMissing", (error) => again(error.message)),
          Effect.catchTag("ObjectDamaged", (error) => again(error.message))
        )
      })

    const taskInput = (wired: WiredInput): Effect.Effect<TaskInput | ReadonlyArray<TaskInput> | undefined, StoreFailure> => {
      if (Array.isArray(wired))
        return Effect.forEach(wired as ReadonlyArray<{ node: string; output: string }>, (one) => taskInput(one)).pipe(
          Effect.map((list) => (list.every((one) => one !== undefined) ? (list as ReadonlyArray<TaskInput>) : undefined))
        )
      if ("source" in wired) return Effect.map(study.readSource(wired.source), (file) => ({ kind: "file" as const, path: wired.source, ...file }))
      const { node, output } = wired as { node: string; output: string }
      return Effect.map(bytesOf(node, output), (bytes) => (bytes === undefined ? undefined : { kind: "table" as const, from: node, bytes }))
    }

    const failed = (
      node: GraphNode,
      why: ReadonlyArray<Reason>,
      faults: ReadonlyArray<Fault>,
      ms: number,
      reads: ReadonlyArray<{ read: string; value: string }> = []
    ) =>
      Effect.gen(function* () {
        yield* keep(
          { study: name, node: node.name, stage: node.stage, state: "failed", changed: false, why, artifacts: {}, warnings: [], faults, blockedBy: [], ms },
          node,
          reads
        )
        return { state: "failed", outputs: {} } satisfies Finished
      })

    /** Runs a node, whatever the store says of it. */
    const execute = (node: GraphNode, why: ReadonlyArray<Reason>): Effect.Effect<Finished, StoreFailure> =>
      Effect.gen(function* () {
        request.listen({ event: "node-started", study: name, node: node.name, stage: node.stage, why })
        const absent = Object.values(node.inputs).flatMap((wired) =>
          !Array.isArray(wired) && "source" in wired && study.source(wired.source).sha256 === "absent" ? [wired.source] : []
        )
        if (absent.length > 0)
          return yield* failed(
            node,
            why,
            absent.map((file) => ({
              code: "missing-file",
              message: `there is no file ${file} (looked for in ${study.directory}); put it there, or correct its path in ${study.file}`,
              where: { file }
            })),
            0
          )
        const inputs: Record<string, TaskInput | ReadonlyArray<TaskInput>> = {}
        for (const [input, wired] of Object.entries(node.inputs)) {
          const value = yield* taskInput(wired)
          if (value === undefined)
            return yield* failed(node, why, [{ code: "input-lost", message: `its input ${input} is damaged and could not be made again` }], 0)
          inputs[input] = value
        }
        const before = history.lastOf(name, node.name, "good")
        const loaded = yield* study.load
        const task: Task = { node: node.name, stage: node.stage, params: node.params, inputs, seed: nodeSeed(study.graph.seed, node) }
        const outcome = yield* executor.execute(loaded, task, before === undefined || before.ms >= LIGHT_MS)
        const today = { summary, source: study.source, seed: () => task.seed }
        const reads = outcome.reads.map((read) => ({ read, value: valueToday(node, read, today) ?? "absent" }))
        if (outcome.outputs === undefined) return yield* failed(node, why, outcome.faults, outcome.ms, reads)
        const outputs: Record<string, { artifact: string; summary: TableSummary }> = {}
        for (const [output, { bytes, summary: made }] of Object.entries(outcome.outputs))
          outputs[output] = { artifact: yield* objects.put(bytes), summary: made }
        const code = study.fingerprint(node.stage)
        traces.add({
          code,
          params: paramsHash(node.params),
          reads,
          outputs,
          warnings: outcome.warnings,
          ms: outcome.ms,
          run: request.run,
          at: yield* Clock.currentTimeMillis
        })
        history.addCode(code, study.declarations(node.stage))
        const artifacts = Object.fromEntries(Object.entries(outputs).map(([output, { artifact }]) => [output, artifact]))
        yield* keep(
          {
            study: name,
            node: node.name,
            stage: node.stage,
            state: "ran",
            changed: Object.entries(artifacts).some(([output, artifact]) => before?.artifacts[output] !== artifact),
            why,
            artifacts,
            warnings: outcome.warnings,
            faults: [],
            blockedBy: [],
            ms: outcome.ms
          },
          node,
          reads
        )
        return { state: "ran", outputs }
      })

    /** Makes a node's lost artifacts again, once however many ask. */
    const remake = (node: GraphNode, why: ReadonlyArray<Reason>): Effect.Effect<Finished, StoreFailure> =>
      Effect.gen(function* () {
        const underway = remaking.get(node.name)
        if (underway !== undefined) return yield* Deferred.await(underway)
        const mine = yield* Deferred.make<Finished, StoreFailure>()
        remaking.set(node.name, mine)
        const exit = yield* Effect.exit(execute(node, why))
        if (Exit.isSuccess(exit)) settled.set(node.name, exit.value)
        remaking.delete(node.name)
        yield* Deferred.done(mine, exit)
        return yield* exit
      })

    const fresh = (node: GraphNode, plan: Extract<NodePlan, { state: "fresh" }>) =>
      keep(
        {
          study: name,
          node: node.name,
          stage: node.stage,
          state: "fresh",
          changed: false,
          why: [],
          artifacts: Object.fromEntries(Object.entries(plan.trace.outputs).map(([output, { artifact }]) => [output, artifact])),
          warnings: plan.trace.warnings,
          faults: [],
          blockedBy: [],
          ms: 0
        },
        node,
        plan.trace.reads
      ).pipe(Effect.andThen(settle(node, { state: "fresh", outputs: plan.trace.outputs })))

    /** Waits for a node's inputs, decides again with what they came to be, and runs it if it must. */
    const bring = (node: GraphNode): Effect.Effect<void, StoreFailure> =>
      Effect.gen(function* () {
        const upstream = [
          ...new Set(
            Object.values(node.inputs).flatMap((wired) => (Array.isArray(wired) ? wired : [wired]).flatMap((one) => ("node" in one ? [one.node] : [])))
          )
        ]
        const results = yield* Effect.forEach(upstream, (one) => Effect.map(Deferred.await(finished.get(one)!), (result) => [one, result] as const))
        const blockedBy = results.filter(([, result]) => result.state === "failed" || result.state === "blocked").map(([one]) => one)
        if (blockedBy.length > 0) {
          yield* keep(
            {
              study: name,
              node: node.name,
              stage: node.stage,
              state: "blocked",
              changed: false,
              why: [],
              artifacts: {},
              warnings: [],
              faults: [],
              blockedBy,
              ms: 0
            },
            node,
            []
          )
          yield* settle(node, { state: "blocked", outputs: {} })
          return
        }
        const plan = planNode(study, node, summary, known)
        if (plan.state === "fresh") return yield* fresh(node, plan)
        yield* settle(node, yield* execute(node, plan.why))
      })

    const waiting: Array<GraphNode> = []
    for (const node of nodes) {
      const plan = plans.get(node.name)!
      if (plan.state === "fresh") yield* fresh(node, plan)
      else waiting.push(node)
    }
    yield* Effect.forEach(waiting, bring, { concurrency: "unbounded", discard: true })
  })

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
    // A run in which nothing is to be done leaves no record: asking again costs nothing.
    const idle = states.every((state) => state === "fresh")
    if (!idle) history.addRun(record)

    const reports = new Map<string, NodeReport>()
    const committing = yield* Semaphore.make(1)
    let committed = began
    const keep =
      (study: Study) =>
      (report: NodeReport, node: GraphNode, reads: ReadonlyArray<{ read: string; value: string }>): Effect.Effect<void, StoreFailure> =>
        Effect.gen(function* () {
          const at = yield* Clock.currentTimeMillis
          for (const artifact of Object.values(report.artifacts)) present.add(artifact)
          reports.set(`${report.study}:${report.node}`, report)
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
          if (report.state === "ran" && at - committed >= COMMIT_MS)
            yield* committing.withPermits(1)(
              Effect.suspend(() => {
                committed = at
                return traces.commit
              })
            )
        })
    const finish = Effect.gen(function* () {
      const ended = yield* Clock.currentTimeMillis
      const done = planned.flatMap(({ study, nodes }) =>
        nodes.map(
          (node): NodeReport =>
            reports.get(`${study.graph.study}:${node.name}`) ?? {
              study: study.graph.study,
              node: node.name,
              stage: node.stage,
              state: "cancelled",
              changed: false,
              why: [],
              artifacts: {},
              warnings: [],
              faults: [],
              blockedBy: [],
              ms: 0
            }
        )
      )
      const report: RunReport = { run: request.run, ok: done.every((node) => node.state === "ran" || node.state === "fresh"), nodes: done, ms: ended - began }
      if (!idle) history.addRun({ ...record, ok: report.ok, ms: report.ms })
      yield* committing.withPermits(1)(traces.commit)
      request.listen({ event: "run-finished", report })
      return report
    })
    yield* Effect.forEach(planned, ({ study, nodes, plans }) => runStudy(request, study, nodes, plans, known, present, keep(study)), {
      concurrency: "unbounded",
      discard: true
    }).pipe(Effect.onError(() => Effect.ignore(finish)))
    return yield* finish
  })
