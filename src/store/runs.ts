import { randomBytes } from "node:crypto"
import { crc32 } from "node:zlib"
import { Context, Effect, Layer } from "effect"
import type { WiredInput } from "../dag/dag.ts"
import type { Fault, Json } from "../dag/stage.ts"
import type { StoreFailure } from "./failure.ts"
import type { ProcessMark } from "./process-mark.ts"
import { type LogRecord, RunLog, textOf } from "./segment-log.ts"
import type { RecordedRead } from "./trace.ts"
import { TraceIndex } from "./traces.ts"

/** `skipped`: an optional command whose program is not there, or a node that rests on one. */
export type NodeState = "ran" | "fresh" | "failed" | "blocked" | "skipped" | "cancelled"

/** A moment of a run: what it had written until then, on top of what it was based on itself. */
export interface Snapshot {
  readonly run: string
  /** Milliseconds since 1970. */
  readonly at: number
}
/** What a run did with one study. */
export interface StudyRecord {
  readonly study: string
  /** What `--with` put in the place of its data files, or nothing. */
  readonly variant: string
  /** How many nodes it looked at. */
  readonly nodes: number
  /** The nodes that it looked at, where it did not look at all that the study is for. */
  readonly looked?: ReadonlyArray<string>
  /** What was known before: a node of which this run wrote nothing is as it was there. */
  readonly base?: Snapshot
  /** Nodes of the base that the study no longer has. */
  readonly gone: ReadonlyArray<string>
  /** Those that it did not come to before it was interrupted. */
  readonly cancelled?: ReadonlyArray<string>
}
/** One execution of a DAG. */
export interface RunRecord {
  readonly run: string
  /** When it began, milliseconds since 1970. */
  readonly at: number
  readonly command: ReadonlyArray<string>
  readonly studies: ReadonlyArray<StudyRecord>
  /** How it ended; undefined while it goes on, or if it was killed. */
  readonly ok?: boolean
  /** The process that carries it out, until it has said how it ended. */
  readonly process?: ProcessMark
  readonly ms?: number
  /** The most memory that its process has had until then, in bytes. */
  readonly memory?: number
  /** How many nodes came to each state. */
  readonly states?: Readonly<Partial<Record<NodeState, number>>>
  /** How many of the fresh ones came from the shared store; left out where none did. */
  readonly shared?: number
  /** Set by gc: of this run only that is left which a later run rests on. */
  readonly forgotten?: true
}

/** What a node was made of, and what became of it, in one run. */
export interface NodeRecord {
  readonly run: string
  readonly at: number
  readonly study: string
  readonly node: string
  readonly stage: string
  readonly state: NodeState
  /** Where another machine made it, and its artifacts came from the store that both share. */
  readonly from?: "shared store"
  readonly code: string
  /** Canonical text. */
  readonly params: string
  readonly inputs: Readonly<Record<string, WiredInput>>
  readonly reads: ReadonlyArray<RecordedRead>
  /** Output name to the artifact's name; empty if it failed. */
  readonly artifacts: Readonly<Record<string, string>>
  readonly why: ReadonlyArray<{ readonly reason: string; readonly [detail: string]: Json }>
  readonly warnings: ReadonlyArray<Fault>
  /** Why it failed. */
  readonly faults?: ReadonlyArray<Fault>
  /** The nodes whose failure blocked it; of a skipped one, those that it rests on and that were skipped. */
  readonly blockedBy?: ReadonlyArray<string>
  readonly ms: number
}
/** What a node was made of, as far as a fresh one is compared by it. */
type Making = Pick<NodeRecord, "code" | "params" | "inputs" | "reads" | "artifacts">

export type Which = "any" | "good" | "ran"

/** One declaration that a stage's code reaches. */
export interface CodePart {
  readonly declaration: string
  readonly file: string
  readonly hash: string
}

/** The state of a study's nodes at a moment of a run, by name. */
export interface StudyState {
  /** The moment of the last record of the run itself, or when it began: what it writes later is no part of this. */
  readonly at: number
  readonly nodes: ReadonlyMap<string, { readonly making: string; readonly run: string; readonly at: number; readonly record: () => NodeRecord }>
  /** Those that the run did not come to before it was interrupted: what is told of them is of before. */
  readonly unreached: ReadonlySet<string>
}

export class RunHistory extends Context.Service<
  RunHistory,
  {
    /** A later record of the same run stands for the earlier one. Like the other records it is on the disk after the next `commit`. */
    readonly addRun: (run: RunRecord) => void
    readonly addNode: (node: NodeRecord) => void
    /** Written once a fingerprint. */
    readonly addCode: (fingerprint: string, parts: ReadonlyArray<CodePart>) => void
    /** Gives a run a name of its own, which keeps it from being forgotten; no name takes it away. */
    readonly tag: (run: string, name: string | undefined) => void
    /** Newest first, without those that gc has forgotten. */
    readonly runs: () => ReadonlyArray<RunRecord>
    /** Those that are forgotten. */
    readonly forgotten: () => ReadonlyArray<RunRecord>
    /** The names given to runs. */
    readonly tags: () => ReadonlyMap<string, string>
    /** The newest record of a node, or the newest that tells that it came out well ("ran" or "fresh"), or that it ran. */
    readonly lastOf: (study: string, node: string, which?: Which) => NodeRecord | undefined
    /** The records that a run wrote, in order. */
    readonly nodesOf: (run: string) => ReadonlyArray<NodeRecord>
    /** What was known of a study's nodes at a moment of a run; without a moment, when it ended. */
    readonly stateOf: (study: string, run: string, at?: number) => StudyState
    readonly codeOf: (fingerprint: string) => ReadonlyArray<CodePart> | undefined
    /** Makes durable, in this order: the objects put so far, the traces, this history's records. */
    readonly commit: Effect.Effect<void, StoreFailure>
  }
>()("sediment/store/RunHistory") {
  static readonly layer: Layer.Layer<RunHistory, StoreFailure, RunLog | TraceIndex> = Layer.effect(
    RunHistory,
    Effect.suspend(() => makeRunHistory)
  )
}

/** A run's name: when it began (UTC), and enough chance that no two are the same. Names sort by time. */
export const runName = (now: Date): string => `${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}-${randomBytes(4).toString("hex")}`

/** A checksum of what a node was made of: two that differ tell two makings apart. */
export const makingOf = ({ artifacts, code, inputs, params, reads }: Making): string => {
  const text = JSON.stringify([code, params, inputs, reads.map(({ read, value }) => [read, value]), artifacts])
  return `${crc32(text).toString(16)}.${text.length.toString(16)}`
}

/** A name for the work that made a node, whatever it and its inputs are called. */
export const workOf = ({ code, params, reads }: Pick<Making, "code" | "params" | "reads">): string => {
  const text = JSON.stringify([code, params, reads.map(({ read, value }) => [read, value])])
  return `${crc32(text).toString(16)}.${text.length.toString(16)}`
}

export const encodeRun = (run: RunRecord): string => JSON.stringify(run)

const nodeKey = (study: string, node: string): string => JSON.stringify([study, node])

// A node's text is three lines, "at state making run", its study and name, and the whole as JSON; of these only those asked for are parsed.
const encodeNode = (node: NodeRecord): string =>
  `${node.at} ${node.state} ${makingOf(node)} ${node.run}\n${nodeKey(node.study, node.node)}\n${JSON.stringify(node)}`
const parse = <T>(record: LogRecord): T => JSON.parse(textOf(record)) as T

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

interface IndexedNode {
  readonly at: number
  readonly state: string
  readonly making: string
  readonly run: string
  readonly key: string
  readonly json: LogRecord
}
const indexed = (record: LogRecord): IndexedNode => {
  const { head, rest } = cut(record, 2)
  const [at = "", state = "", making = "", run = ""] = head[0]!.split(" ")
  return { at: Number(at), state, making, run, key: head[1]!, json: rest }
}

/** The node records of the log by run, and the newest of each node. */
class NodeIndex {
  readonly #last: Readonly<Record<Which, Map<string, IndexedNode>>> = { any: new Map(), good: new Map(), ran: new Map() }
  readonly #byRun = new Map<string, Map<string, IndexedNode>>()

  add(node: IndexedNode): void {
    for (const which of node.state === "ran" ? (["any", "good", "ran"] as const) : node.state === "fresh" ? (["any", "good"] as const) : (["any"] as const))
      if (node.at >= (this.#last[which].get(node.key)?.at ?? Number.NEGATIVE_INFINITY)) this.#last[which].set(node.key, node)
    // A record may stand in two segments while gc puts one in the place of the other.
    const own = this.#byRun.get(node.run)
    if (own === undefined) this.#byRun.set(node.run, new Map([[`${node.at} ${node.key}`, node]]))
    else own.set(`${node.at} ${node.key}`, node)
  }
  last(key: string, which: Which): IndexedNode | undefined {
    return this.#last[which].get(key)
  }
  ofRun(run: string): ReadonlyArray<IndexedNode> {
    return [...(this.#byRun.get(run)?.values() ?? [])]
  }
}

const makeRunHistory = Effect.gen(function* () {
  const log = yield* RunLog
  const traces = yield* TraceIndex
  const records = yield* log.records
  // Indexes are made when they are first asked for.
  let nodes: NodeIndex | undefined
  const nodeIndex = () => {
    if (nodes === undefined) {
      nodes = new NodeIndex()
      for (const record of records("node")) nodes.add(indexed(record))
    }
    return nodes
  }
  let code: Map<string, LogRecord> | undefined
  const codes = () =>
    (code ??= new Map(
      records("code").map((record) => {
        const { head, rest } = cut(record, 1)
        return [head[0]!, rest]
      })
    ))
  const runsByName = () => {
    const byName = new Map<string, RunRecord>()
    for (const record of records("run")) {
      const run = parse<RunRecord>(record)
      // Segments that gc has written may stand before the one in which a run went on.
      if (run.ok !== undefined || byName.get(run.run)?.ok === undefined) byName.set(run.run, run)
    }
    return byName
  }
  const newestFirst = (runs: ReadonlyArray<RunRecord>) => [...runs].sort((a, b) => b.at - a.at)
  const stateOf = (study: string, run: string, at = Number.POSITIVE_INFINITY): StudyState => {
    const runs = runsByName()
    const chain: Array<{ readonly snapshot: Snapshot; readonly gone: ReadonlyArray<string> }> = []
    const seen = new Set<string>()
    for (let snapshot: Snapshot | undefined = { run, at }; snapshot !== undefined && !seen.has(snapshot.run); ) {
      seen.add(snapshot.run)
      const record: StudyRecord | undefined = runs.get(snapshot.run)?.studies.find((one) => one.study === study)
      chain.unshift({ snapshot, gone: record?.gone ?? [] })
      snapshot = record?.base
    }
    const state = new Map<string, { making: string; run: string; at: number; record: () => NodeRecord }>()
    for (const { gone, snapshot } of chain) {
      for (const name of gone) state.delete(name)
      for (const { at: written, json, key, making } of nodeIndex().ofRun(snapshot.run)) {
        const [ofStudy, name] = JSON.parse(key) as [string, string]
        if (ofStudy === study && written <= snapshot.at) state.set(name, { making, run: snapshot.run, at: written, record: () => parse<NodeRecord>(json) })
      }
    }
    const own = nodeIndex()
      .ofRun(run)
      .filter((node) => node.at <= at)
    const unreached = new Set(runs.get(run)?.studies.find((one) => one.study === study)?.cancelled)
    return { nodes: state, at: own.at(-1)?.at ?? runs.get(run)?.at ?? at, unreached }
  }
  return RunHistory.of({
    addRun: (run) => {
      log.append("run", encodeRun(run))
    },
    addNode: (node) => nodeIndex().add(indexed(log.append("node", encodeNode(node)))),
    addCode: (fingerprint, parts) => {
      const index = codes()
      if (!index.has(fingerprint)) index.set(fingerprint, cut(log.append("code", `${fingerprint}\n${JSON.stringify(parts)}`), 1).rest)
    },
    tag: (run, name) => {
      log.append("tag", JSON.stringify({ run, name, at: Date.now() }))
    },
    runs: () => newestFirst([...runsByName().values()].filter(({ forgotten }) => forgotten === undefined)),
    forgotten: () => newestFirst([...runsByName().values()].filter(({ forgotten }) => forgotten !== undefined)),
    tags: () => {
      const names = new Map<string, string>()
      const given = records("tag").map((record) => parse<{ readonly run: string; readonly name?: string; readonly at: number }>(record))
      for (const { name, run } of given.sort((a, b) => a.at - b.at))
        if (name === undefined) names.delete(run)
        else names.set(run, name)
      return names
    },
    lastOf: (study, node, which = "any") => {
      const found = nodeIndex().last(nodeKey(study, node), which)
      return found && parse<NodeRecord>(found.json)
    },
    nodesOf: (run) =>
      nodeIndex()
        .ofRun(run)
        .map(({ json }) => parse<NodeRecord>(json)),
    stateOf,
    codeOf: (fingerprint) => {
      const found = codes().get(fingerprint)
      return found && parse<ReadonlyArray<CodePart>>(found)
    },
    commit: log.flushAfter(traces.commit)
  })
})
