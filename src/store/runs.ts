import { randomBytes } from "node:crypto"
import { Context, Effect, Layer } from "effect"
import type { WiredInput } from "../dag/dag.ts"
import type { Fault, Json } from "../dag/stage.ts"
import { type LogRecord, SegmentLog, textOf } from "./segment-log.ts"
import type { RecordedRead } from "./trace.ts"

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

export type Which = "any" | "good" | "ran"

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
    /** The newest record of a node, or the newest that tells that it came out well ("ran" or "fresh"), or that it ran. */
    readonly lastOf: (study: string, node: string, which?: Which) => NodeRecord | undefined
    /** The records that a run wrote, in order. */
    readonly nodesOf: (run: string) => ReadonlyArray<NodeRecord>
    readonly codeOf: (fingerprint: string) => ReadonlyArray<CodePart> | undefined
  }
>()("sediment/store/RunHistory") {
  static readonly layer: Layer.Layer<RunHistory, never, SegmentLog> = Layer.effect(
    RunHistory,
    Effect.suspend(() => makeRunHistory)
  )
}

/** A run's name: when it began (UTC), and enough chance that no two are the same. Names sort by time. */
export const runName = (now: Date): string => `${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}-${randomBytes(4).toString("hex")}`

/** The first `count` lines of a record, and the text after them. */
const cut = (record: LogRecord, count: number): { readonly head: ReadonlyArray<string>; readonly rest: LogRecord } => {
  const head: Array<string> = []
  let { start } = record
  for (let i = 0; i < count; i++) {
    const end = record.bytes.indexOf("\n", start)
    head.push(record.bytes.toString("utf8", start, end))
    start = end + 1
  }
  return { head, rest: { ...record, start } }
}

const nodeKey = (study: string, node: string): string => JSON.stringify([study, node])

// A node's text is three lines, "at state", its study and name, and the whole as JSON; of these only the last one asked for is parsed.
const encodeNode = (node: NodeRecord): string => `${node.at} ${node.state}\n${nodeKey(node.study, node.node)}\n${JSON.stringify(node)}`
const parse = <T>(record: LogRecord): T => JSON.parse(textOf(record)) as T

interface LastRecord {
  readonly at: number
  readonly json: LogRecord
}
type LastRecords = Readonly<Record<Which, Map<string, LastRecord>>>
const indexNodes = (records: ReadonlyArray<LogRecord>): LastRecords => {
  const last: LastRecords = { any: new Map(), good: new Map(), ran: new Map() }
  for (const record of records) keepNewest(last, record)
  return last
}
const keepNewest = (last: LastRecords, record: LogRecord): void => {
  const { head, rest } = cut(record, 2)
  const [time, state] = head[0]!.split(" ")
  const at = Number(time)
  const key = head[1]!
  for (const which of state === "ran" ? (["any", "good", "ran"] as const) : state === "fresh" ? (["any", "good"] as const) : (["any"] as const))
    if (at >= (last[which].get(key)?.at ?? Number.NEGATIVE_INFINITY)) last[which].set(key, { at, json: rest })
}

const madeOf = ({ code, params, inputs, reads }: NodeRecord): string => JSON.stringify([code, params, inputs, reads])

const makeRunHistory = Effect.gen(function* () {
  const log = yield* SegmentLog
  // Indexes are made when they are first asked for: a run in which nothing is stale asks for none.
  let last: LastRecords | undefined
  const lastNodes = () => (last ??= indexNodes(log.records("node")))
  let code: Map<string, LogRecord> | undefined
  const codes = () =>
    (code ??= new Map(
      log.records("code").map((record) => {
        const { head, rest } = cut(record, 1)
        return [head[0]!, rest]
      })
    ))
  const lastOf = (study: string, node: string, which: Which = "any"): NodeRecord | undefined => {
    const found = lastNodes()[which].get(nodeKey(study, node))
    return found && parse<NodeRecord>(found.json)
  }
  return RunHistory.of({
    addRun: (run) => {
      log.append("run", JSON.stringify(run))
    },
    addNode: (node) => {
      if (node.state === "fresh") {
        const before = lastOf(node.study, node.node)
        if (before !== undefined && madeOf(before) === madeOf(node)) return
      }
      const index = lastNodes()
      keepNewest(index, log.append("node", encodeNode(node)))
    },
    addCode: (fingerprint, parts) => {
      const index = codes()
      if (!index.has(fingerprint)) index.set(fingerprint, cut(log.append("code", `${fingerprint}\n${JSON.stringify(parts)}`), 1).rest)
    },
    runs: () => {
      const byRun = new Map(
        log
          .records("run")
          .map((record) => parse<RunRecord>(record))
          .map((run) => [run.run, run])
      )
      return [...byRun.values()].sort((a, b) => b.at - a.at)
    },
    lastOf,
    nodesOf: (run) =>
      log
        .records("node")
        .map((record) => parse<NodeRecord>(cut(record, 2).rest))
        .filter((node) => node.run === run),
    codeOf: (fingerprint) => {
      const found = codes().get(fingerprint)
      return found && parse<ReadonlyArray<CodePart>>(found)
    }
  })
})
