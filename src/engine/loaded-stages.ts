import type { AnyStage } from "../dag/stage.ts"

/** A linked bundle of a study: its URL, and its stages loaded in this thread. */
export interface LoadedStages {
  readonly bundle: string
  readonly stages: Readonly<Record<string, AnyStage>>
  /** Makes sure that the bundle is there for a thread that has yet to load it. */
  readonly keep?: () => void
}
