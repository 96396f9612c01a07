import { Clock, Deferred, Effect } from "effect"
import type { GraphNode } from "../dag/dag.ts"
import type { StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import type { RecordedRead, TracedOutput } from "../store/trace.ts"
import { attempt } from "./attempts.ts"
import { reportOn } from "./events.ts"
import type { Executor } from "./executor.ts"
import { nodeSeed, paramsHashOf } from "./plan.ts"
import { type Today, valueToday } from "./reads.ts"
import type { Reason } from "./reasons.ts"
import { type TakenTask, takeTask } from "./take-task.ts"
import type { Result, Workshop } from "./workshop.ts"

/** Makes a node, whatever the store says of it: takes its inputs together, executes its stage, and keeps what came of it. */
export const make = (workshop: Workshop, node: GraphNode, why: ReadonlyArray<Reason>): Effect.Effect<Result, StoreFailure, ObjectStore | Executor> =>
  Effect.gen(function* () {
    const { gate, journal, known, present, study, underway } = workshop
    const lack = study.machine.lacksNow(node.stage)
    if (lack !== undefined) {
      if (!gate.isOpen()) return { state: "cancelled", outputs: {} }
      const state = lack.missing !== undefined && study.machine.isOptional(node.stage) ? "skipped" : "failed"
      if (state === "failed") gate.failed()
      yield* journal.write(study, node, reportOn(study, node, state, { why, faults: state === "failed" ? [lack.fault] : [] }), [])
      return { state, outputs: {} }
    }
    const { content, faults, given, once } = yield* takeTask(workshop, node)
    if (!gate.isOpen()) return { state: "cancelled", outputs: {} }
    if (faults.length > 0) {
      gate.failed()
      yield* journal.write(study, node, reportOn(study, node, "failed", { why, faults }), [])
      return { state: "failed", outputs: {} }
    }

    const code = study.fingerprint(node.stage)
    const seed = nodeSeed(study.graph.seed, node)
    const today: Today = { ...given, seed: () => seed, machine: (read) => study.machine.read(node.stage, read) }
    const work = JSON.stringify([code, node.params, seed, content])
    // Of inputs that differ, two branches of a study may read what is the same in both: the second finds that in what the first recorded.
    const inAnyBranch = JSON.stringify([code, node.params, seed, node.name])
    const same = () => underway.get(work) ?? underway.get(inAnyBranch)
    for (let first = same(); first !== undefined; first = same()) {
      yield* Deferred.await(first)
      const trace = known.traces.find(code, paramsHashOf(node), (read) => valueToday(node, read, today))
      if (trace === undefined || Object.values(trace.outputs).some(({ artifact }) => !present.has(artifact))) continue
      const { outputs, reads, warnings } = trace
      yield* journal.write(study, node, reportOn(study, node, "fresh", { artifacts: artifactsOf(outputs), warnings }), reads)
      return { state: "fresh", outputs }
    }
    const mine = Deferred.makeUnsafe<void>()
    for (const key of [work, inAnyBranch]) underway.set(key, mine)
    const done = Effect.suspend(() => {
      for (const key of [work, inAnyBranch]) underway.delete(key)
      return Deferred.succeed(mine, undefined)
    })
    return yield* Effect.ensuring(makeAlone(workshop, node, why, once, today), done)
  })

/** Executes a task, whatever else is under way, and keeps what came of it. */
const makeAlone = (
  { gate, journal, known, lastMs, listen, present, run, study }: Workshop,
  node: GraphNode,
  why: ReadonlyArray<Reason>,
  once: TakenTask["once"],
  today: Today
): Effect.Effect<Result, StoreFailure, ObjectStore | Executor> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const code = study.fingerprint(node.stage)
    const before = known.history.lastOf(study.graph.study, node.name, "good")
    const named = { study: study.graph.study, node: node.name }
    const stage = (yield* study.load).stages[node.stage]!
    const outcome = yield* attempt(stage, once, {
      begins: () => {
        if (gate.isOpen()) listen({ event: "node-started", ...named, stage: node.stage, why })
        return gate.isOpen()
      },
      retries: (attempts, faultsOfLast) => listen({ event: "node-retried", ...named, attempts, faults: faultsOfLast }),
      fails: gate.failed
    })
    if (outcome === undefined) return { state: "cancelled", outputs: {} }
    lastMs.set(node.stage, outcome.ms)
    const { attempts, ms, warnings } = outcome
    const reads = outcome.reads.map((read): RecordedRead => ({ read, value: valueToday(node, read, today)! }))
    if (outcome.outputs === undefined) {
      gate.failed()
      yield* journal.write(study, node, reportOn(study, node, "failed", { why, faults: outcome.faults, attempts, ms }), reads)
      return { state: "failed", outputs: {} }
    }
    const outputs: Record<string, TracedOutput> = {}
    for (const [output, made] of Object.entries(outcome.outputs)) {
      const { summary } = made
      const artifact = "bytes" in made ? yield* objects.put(made.bytes) : made.artifact
      present.add(artifact)
      outputs[output] = { artifact, summary }
    }
    const keepTrace = outcome.isTraced === true ? known.traces.learn : known.traces.add
    keepTrace({ code, params: paramsHashOf(node), reads, outputs, warnings, ms, run, at: yield* Clock.currentTimeMillis })
    known.history.addCode(code, study.declarations(node.stage))
    const artifacts = artifactsOf(outputs)
    const changed = Object.entries(artifacts).some(([output, artifact]) => before?.artifacts[output] !== artifact)
    yield* journal.write(study, node, reportOn(study, node, "ran", { changed, why, artifacts, warnings, attempts, ms }), reads)
    return { state: "ran", outputs }
  })

export const artifactsOf = (outputs: Result["outputs"]): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(outputs).map(([output, { artifact }]) => [output, artifact]))
