import { Context } from "effect"
import type { WiredInput } from "../dag/dag.ts"
import type { Fault, Json } from "../dag/stage.ts"
import type { RecordedRead } from "./traces.ts"

export type NodeState = "ran" | "fresh" | "failed" | "blocked" | "cancelled"

/** One execution of a DAG. */
export interface RunRecord {
  readonly run: string
  /** When it began, milliseconds since 1970. */
  readonly at: number
  readonly command: ReadonlyArray<string>
  readonly studies: ReadonlyArray<string>
  /** Undefined while it goes on, or if it was killed. */
  readonly ok?: boolean
  readonly ms?: number
}

/** What a node was made of, and what became of it, in one run: what `explain` compares today with. */
export interface NodeRecord {
  readonly run: string
  readonly at: number
  readonly study: string
  readonly node: string
  readonly stage: string
  readonly state: NodeState
  readonly code: string
  /** Canonical text. */
  readonly params: string
  readonly inputs: Readonly<Record<string, WiredInput>>
  readonly reads: ReadonlyArray<RecordedRead>
  /** Output name to the artifact's name; empty if it failed. */
  readonly artifacts: Readonly<Record<string, string>>
  readonly why: ReadonlyArray<{ readonly reason: string; readonly [detail: string]: Json }>
  readonly warnings: ReadonlyArray<Fault>
  readonly ms: number
}

/** One declaration that a stage's code reaches. */
export interface CodePart {
  readonly declaration: string
  readonly file: string
  readonly hash: string
}

export class RunHistory extends Context.Service<
  RunHistory,
  {
    /** A later record of the same run stands for the earlier one. Like the other records it is on the disk after the next `TraceIndex.commit`. */
    readonly addRun: (run: RunRecord) => void
    /** A "fresh" node is written only if its code, parameters, inputs or reads are not those of its last record. */
    readonly addNode: (node: NodeRecord) => void
    /** Written once a fingerprint. */
    readonly addCode: (fingerprint: string, parts: ReadonlyArray<CodePart>) => void
    /** Newest first. */
    readonly runs: () => ReadonlyArray<RunRecord>
    /** The newest record of a node. */
    readonly lastOf: (study: string, node: string) => NodeRecord | undefined
    readonly nodesOf: (run: string) => ReadonlyArray<NodeRecord>
    readonly codeOf: (fingerprint: string) => ReadonlyArray<CodePart> | undefined
  }
>()("sediment/store/RunHistory") {}

/** A run's name: when it began, and enough chance that no two are the same. Names sort by time. */
export declare const runName: (now: Date) => string
