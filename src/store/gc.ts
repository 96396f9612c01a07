/** Frees what no kept run needs, and makes one segment of many. docs/store.md has the argument why it may run beside anything. */
import { rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { addSegment, compactWhereMany, type ReadSegment, readSegmentsOf, replaceSegments, type StoredRecord } from "./compaction.ts"
import { failure, type StoreFailure } from "./failure.ts"
import { storeLayer } from "./layer.ts"
import { type FoundFile, type Leftovers, leftoversIn } from "./leftovers.ts"
import { type Marked, mark } from "./mark.ts"
import { RunHistory, type RunRecord } from "./runs.ts"
import { nameAfter } from "./segment-files.ts"
import { encodeRecord, textOf } from "./segment-log.ts"
import { deleteUnlessTouched, type ObjectFile, objectFilesIn } from "./sweep.ts"
import { decodeTrace } from "./trace-table.ts"

/** What was made, written or relied on within this time is left alone: nobody can tell what still runs. */
const GRACE_MS = 24 * 60 * 60 * 1000

export interface GcOptions {
  /** Of each study and variant, how many of the newest runs that did something are kept. */
  readonly keep: number
  /** Milliseconds since 1970. */
  readonly now: number
  /** Runs that are kept besides. */
  readonly runs: ReadonlyArray<string>
}

/** One log: what becomes of its old segments. */
interface LogPlan {
  readonly folder: string
  readonly old: ReadonlyArray<ReadSegment>
  readonly kept: ReadonlyArray<Buffer>
  readonly dropped: ReadonlyArray<StoredRecord>
  /** Whether anything would be gained. */
  readonly due: boolean
}

export interface GcPlan {
  readonly objects: ReadonlyArray<ObjectFile>
  readonly keptObjects: number
  readonly keptRuns: number
  readonly forgottenRuns: ReadonlyArray<string>
  readonly traces: LogPlan
  readonly runs: LogPlan
  readonly leftovers: Leftovers
  readonly since: number
}

const planLog = (folder: string, segments: ReadonlyArray<ReadSegment>, since: number, keep: (record: StoredRecord) => Buffer | undefined): LogPlan => {
  const old = segments.filter(({ foreign, modified }) => modified < since && !foreign)
  const kept: Array<Buffer> = []
  const dropped: Array<StoredRecord> = []
  let rewritten = false
  for (const record of old.flatMap(({ records }) => records)) {
    const bytes = keep(record)
    if (bytes === undefined) dropped.push(record)
    else kept.push(bytes)
    rewritten ||= bytes !== record.whole
  }
  return { folder, old, kept, dropped, due: old.length > 1 || rewritten || dropped.length > 0 || old.some(({ damaged }) => damaged > 0) }
}

const json = <A>(record: StoredRecord): A => {
  const text = textOf(record)
  return JSON.parse(text.slice(text.lastIndexOf("\n") + 1)) as A
}

/** Keeps a record the first time that it is met. */
const once = () => {
  const seen = new Set<string>()
  return (key: string, bytes: Buffer): Buffer | undefined => {
    if (seen.has(key)) return undefined
    seen.add(key)
    return bytes
  }
}

const planRuns = (
  folder: string,
  segments: ReadonlyArray<ReadSegment>,
  since: number,
  marked: Marked,
  history: RunHistory["Service"],
  code: ReadonlySet<string>
) => {
  const first = once()
  const all = new Map([...history.forgotten(), ...history.runs()].map((run) => [run.run, run]))
  const tags = history.tags()
  return planLog(folder, segments, since, (record) => {
    switch (record.type) {
      case "run": {
        const { run } = json<RunRecord>(record)
        const now = all.get(run)
        if (now === undefined || !marked.reached.has(run)) return undefined
        const kept = marked.runRecord(now)
        return first(`run ${run}`, kept === now && textOf(record) === JSON.stringify(now) ? record.whole : encodeRecord("run", JSON.stringify(kept)))
      }
      case "node": {
        const { at, node, run, study } = json<{ readonly run: string; readonly at: number; readonly study: string; readonly node: string }>(record)
        return marked.keepsNode(run, at, study, node) ? first(JSON.stringify([run, at, study, node]), record.whole) : undefined
      }
      case "code": {
        const [fingerprint = ""] = textOf(record).split("\n", 1)
        return code.has(fingerprint) ? first(`code ${fingerprint}`, record.whole) : undefined
      }
      case "tag": {
        const { name, run } = json<{ readonly run: string; readonly name?: string }>(record)
        return name !== undefined && tags.get(run) === name ? first(`tag ${run}`, record.whole) : undefined
      }
      case "trace":
        return record.whole
    }
  })
}

/** Makes one segment of those in `runs/` where there are very many that no process writes into any more. Nothing is dropped. */
export const compactRuns = (cache: string, now: number): Effect.Effect<void, StoreFailure> =>
  Effect.try({ try: () => compactWhereMany(join(cache, "runs"), now - GRACE_MS), catch: failure("compact the history in", cache) })

/** Finds out what could be freed. Changes nothing. */
export const planGc = (cache: string, { keep, now, runs: named }: GcOptions): Effect.Effect<GcPlan, StoreFailure> =>
  Effect.gen(function* () {
    const since = now - GRACE_MS
    const folders = { traces: join(cache, "traces"), runs: join(cache, "runs") }
    // Read before the history is: whatever is in these segments, it knows of.
    const [traceSegments, runSegments] = [readSegmentsOf(folders.traces), readSegmentsOf(folders.runs)]
    const left = runSegments.filter(({ foreign, modified }) => foreign || modified >= since)
    const bases = left.flatMap(({ records }) =>
      records.flatMap((record) => (record.type === "run" ? json<RunRecord>(record).studies.flatMap(({ base }) => (base === undefined ? [] : [base.run])) : []))
    )
    return yield* Effect.gen(function* () {
      const history = yield* RunHistory
      const marked = mark(history, { keep, since, runs: named, bases })
      const files = objectFilesIn(join(cache, "objects"))
      const objects = files.filter(({ modified, sha }) => modified < since && !marked.objects.has(sha))
      const freed = new Set(objects.map(({ sha }) => sha))
      const present = new Set(files.map(({ sha }) => sha))
      // An object that is kept and lost is told as lost for as long as its trace tells of it.
      const isKept = (sha: string) => marked.objects.has(sha) || (present.has(sha) && !freed.has(sha))
      const code = new Set(marked.code)
      const first = once()
      const traces = planLog(folders.traces, traceSegments, since, (record) => {
        const trace = decodeTrace(record)
        if (!Object.values(trace.outputs).every(({ artifact }) => isKept(artifact))) return undefined
        code.add(trace.code)
        return first(textOf(record), record.whole)
      })
      const runs = planRuns(folders.runs, runSegments, since, marked, history, code)
      const forgottenRuns = history.runs().flatMap(({ run }) => (marked.runs.has(run) ? [] : [run]))
      const old = (found: ReadonlyArray<FoundFile>) => found.filter(({ modified }) => modified < since)
      const { quarantined, temporary, unreferred } = leftoversIn(cache)
      const leftovers = { quarantined: old(quarantined), temporary: old(temporary), unreferred: old(unreferred) }
      return {
        objects,
        keptObjects: files.length - objects.length,
        keptRuns: history.runs().length - forgottenRuns.length,
        forgottenRuns,
        traces,
        runs,
        leftovers,
        since
      }
    }).pipe(Effect.provide(storeLayer(cache, "gc")))
  }).pipe(Effect.catchDefect((cause) => Effect.fail(failure("read", cache)(cause))))

/** Does what was planned. Logs first: a record goes before what it names, and what is new is durable before the old goes. */
export const carryOutGc = (
  cache: string,
  plan: GcPlan,
  listen: (done: number, all: number) => void
): Effect.Effect<{ readonly spared: number }, StoreFailure> =>
  Effect.try({
    try: () => {
      for (const { due, folder, kept, old } of [plan.runs, plan.traces]) if (due) replaceSegments(folder, old, kept)
      const spared = new Set<string>()
      for (const [i, object] of plan.objects.entries()) {
        if (!deleteUnlessTouched(object, plan.since)) spared.add(object.sha)
        listen(i + 1, plan.objects.length)
      }
      // Somebody has come to rely on these since, by traces that are dropped here.
      const freed = new Set(plan.objects.flatMap(({ sha }) => (spared.has(sha) ? [] : [sha])))
      const still = plan.traces.dropped.filter((record) => {
        const artifacts = Object.values(decodeTrace(record).outputs).map(({ artifact }) => artifact)
        return artifacts.some((sha) => spared.has(sha)) && artifacts.every((sha) => !freed.has(sha))
      })
      const last = plan.traces.old.at(-1)
      if (still.length > 0 && last !== undefined)
        addSegment(
          plan.traces.folder,
          nameAfter(last.name),
          still.map(({ whole }) => whole)
        )
      // Not what somebody has come to rely on since: a module of an edit that was taken back.
      for (const { path } of Object.values(plan.leftovers).flat())
        if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? plan.since) < plan.since) rmSync(path, { force: true })
      return { spared: spared.size }
    },
    catch: failure("free space in", cache)
  })
