import type { Deferred, Effect } from "effect"
import type { StoreFailure } from "../store/failure.ts"
import type { ObjectStore } from "../store/objects.ts"
import type { NodeState } from "../store/runs.ts"
import type { TracedOutput } from "../store/trace.ts"
import type { EngineEvent } from "./events.ts"
import type { Executor } from "./executor.ts"
import type { Journal } from "./journal.ts"
import type { Known } from "./plan.ts"
import type { Study } from "./study.ts"
import type { ReadOutput } from "./task-inputs.ts"

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
  /** Milliseconds of the longest way from a node's beginning to the end of the study. */
  readonly pathMs: (node: string) => number
  /** Waits for a node and gives what is known of its artifact, without a look at it. */
  readonly tracedOf: (node: string, output: string) => Effect.Effect<TracedOutput | undefined>
  /** Waits for a node and gives its artifact's bytes and what is known of it; undefined where it is damaged and could not be made again. */
  readonly outputOf: (node: string, output: string) => Effect.Effect<ReadOutput | undefined, StoreFailure, ObjectStore | Executor>
}
