/** What a run tells, as it happens, to whoever follows it on this machine: a studio that is open. */
import { closeSync, openSync, rmSync, writeSync } from "node:fs"
import { join } from "node:path"
import { Effect, type Scope } from "effect"
import type { Fault } from "../../dag/stage.ts"
import type { EngineEvent, NodeReport } from "../../engine/events.ts"
import { inBrief } from "../../engine/sentences.ts"
import { makeFolder } from "../../store/folder.ts"
import { liveFileName, liveFolder, sweepLiveFiles } from "../../store/live-files.ts"
import { ownMark } from "../../store/process-mark.ts"
import { LIVE_VERSION, type LiveHead, type LiveLine } from "./live-line.ts"

/** What happens within this time is written together. */
const TOGETHER_MS = 30

const told = (faults: ReadonlyArray<Fault>) => faults.map(({ code, message }) => ({ code, message }))

/** The file of one run: made when there is something to tell, gone when it is closed. A cache that cannot be written to has none. */
class LiveFile {
  readonly #cache: string
  readonly #command: ReadonlyArray<string>
  readonly #due = new Map<string, Set<string>>()
  #head: LiveHead | undefined
  #open: { readonly path: string; readonly file: number } | undefined
  #refused = false
  #finished = false
  #waiting: Array<LiveLine> = []
  #written = 0
  #timer: NodeJS.Timeout | undefined

  constructor(cache: string, command: ReadonlyArray<string>) {
    this.#cache = cache
    this.#command = command
  }

  listen(event: EngineEvent): void {
    const at = Date.now()
    switch (event.event) {
      case "run-started": {
        for (const [study, nodes] of event.due) this.#due.set(study, new Set(nodes))
        const due = event.stale + event.unknown
        const mark = ownMark()
        this.#head = {
          ...{ live: LIVE_VERSION, run: event.run, at, command: this.#command, studies: [...event.due.keys()], due, pid: process.pid },
          ...(mark === undefined ? {} : { process: mark })
        }
        if (due > 0) this.#flush()
        this.#written = 0
        break
      }
      case "node-started":
        this.#tell({ event: "node-started", study: event.study, node: event.node, at, why: inBrief(event.why) })
        break
      case "node-retried":
        this.#tell({ event: "node-retried", study: event.study, node: event.node, at, attempts: event.attempts, faults: told(event.faults) })
        break
      case "node-finished":
        this.#settled(event.report, at)
        break
      case "object-lost":
      case "shared-store":
        break
      case "run-finished": {
        const { ms, nodes, ok } = event.report
        if (this.#open !== undefined) this.#finish({ event: "run-finished", at, ms, outcome: ok ? "ok" : nodes.some(isFailed) ? "failed" : "interrupted" })
        break
      }
    }
  }

  close(): void {
    clearTimeout(this.#timer)
    if (this.#open === undefined) return
    const { file, path } = this.#open
    // The store itself has failed.
    if (!this.#finished) this.#finish({ event: "run-finished", at: Date.now(), ms: Date.now() - this.#head!.at, outcome: "failed" })
    this.#open = undefined
    try {
      closeSync(file)
      rmSync(path, { force: true })
    } catch {
      // The next run sees that this one is no more, and takes it away.
    }
  }

  #settled(report: NodeReport, at: number): void {
    const { changed, faults, ms, node, state, study, warnings, why } = report
    if (state === "ran" || state === "failed") {
      this.#tell({ event: "node-finished", study, node, at, state, ms, changed, why: inBrief(why), warnings: told(warnings), faults: told(faults) })
      return
    }
    // That the others are fresh was known before.
    if (this.#due.get(study)?.has(node) !== true) return
    const last = this.#waiting.at(-1)
    if (last?.event === "nodes-settled" && last.study === study && last.state === state) (last.nodes as Array<string>).push(node)
    else this.#tell({ event: "nodes-settled", study, at, state, nodes: [node] })
  }

  #finish(line: LiveLine): void {
    this.#finished = true
    this.#waiting.push(line)
    this.#flush()
  }

  #tell(line: LiveLine): void {
    if (this.#refused) return
    this.#waiting.push(line)
    if (performance.now() - this.#written >= TOGETHER_MS) this.#flush()
    else
      this.#timer ??= setTimeout(() => {
        if (this.#waiting.length > 0) this.#flush()
      }, TOGETHER_MS).unref()
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#written = performance.now()
    try {
      this.#open ??= this.#make()
      writeSync(this.#open.file, this.#waiting.map((line) => `${JSON.stringify(line)}\n`).join(""))
    } catch {
      // It goes on untold.
      this.#refused = true
    }
    this.#waiting = []
  }

  #make() {
    const head = this.#head!
    sweepLiveFiles(this.#cache)
    makeFolder(liveFolder(this.#cache))
    const path = join(liveFolder(this.#cache), liveFileName(head.run))
    const file = openSync(path, "wx")
    writeSync(file, `${JSON.stringify(head)}\n`)
    return { path, file }
  }
}

const isFailed = ({ state }: NodeReport): boolean => state === "failed"

/** What a run is to tell of itself, for as long as the scope is open. */
export const liveListener = (cache: string, command: ReadonlyArray<string>): Effect.Effect<(event: EngineEvent) => void, never, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => new LiveFile(cache, command)),
      (file) => Effect.sync(() => file.close())
    ),
    (file) => (event) => file.listen(event)
  )
