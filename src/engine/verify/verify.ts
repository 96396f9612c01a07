/** Reads all that a store has, and tells what is wrong with it in terms of nodes and their values. Changes nothing. */
import { join } from "node:path"
import { Effect } from "effect"
import type { TableSummary } from "../../artifact/hash.ts"
import type { StoreFailure } from "../../store/failure.ts"
import { leftoversIn } from "../../store/leftovers.ts"
import { ignoredIn } from "../../store/memory-check.ts"
import { objectsIn } from "../../store/object-files.ts"
import { ObjectStore } from "../../store/objects.ts"
import { isReadable } from "../../store/record-check.ts"
import { type NodeRecord, RunHistory } from "../../store/runs.ts"
import { RunLog, TraceLog } from "../../store/segment-log.ts"
import type { Acceptance } from "../../store/trace.ts"
import { decodeTrace } from "../../store/trace-table.ts"
import { TraceIndex } from "../../store/traces.ts"
import { paramsHash } from "../plan.ts"
import { count } from "../wording.ts"
import { type Finding, historyFindings, lossFinding, unreadable } from "./log-findings.ts"
import { meaning, newestNodes, type Owner } from "./owners.ts"

const isGood = ({ state }: NodeRecord): boolean => state === "ran" || state === "fresh"

export interface Verified {
  readonly objects: number
  readonly bytes: number
  readonly traces: number
  readonly runs: number
  /** What is lost or wrong. */
  readonly damage: ReadonlyArray<Finding>
  /** What is worth telling, and no damage. */
  readonly notes: ReadonlyArray<Finding>
  /** The nodes whose artifacts were accepted over a change of code. */
  readonly accepted: ReadonlyArray<{ readonly study: string; readonly node: string; readonly acceptance: Acceptance }>
}

/** `listen` is told how many objects of how many were read; `commandFor` gives the command that makes a node again, from the recorded command of its run. */
export const verify = (
  cache: string,
  listen: (done: number, all: number) => void,
  commandFor: (recorded: ReadonlyArray<string>, study: string, node: string) => string
): Effect.Effect<Verified, StoreFailure, ObjectStore | TraceIndex | RunHistory | TraceLog | RunLog> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const history = yield* RunHistory
    const index = yield* TraceIndex
    const traceLog = yield* TraceLog
    const runLog = yield* RunLog
    const damage: Array<Finding> = []
    const notes: Array<Finding> = []

    const present = yield* objects.list
    const broken = new Map<string, string>()
    let bytes = 0
    let done = 0
    yield* Effect.forEach(
      present,
      (sha) =>
        objects.get(sha).pipe(
          Effect.match({
            onSuccess: ({ length }) => {
              bytes += length
            },
            onFailure: ({ message }) => broken.set(sha, message)
          }),
          Effect.map(() => listen(++done, present.size))
        ),
      { discard: true }
    )

    for (const [log, folder] of [
      [traceLog, "traces"],
      [runLog, "runs"]
    ] as const) {
      for (const loss of yield* log.losses) {
        const told = lossFinding(loss, folder)
        if (told.damage !== undefined) damage.push(told.damage)
        if (told.note !== undefined) notes.push(told.note)
      }
      damage.push(...(yield* unreadable(log, join(cache, folder))))
    }
    const traces = (yield* traceLog.records)("trace").filter(isReadable).map(decodeTrace)
    const summaries = new Map<string, TableSummary>()
    for (const { outputs } of traces) for (const { artifact, summary } of Object.values(outputs)) summaries.set(artifact, summary)
    for (const sha of summaries.keys()) if (!present.has(sha)) broken.set(sha, `the object ${sha} is missing (${objects.path(sha)})`)

    const runs = history.runs()
    const commands = new Map([...runs, ...history.forgotten()].map(({ command, run }) => [run, command]))
    const toMakeAgain = ({ node, run, study }: NodeRecord) => commandFor(commands.get(run) ?? [], study, node)
    const newest = newestNodes(history)
    const owners = new Map<string, Owner>()
    const own = (nodes: ReadonlyArray<NodeRecord>, current: boolean) => {
      for (const node of nodes)
        for (const [output, artifact] of Object.entries(node.artifacts)) if (!owners.has(artifact)) owners.set(artifact, { node, output, current })
    }
    own(newest, true)
    if ([...broken.keys()].some((sha) => !owners.has(sha))) for (const { run } of runs) own(history.nodesOf(run), false)
    for (const [sha, message] of broken)
      damage.push({
        code: present.has(sha) ? "object-damaged" : "object-missing",
        message: `${message}: ${meaning(owners.get(sha), summaries.get(sha), toMakeAgain)}`,
        where: { file: objects.path(sha) }
      })

    const accepted: Array<Verified["accepted"][number]> = []
    for (const node of newest.filter(isGood)) {
      const values = new Map(node.reads.map(({ read, value }) => [read, value]))
      const trace = index.find(node.code, paramsHash(node.params), (read) => values.get(read))
      const acceptance = trace?.accepted?.at(-1)
      if (acceptance !== undefined) accepted.push({ study: node.study, node: node.node, acceptance })
      if (trace === undefined)
        damage.push({
          code: "trace-lost",
          message: `how ${node.node} came to its values is no longer recorded, so they do not count; ${toMakeAgain(node)} makes them again`,
          where: { study: node.study, node: node.node }
        })
    }
    damage.push(...historyFindings(history, runs))

    for (const file of ignoredIn(join(cache, "remembered")))
      notes.push({ code: "memory-damaged", message: `${file} is damaged; it is only a memory, is ignored, and is made again`, where: { file } })
    for (const file of objectsIn(join(cache, "objects")).foreign)
      notes.push({ code: "foreign", message: `${file} is no object: Sediment did not put it there, and does not read it`, where: { file } })
    const { quarantined, temporary } = leftoversIn(cache)
    if (temporary.length > 0)
      notes.push({
        code: "temporary",
        message: `${count(temporary.length, "temporary file")}, which killed processes left or others write just now; none is ever read`
      })
    if (quarantined.length > 0)
      notes.push({
        code: "quarantined",
        message: `${count(quarantined.length, "damaged object")} that runs have moved aside and made again, in ${join(cache, "damaged")}`
      })
    return { objects: present.size, bytes, traces: traces.length, runs: runs.length, damage, notes, accepted }
  })
