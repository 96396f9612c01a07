import type { EngineEvent, NodeReport } from "./events.ts"
import type { AllFresh, FreshMemory } from "./fresh-memory.ts"
import type { Study } from "./study.ts"

/** A study of which the answer "every node is fresh" was remembered, so that it was not planned. */
export interface QuietStudy {
  readonly study: Study
  readonly answer: AllFresh
}

export interface RunRequest {
  readonly run: string
  readonly command: ReadonlyArray<string>
  readonly studies: ReadonlyArray<{ readonly study: Study; readonly targets: ReadonlyArray<string> }>
  /** Studies that belong to the run and need nothing. */
  readonly quiet: ReadonlyArray<QuietStudy>
  /** Where the answer of a study whose every node came out well is remembered. */
  readonly memory: FreshMemory
  /** After the first failure nothing new starts; without it, a failing node blocks those that rest on it and no others. */
  readonly stopAtFailure?: boolean
  readonly listen: (event: EngineEvent) => void
  /** Whether the artifacts of a fresh node will be read: they are then checked, and made again where they are damaged. */
  readonly willRead: (report: NodeReport) => boolean
}
