/** A task on its way to a worker and back, and what it comes to where no worker could execute it. */
import type { NamedTask, OutcomeElsewhere } from "../engine/elsewhere.ts"
import type { Turn } from "../engine/execute.ts"

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
