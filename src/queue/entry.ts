/** A task on its way to a worker and back, and what it comes to where no worker could execute it. */
import type { NamedTask, OutcomeElsewhere } from "../engine/elsewhere.ts"
import type { Turn } from "../engine/execute.ts"
import { MODULE_GONE, NOT_WELL, taskKey, WORKER_ENDS } from "./message.ts"

/** A task on its way. */
export interface Entry {
  readonly key: string
  readonly task: NamedTask
  readonly module: string
  readonly run: string
  readonly pathMs: number
  readonly expectedMs: () => number | undefined
  readonly isWanted: () => boolean
  readonly turn: Turn<OutcomeElsewhere>
  readonly settle: (outcome: OutcomeElsewhere | undefined) => void
  readonly number: number
  /** It is being submitted. */
  going: boolean
  begun: boolean
  /** Nobody asks for it any more. */
  takenBack: boolean
  submissions: number
  /** An outcome was found: its artifacts are being taken. */
  ending: boolean
}

type Known = "module" | "task" | "run" | "pathMs" | "expectedMs" | "isWanted" | "turn" | "settle" | "number"

/** A task that has not gone anywhere yet. */
export const entryOf = (known: Pick<Entry, Known>): Entry => ({
  ...known,
  key: taskKey(known.task),
  going: false,
  begun: false,
  takenBack: false,
  submissions: 0,
  ending: false
})

/** Whether a task is still on its way into the queue: it was not settled, taken back or found there meanwhile. */
export const isGoing = ({ going, takenBack }: Entry): boolean => going && !takenBack

/** How often a job may vanish (with what Redis had in memory) before its tasks are given up. */
const MOST_SUBMISSIONS = 20
/** How often what a worker made may not be found, and how often one may not be able to execute it. */
export const MOST_LOSSES = 3

/** How often the tasks of a job may have been submitted to be so again, by the reason for which it failed; undefined where it is gone without one. */
export const mostSubmissions = (reason: string | undefined): number => {
  if (reason === undefined || reason.startsWith(MODULE_GONE) || reason.startsWith(WORKER_ENDS)) return MOST_SUBMISSIONS
  return reason.startsWith(NOT_WELL) ? MOST_LOSSES : 0
}

export const failed = (code: string, message: string): OutcomeElsewhere => ({
  reads: [],
  warnings: [],
  ms: 0,
  outputs: undefined,
  faults: [{ code, message }],
  transient: true,
  isTraced: false,
  lost: []
})

export const whyNot = ({ task }: Entry, reason: string | undefined): string => {
  if (reason === undefined) return "its job was lost from the queue again and again"
  return /stalled/.test(reason)
    ? `one worker after the other was lost while it executed it: look whether they have memory enough for stage ${task.stage}, and at what they have written`
    : `the worker could not execute it: ${reason}`
}

export const artifactsOf = ({ inputs }: NamedTask): ReadonlyArray<string> =>
  Object.values(inputs).flatMap((named) => ("artifact" in named ? [named.artifact] : named.map(({ artifact }) => artifact)))
