/** A node's task: its inputs taken together, and where it is executed. */
import { Duration, Effect } from "effect"
import type { GraphNode } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import type { StoreFailure } from "../store/failure.ts"
import type { ObjectStore } from "../store/objects.ts"
import type { TracedOutput } from "../store/trace.ts"
import { missingFile } from "./cannot-run.ts"
import { type Elsewhere, type NamedInputs, nameInputs, type OutcomeElsewhere } from "./elsewhere.ts"
import type { Outcome, Produced, Task, Turn } from "./execute.ts"
import { Executor } from "./executor.ts"
import { folderFaults } from "./folders.ts"
import { lastRecord } from "./last-record.ts"
import type { LoadedStages } from "./loaded-stages.ts"
import { nodeSeed } from "./plan.ts"
import type { Today } from "./reads.ts"
import { takeInputs } from "./task-inputs.ts"
import type { Workshop } from "./workshop.ts"

/** What came of a task: tables yet to be kept, or the names of those that are. */
export type Done = Omit<Outcome, "outputs"> & {
  readonly outputs: Readonly<Record<string, Produced | TracedOutput>> | undefined
  /** Whoever executed it has written its trace into this cache's log. */
  readonly isTraced?: boolean
}

export interface TakenTask {
  /** What was given, by which the task's reads have their values: a file or an artifact may be another one by now. */
  readonly given: Pick<Today, "summary" | "source">
  /** A text that two nodes share only if all their inputs have the same names and the same contents. */
  readonly content: string
  /** Why it cannot be executed. */
  readonly faults: ReadonlyArray<Fault>
  readonly once: (turn: Turn<Done>) => Effect.Effect<Done | undefined, StoreFailure, ObjectStore | Executor>
}

// A node that took less than this when it last ran with the same code and parameters runs in this thread, which nothing else can use meanwhile; and so does one
// of whose stage another has just run, in much less: a thread of its own would cost more.
const LIGHT_MS = 10
const LIGHT_STAGE_MS = 1

/** What it is thought to take: of a node that has run with this code and these parameters what it took then, of another what the last one of its stage took in this run. */
const expectation = ({ known, lastMs, study }: Workshop, node: GraphNode) => {
  const ran = lastRecord(known.history, study.graph.study, node.name, "ran")
  const own = ran !== undefined && ran.code === study.fingerprint(node.stage) && ran.params === node.params ? ran.ms : undefined
  return {
    ms: () => own ?? lastMs.get(node.stage),
    isHeavy: () => !(own !== undefined && own < LIGHT_MS) && !((lastMs.get(node.stage) ?? Number.POSITIVE_INFINITY) < LIGHT_STAGE_MS)
  }
}

const lostFaults = (inputs: ReadonlyArray<string>): ReadonlyArray<Fault> =>
  inputs.map((input) => ({ code: "input-lost", message: `its input ${input} is damaged and could not be made again` }))

const takeHere = (workshop: Workshop, node: GraphNode, loaded: LoadedStages): Effect.Effect<TakenTask, StoreFailure, ObjectStore | Executor> =>
  Effect.gen(function* () {
    const { outputOf, study } = workshop
    // A trace tells what this task was given, whatever becomes of files and nodes meanwhile.
    const { content, given, inputs, lost, missingFiles } = yield* takeInputs(node, { source: study.readSource, output: outputOf })
    const faults = [...folderFaults(node, study.directory, study.file), ...missingFiles.map((file) => missingFile(file, study)), ...lostFaults(lost)]
    const task: Task = { node: node.name, stage: node.stage, params: node.params, inputs, seed: nodeSeed(study.graph.seed, node) }
    const executor = yield* Executor
    const { isHeavy } = expectation(workshop, node)
    return { content, given, faults, once: (turn) => executor.execute(loaded, task, isHeavy, turn) }
  })

const failedElsewhere = (faults: ReadonlyArray<Fault>): Done => ({ reads: [], warnings: [], ms: 0, outputs: undefined, faults, transient: false })

/** What never passes is no limit. */
const limitOf = ({ stages }: LoadedStages, stage: string): number | null => {
  const limit = stages[stage]?.timeout
  const ms = limit === undefined ? Number.POSITIVE_INFINITY : Duration.toMillis(Duration.fromInputUnsafe(limit))
  return Number.isFinite(ms) ? ms : null
}

const takeElsewhere = (
  workshop: Workshop,
  node: GraphNode,
  loaded: LoadedStages,
  elsewhere: Elsewhere,
  named: NamedInputs
): Effect.Effect<TakenTask, StoreFailure, ObjectStore | Executor> => {
  const { gate, outputOf, run, study, tracedOf } = workshop
  const source: Today["source"] = () => ({ sha256: "absent", note: undefined })
  const task = {
    node: node.name,
    stage: node.stage,
    code: study.fingerprint(node.stage),
    params: node.params,
    seed: nodeSeed(study.graph.seed, node),
    limitMs: limitOf(loaded, node.stage)
  }
  const execute = ({ inputs }: NamedInputs, turn: Turn<OutcomeElsewhere>) =>
    elsewhere.execute(
      loaded,
      { ...task, inputs },
      { run, expectedMs: expectation(workshop, node).ms, pathMs: workshop.pathMs(node.name), isWanted: gate.isOpen },
      turn
    )
  return Effect.succeed({
    content: named.content,
    given: { summary: named.given.summary, source },
    faults: [],
    once: (turn) =>
      Effect.gen(function* () {
        let began = false
        const held: Turn<OutcomeElsewhere> = {
          begins: () => began || (began = turn.begins()),
          // That inputs were lost is not yet what it came to.
          ends: (outcome) => {
            if (outcome.lost.length === 0) turn.ends(outcome)
          }
        }
        const outcome = yield* execute(named, held)
        if (outcome === undefined || outcome.lost.length === 0) return outcome
        // What is damaged here, too, is made again; what is whole here is not where the others look.
        const looked = yield* takeInputs(node, { source: study.readSource, output: outputOf })
        const again = looked.lost.length > 0 ? undefined : yield* nameInputs(node, tracedOf)
        const second = again === undefined ? undefined : yield* execute(again, held)
        if (again !== undefined && (second === undefined || second.lost.length === 0)) return second
        const failed = failedElsewhere(second?.faults ?? lostFaults(looked.lost))
        turn.ends(failed)
        return failed
      })
  })
}

/** Takes the inputs of a node, when all that it rests on is settled: their contents, or, where it is executed elsewhere, their names. */
export const takeTask = (workshop: Workshop, node: GraphNode): Effect.Effect<TakenTask, StoreFailure, ObjectStore | Executor> =>
  Effect.gen(function* () {
    const { elsewhere } = yield* Executor
    const loaded = yield* workshop.study.load
    if (elsewhere === undefined || !(yield* elsewhere.takes(loaded, loaded.stages[node.stage]!))) return yield* takeHere(workshop, node, loaded)
    const named = yield* nameInputs(node, workshop.tracedOf)
    return named === undefined ? yield* takeHere(workshop, node, loaded) : yield* takeElsewhere(workshop, node, loaded, elsewhere, named)
  })
