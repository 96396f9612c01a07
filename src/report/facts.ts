import type { StoredTable } from "../artifact/column.ts"
import type { WiredInput } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import type { StudyDiff } from "../engine/diff/diff-runs.ts"
import type { Compared } from "../engine/diff/last-change.ts"
import type { Place } from "../engine/study-places.ts"
import type { RunRecord } from "../store/runs.ts"
import type { Acceptance } from "../store/trace.ts"

/** What a report tells, gathered once: plain data. */
export interface StudyFacts {
  readonly study: string
  /** What `--with` put in the place of its data files, or nothing. */
  readonly variant: string
  /** The path of its dag.ts. */
  readonly file: string
  /** The comment that dag.ts begins with; empty where there is none. */
  readonly about: string
  readonly seed: number
  /** When the report was written, milliseconds since 1970. */
  readonly at: number
  /** The run that it tells of: the one that was asked for, or the last. */
  readonly run: RunRecord | undefined
  /** Whether the study is told as it was in a run, not as it is today. */
  readonly past: boolean
  readonly tag: string | undefined
  /** Nodes that have other results than that run left: an edit was taken back, and what was made before stands again. */
  readonly otherwise: ReadonlyArray<string>
  /** In dag.ts's order, inputs first. */
  readonly nodes: ReadonlyArray<NodeFacts>
  /** The nodes that the study returns, in its order. */
  readonly targets: ReadonlyArray<string>
  readonly sources: ReadonlyArray<SourceFacts>
  /** Files that dag.ts reads as parameters (an indicator set), by their path from it; not known of a past run. */
  readonly dataFiles: ReadonlyArray<{ readonly path: string; readonly sha256: string }>
  /** An artifact's table, or why it cannot be read; undefined for those of a type that no report shows. */
  readonly tables: ReadonlyMap<string, StoredTable | string>
  readonly change: { readonly compared: Compared; readonly diff: StudyDiff } | undefined
  readonly environment: EnvironmentFacts
  readonly stages: ReadonlyArray<StageFacts>
  /** A command of Sediment as the reader types it. */
  readonly command: (name: string, ...args: ReadonlyArray<string>) => string
}

/** fresh: made of what there is today. stale: of something else. unknown: perhaps. missing: never made. failed and blocked: in its last run. */
export type NodeStanding = "fresh" | "stale" | "unknown" | "missing" | "failed" | "blocked"

export interface NodeFacts {
  readonly name: string
  readonly stage: string
  readonly inputs: Readonly<Record<string, WiredInput>>
  readonly params: Readonly<Record<string, unknown>>
  /** Output name to table type; "" where it is not known. */
  readonly outputs: Readonly<Record<string, string>>
  readonly standing: NodeStanding
  /** Why it is not fresh; empty where it is. */
  readonly why: string
  /** Output name to the artifact's name. */
  readonly artifacts: Readonly<Record<string, string>>
  /** Of all its artifacts together; undefined where one is no longer there. */
  readonly bytes: number | undefined
  /** When and in which run what it has was made; undefined where it has nothing. */
  readonly made: { readonly run: string; readonly at: number } | undefined
  readonly ms: number | undefined
  readonly warnings: ReadonlyArray<Fault>
  readonly faults: ReadonlyArray<Fault>
  readonly accepted: ReadonlyArray<Acceptance>
  /** The stage's fingerprint. */
  readonly code: string
  /** Where it drew random numbers. */
  readonly seed: string | undefined
  /** Where dag.ts places it; not known of a past run. */
  readonly place: Place | undefined
}

export interface SourceFacts {
  readonly path: string
  /** SHA-256 of its content; undefined where there is no such file. */
  readonly sha256: string | undefined
  readonly note: string
  readonly readBy: ReadonlyArray<string>
  /** Undefined where the file is not there, or, in a past run, is another one today. */
  readonly bytes: number | undefined
  /** Records of a CSV file without its header. */
  readonly rows: number | undefined
}

export interface StageFacts {
  readonly stage: string
  readonly code: string
  /** The files that its declarations stand in. */
  readonly files: ReadonlyArray<string>
  readonly nodes: number
}

export interface EnvironmentFacts {
  readonly sediment: string
  readonly node: string
  readonly platform: string
  readonly lockfile: { readonly path: string; readonly sha256: string } | undefined
  readonly git: { readonly commit: string; readonly edited: number } | undefined
}
