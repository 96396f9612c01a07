import type { TableSummary } from "../artifact/hash.ts"
import type { Fault } from "../dag/stage.ts"

export interface RecordedRead {
  /** Which input, and what was asked of it; any text, the engine's own. */
  readonly read: string
  readonly value: string
}
export interface TracedOutput {
  readonly artifact: string
  readonly summary: TableSummary
}
/** Somebody's word that the trace's code makes of the same what code of another fingerprint made. */
export interface Acceptance {
  readonly reason: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** The run that wrote it down. */
  readonly run: string
  readonly command: ReadonlyArray<string>
  /** The fingerprint of the code that it was accepted from. */
  readonly from: string
  /** The run that has executed today's code since, and found that it makes the same; and when. */
  readonly proved?: { readonly run: string; readonly at: number }
}
/** The record that a stage with this code and these parameters, having read this, produced that. (One that was found parses its fields when asked: do not spread it.) */
export interface Trace {
  /** The stage's fingerprint; no white space. */
  readonly code: string
  /** SHA-256 of the canonical text of its parameters. */
  readonly params: string
  /** Sorted by `read`. */
  readonly reads: ReadonlyArray<RecordedRead>
  readonly outputs: Readonly<Record<string, TracedOutput>>
  readonly warnings: ReadonlyArray<Fault>
  readonly ms: number
  readonly run: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** Where this code did not run itself: by which words, the last one last, what other code had made came to stand for what this one would make. */
  readonly accepted?: ReadonlyArray<Acceptance> | undefined
}
