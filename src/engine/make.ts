import { Clock, Deferred, Effect } from "effect"
import type { GraphNode } from "../dag/dag.ts"
import type { StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import type { NodeState } from "../store/runs.ts"
import type { RecordedRead, TracedOutput } from "../store/trace.ts"
import { attempt } from "./attempts.ts"
import { type EngineEvent, reportOn } from "./events.ts"
import type { Task } from "./execute.ts"
import type { Executor } from "./executor.ts"
import { folderFaults } from "./folders.ts"
import type { Journal } from "./journal.ts"
import { lastRecord } from "./last-record.ts"
import { type Known, nodeSeed, paramsHashOf } from "./plan.ts"
import { type Today, valueToday } from "./reads.ts"
import type { Reason } from "./reasons.ts"
import type { Study } from "./study.ts"
import { type ReadOutput, takeInputs } from "./task-inputs.ts"

/** What a node came to. */
export interface Result {
  readonly state: NodeState
  readonly outputs: Readonly<Record<string, TracedOutput>>
}

/** Whether what has not started yet may still start: in a run that stops at the first failure, not after that. */
export interface Gate {
  readonly isOpen: () => boolean
  readonly failed: () => void
}

/** What the nodes of all studies of a run are made with. */
export interface Shared {
  readonly gate: Gate
  readonly known: Known
  /** The artifacts that are there: what is made is added. */
  readonly present: Set<string>
  readonly journal: Journal
  /**
   * Tasks under way, by all that decides what they come to: one that is the same waits for the first, and is then fresh. And by the node's name, code and parameters: in another branch
   * of the study it may come to be the same.
   */
  readonly underway: Map<string, Deferred.Deferred<void>>
}

/** What the nodes of one study are made with. */
export interface Workshop extends Shared {
  readonly run: string
  readonly listen: (event: EngineEvent) => void
  readonly study: Study
  /** What the last node of a stage took in this run, milliseconds. */
  readonly lastMs: Map<string, number>
  /** Waits for a node and gives its artifact's bytes and what is known of it; undefined where it is damaged and could not be made again. */
  readonly outputOf: (node: string, output: string) => Effect.Effect<ReadOutput | undefined, StoreFailure, ObjectStore | Executor>
}

// A node that took less than this when it last ran with the same code and parameters runs in this thread, which nothing else can use meanwhile; and so does one
// of whose stage another has just run, in much less: a thread of its own would cost more.
const LIGHT_MS = 10
const LIGHT_STAGE_MS = 1

/** Makes a node, whatever the store says of it: takes its inputs together, executes its stage, and keeps what came of it. */
export const make = (workshop: Workshop, node: GraphNode, why: ReadonlyArray<Reason>): Effect.Effect<Result, StoreFailure, ObjectStore | Executor> =>
  Effect.gen(function* () {
    const { gate, journal, known, outputOf, present, study, underway } = workshop
    const lack = study.machine.lacksNow(node.stage)
    if (lack !== undefined) {
      if (!gate.isOpen()) return { state: "cancelled", outputs: {} }
      const state = lack.missing !== undefined && study.machine.isOptional(node.stage) ? "skipped" : "failed"
      if (state === "failed") gate.failed()
      yield* journal.write(study, node, reportOn(study, node, state, { why, faults: state === "failed" ? [lack.fault] : [] }), [])
      return { state, outputs: {} }
    }
    // A trace tells what this task was given, whatever becomes of files and nodes meanwhile.
    const { content, given, inputs, lost, missingFiles } = yield* takeInputs(node, { source: study.readSource, output: outputOf })
    if (!gate.isOpen()) return { state: "cancelled", outputs: {} }
    const faults = [
      ...folderFaults(node, study.directory, study.file),
      ...missingFiles.map((file) => ({
        code: "missing-file",
        message: `there is no file ${file} that can be read (looked for in ${study.directory}); put it there, or correct its path in ${study.file}`,
        where: { file }
      })),
      ...lost.map((input) => ({ code: "input-lost", message: `its input ${input} is damaged and could not be made again` }))
    ]
    if (faults.length > 0) {
      gate.failed()
      yield* journal.write(study, node, reportOn(study, node, "failed", { why, faults }), [])
      return { state: "failed", outputs: {} }
    }

    const code = study.fingerprint(node.stage)
    const task: Task = { node: node.name, stage: node.stage, params: node.params, inputs, seed: nodeSeed(study.graph.seed, node) }
    const today: Today = { ...given, seed: () => task.seed, machine: (read) => study.machine.read(node.stage, read) }
    const work = JSON.stringify([code, node.params, task.seed, content])
    // Of inputs that differ, two branches of a study may read what is the same in both: the second finds that in what the first recorded.
    const inAnyBranch = JSON.stringify([code, node.params, task.seed, node.name])
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
    return yield* Effect.ensuring(makeAlone(workshop, node, why, task, today), done)
  })

/** Executes a task, whatever else is under way, and keeps what came of it. */
const makeAlone = (
  { gate, journal, known, lastMs, listen, present, run, study }: Workshop,
  node: GraphNode,
  why: ReadonlyArray<Reason>,
  task: Task,
  today: Today
): Effect.Effect<Result, StoreFailure, ObjectStore | Executor> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const code = study.fingerprint(node.stage)
    const before = known.history.lastOf(study.graph.study, node.name, "good")
    const ran = lastRecord(known.history, study.graph.study, node.name, "ran")
    const light = ran !== undefined && ran.ms < LIGHT_MS && ran.code === code && ran.params === node.params
    const isHeavy = () => !light && !((lastMs.get(node.stage) ?? Number.POSITIVE_INFINITY) < LIGHT_STAGE_MS)
    const named = { study: study.graph.study, node: node.name }
    const outcome = yield* attempt(yield* study.load, task, isHeavy, {
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
    for (const [output, { bytes, summary }] of Object.entries(outcome.outputs)) {
      const artifact = yield* objects.put(bytes)
      present.add(artifact)
      outputs[output] = { artifact, summary }
    }
    known.traces.add({ code, params: paramsHashOf(node), reads, outputs, warnings, ms, run, at: yield* Clock.currentTimeMillis })
    known.history.addCode(code, study.declarations(node.stage))
    const artifacts = artifactsOf(outputs)
    const changed = Object.entries(artifacts).some(([output, artifact]) => before?.artifacts[output] !== artifact)
    yield* journal.write(study, node, reportOn(study, node, "ran", { changed, why, artifacts, warnings, attempts, ms }), reads)
    return { state: "ran", outputs }
  })

export const artifactsOf = (outputs: Result["outputs"]): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(outputs).map(([output, { artifact }]) => [output, artifact]))
