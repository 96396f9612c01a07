import { Clock, Effect } from "effect"
import type { TableSummary } from "../artifact/hash.ts"
import { type GraphNode, isList, type Wire } from "../dag/dag.ts"
import type { StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import type { NodeState } from "../store/runs.ts"
import type { RecordedRead, TracedOutput } from "../store/trace.ts"
import { attempt } from "./attempts.ts"
import { type EngineEvent, reportOn } from "./events.ts"
import type { Task, TaskInput } from "./execute.ts"
import type { Executor } from "./executor.ts"
import type { Journal } from "./journal.ts"
import { type Known, nodeSeed, paramsHashOf } from "./plan.ts"
import { valueToday } from "./reads.ts"
import type { Reason } from "./reasons.ts"
import type { SourceIdentity, Study } from "./study.ts"

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

/** What the nodes of one study are made with. */
export interface Workshop {
  readonly run: string
  readonly gate: Gate
  readonly listen: (event: EngineEvent) => void
  readonly study: Study
  readonly known: Known
  /** The artifacts that are there: what is made is added. */
  readonly present: Set<string>
  readonly journal: Journal
  /** What the last node of a stage took in this run, milliseconds. */
  readonly lastMs: Map<string, number>
  /** Waits for a node and gives its artifact's bytes and what is known of it; undefined where it is damaged and could not be made again. */
  readonly outputOf: (
    node: string,
    output: string
  ) => Effect.Effect<{ readonly bytes: Uint8Array; readonly summary: TableSummary } | undefined, StoreFailure, ObjectStore | Executor>
}

// A node that took less than this when it last ran with the same code and parameters runs in this thread, which nothing else can use meanwhile; and so does one
// of whose stage another has just run, in much less: a thread of its own would cost more.
const LIGHT_MS = 10
const LIGHT_STAGE_MS = 1

/** Makes a node, whatever the store says of it: gathers its inputs, executes its stage, and keeps what came of it. */
export const make = (
  { gate, journal, known, lastMs, listen, outputOf, present, run, study }: Workshop,
  node: GraphNode,
  why: ReadonlyArray<Reason>
): Effect.Effect<Result, StoreFailure, ObjectStore | Executor> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    // A trace tells what this task was given, whatever becomes of files and nodes meanwhile.
    const sources = new Map<string, SourceIdentity>()
    const summaries = new Map<string, TableSummary>()
    const missingFiles: Array<string> = []
    const lostInputs: Array<string> = []

    const gather = (input: string, wire: Wire): Effect.Effect<ReadonlyArray<TaskInput>, StoreFailure, ObjectStore | Executor> =>
      Effect.gen(function* () {
        if ("source" in wire) {
          const file = yield* study.readSource(wire.source)
          if (file === undefined) {
            missingFiles.push(wire.source)
            return []
          }
          sources.set(wire.source, file)
          return [{ kind: "file", path: wire.source, bytes: file.bytes, note: file.note }]
        }
        const found = yield* outputOf(wire.node, wire.output)
        if (found === undefined) {
          lostInputs.push(input)
          return []
        }
        summaries.set(JSON.stringify([wire.node, wire.output]), found.summary)
        return [{ kind: "table", from: wire.node, bytes: found.bytes }]
      })

    const inputs: Record<string, TaskInput | ReadonlyArray<TaskInput>> = {}
    for (const [input, wired] of Object.entries(node.inputs)) {
      const gathered = (yield* Effect.forEach(isList(wired) ? wired : [wired], (wire) => gather(input, wire))).flat()
      if (isList(wired)) inputs[input] = gathered
      else if (gathered[0] !== undefined) inputs[input] = gathered[0]
    }
    if (!gate.isOpen()) return { state: "cancelled", outputs: {} }
    const faults = [
      ...missingFiles.map((file) => ({
        code: "missing-file",
        message: `there is no file ${file} that can be read (looked for in ${study.directory}); put it there, or correct its path in ${study.file}`,
        where: { file }
      })),
      ...lostInputs.map((input) => ({ code: "input-lost", message: `its input ${input} is damaged and could not be made again` }))
    ]
    if (faults.length > 0) {
      gate.failed()
      yield* journal.write(study, node, reportOn(study, node, "failed", { why, faults }), [])
      return { state: "failed", outputs: {} }
    }

    const code = study.fingerprint(node.stage)
    const before = known.history.lastOf(study.graph.study, node.name, "good")
    const ran = known.history.lastOf(study.graph.study, node.name, "ran")
    const light = ran !== undefined && ran.ms < LIGHT_MS && ran.code === code && ran.params === node.params
    const isHeavy = () => !light && !((lastMs.get(node.stage) ?? Number.POSITIVE_INFINITY) < LIGHT_STAGE_MS)
    const task: Task = { node: node.name, stage: node.stage, params: node.params, inputs, seed: nodeSeed(study.graph.seed, node) }
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
    const given = {
      summary: (from: string, output: string) => summaries.get(JSON.stringify([from, output])),
      source: (path: string) => sources.get(path)!,
      seed: () => task.seed
    }
    const reads = outcome.reads.map((read): RecordedRead => ({ read, value: valueToday(node, read, given)! }))
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
