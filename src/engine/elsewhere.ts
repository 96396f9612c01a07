/** Tasks that are executed elsewhere: by processes that share the store, and take the inputs out of it themselves. */
import { Effect } from "effect"
import { type GraphNode, isFiles, isList, type OutputWire } from "../dag/dag.ts"
import type { AnyStage } from "../dag/stage.ts"
import type { TracedOutput } from "../store/trace.ts"
import type { Outcome, Turn } from "./execute.ts"
import type { LoadedStages } from "./loaded-stages.ts"
import type { Today } from "./reads.ts"

/** An artifact as a task's input, by its name: its content stays where it is. */
export interface NamedInput extends OutputWire {
  readonly artifact: string
}

/** A task without any values: all that decides what comes of it, by name. */
export interface NamedTask {
  readonly node: string
  readonly stage: string
  /** The stage's fingerprint. */
  readonly code: string
  /** Canonical JSON of the encoded parameters. */
  readonly params: string
  readonly seed: number
  /** The longest that it may take, milliseconds; null where it has no such limit. */
  readonly limitMs: number | null
  readonly inputs: Readonly<Record<string, NamedInput | ReadonlyArray<NamedInput>>>
}

/** What the engine knows of a task besides; asked when it matters. */
export interface Prospects {
  /** The run that its trace names. */
  readonly run: string
  /** Milliseconds that it is thought to take; undefined where nothing like it has run. */
  readonly expectedMs: () => number | undefined
  /** Milliseconds of the longest way from its beginning to the end of the study. */
  readonly pathMs: number
  /** False once nothing new is to begin. */
  readonly isWanted: () => boolean
}

/** Its artifacts are in the cache when it is told. */
export interface OutcomeElsewhere extends Omit<Outcome, "outputs"> {
  readonly outputs: Readonly<Record<string, TracedOutput>> | undefined
  /** Its trace is in the cache's log, too. */
  readonly isTraced: boolean
  /** Artifacts that whoever executes it did not find: nothing was executed then. */
  readonly lost: ReadonlyArray<string>
}

export interface Elsewhere {
  /** What reads the files of this machine, starts its programs, or may not run as often as one likes, stays here; and code that cannot be sent. */
  readonly takes: (loaded: LoadedStages, stage: AnyStage) => Effect.Effect<boolean>
  /** Gives nothing where the task was sent away when its turn came, or was not wanted any more. */
  readonly execute: (loaded: LoadedStages, task: NamedTask, prospects: Prospects, turn: Turn<OutcomeElsewhere>) => Effect.Effect<OutcomeElsewhere | undefined>
}

export interface NamedInputs {
  readonly inputs: NamedTask["inputs"]
  readonly given: Pick<Today, "summary">
  /** A text that two nodes share only if all their inputs have the same names and the same contents. */
  readonly content: string
}

/** The inputs of a node by name, when all that it rests on is settled; undefined where one is a file, or is not there. */
export const nameInputs = <E, R>(
  node: GraphNode,
  traced: (node: string, output: string) => Effect.Effect<TracedOutput | undefined, E, R>
): Effect.Effect<NamedInputs | undefined, E, R> =>
  Effect.gen(function* () {
    const outputs = new Map<string, TracedOutput>()
    const inputs: Record<string, NamedInput | ReadonlyArray<NamedInput>> = {}
    const content: Array<readonly string[]> = []
    for (const [input, wired] of Object.entries(node.inputs)) {
      if (isFiles(wired)) return undefined
      const named: Array<NamedInput> = []
      for (const wire of isList(wired) ? wired : [wired]) {
        const found = "source" in wire ? undefined : yield* traced(wire.node, wire.output)
        if ("source" in wire || found === undefined) return undefined
        outputs.set(JSON.stringify([wire.node, wire.output]), found)
        content.push([input, found.artifact])
        named.push({ node: wire.node, output: wire.output, artifact: found.artifact })
      }
      inputs[input] = isList(wired) ? named : named[0]!
    }
    const summary: Today["summary"] = (from, output) => outputs.get(JSON.stringify([from, output]))?.summary
    return { inputs, given: { summary }, content: JSON.stringify(content) }
  })
