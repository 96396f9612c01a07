import { closeSync, fstatSync, openSync, readSync } from "node:fs"
import { Option, Schema } from "effect"
import { LONGEST_HEAD } from "../../../store/live-files.ts"
import { isAlive, type ProcessMark } from "../../../store/process-mark.ts"
import { LiveHead, LiveLine } from "../../../workspace/live/live-line.ts"
import type { SettledState, StudioEvent, Told, UnderwayRun } from "../../messages/event.ts"

const head = Schema.decodeUnknownOption(LiveHead)
const line = Schema.decodeUnknownOption(LiveLine)

const parsed = <A>(text: string, decode: (value: unknown) => Option.Option<A>): A | undefined => {
  try {
    return Option.getOrUndefined(decode(JSON.parse(text)))
  } catch {
    return undefined
  }
}

type End = Pick<Extract<StudioEvent, { event: "run-finished" }>, "outcome" | "at" | "ms">

/** A run's file in `live/`, read as it grows. It is held open: what is written last can be read though the file is gone by then. */
export class FollowedRun {
  readonly path: string
  readonly #file: number
  #at = 0
  /** Bytes of a line that is not whole yet. */
  #rest = Buffer.alloc(0)
  #head: LiveHead | undefined
  #isForeign = false
  #end: End | undefined
  #done = 0
  readonly #running = new Map<string, UnderwayRun["running"][number]>()
  readonly #settled = new Map<string, Map<SettledState, Set<string>>>()
  readonly #failures: Array<UnderwayRun["failures"][number]> = []

  /** Throws where the file cannot be opened. */
  constructor(path: string) {
    this.path = path
    this.#file = openSync(path, "r")
  }

  close(): void {
    closeSync(this.#file)
  }

  /** What the file begins with; undefined as long as that is not there, or is of another version. */
  get head(): LiveHead | undefined {
    return this.#head
  }
  /** It begins with something else than a head of this version. */
  get isForeign(): boolean {
    return this.#isForeign
  }
  get end(): End | undefined {
    return this.#end
  }
  /** The process that carries it out, where that can be told apart. */
  get process(): ProcessMark | undefined {
    return this.#head?.process
  }
  /** When it was last written to, milliseconds since 1970. */
  get modified(): number {
    return fstatSync(this.#file).mtimeMs
  }

  /** What has been written since, as the page is told of it. The end of the run is not among it: `end`. */
  read(): ReadonlyArray<StudioEvent> {
    if (this.#head === undefined && !this.#readHead()) return []
    const events: Array<StudioEvent> = []
    for (const text of this.#newLines()) {
      const found = parsed(text, line)
      if (found === undefined) continue
      if (found.event === "run-finished") this.#end = found
      else {
        this.#take(found)
        events.push({ ...found, run: this.#head!.run })
      }
    }
    return events
  }

  /** All that is known of the run so far. */
  underway(fromHere: boolean): UnderwayRun {
    const { at, command, due, run, studies } = this.#head!
    return {
      ...{ run, at, command, studies, due: Math.max(due, this.#done), done: this.#done, fromHere },
      canBeEnded: fromHere || (this.process !== undefined && isAlive(this.process) === true),
      running: [...this.#running.values()],
      settled: [...this.#settled].flatMap(([study, byState]) => [...byState].map(([state, nodes]) => ({ study, state, nodes: [...nodes] }))),
      failures: [...this.#failures]
    }
  }

  #take(found: Exclude<LiveLine, { event: "run-finished" }>): void {
    if (found.event === "nodes-settled") {
      for (const node of found.nodes) this.#settle(found.study, node, found.state)
      return
    }
    const { at, node, study } = found
    const key = JSON.stringify([study, node])
    if (found.event === "node-started") this.#running.set(key, { study, node, at, attempts: 1 })
    else if (found.event === "node-retried") this.#running.set(key, { ...(this.#running.get(key) ?? { study, node, at }), attempts: found.attempts + 1 })
    else {
      this.#running.delete(key)
      this.#settle(study, node, found.state, found.faults)
    }
  }

  #settle(study: string, node: string, state: SettledState, faults: ReadonlyArray<Told> = []): void {
    this.#done++
    let byState = this.#settled.get(study)
    if (byState === undefined) this.#settled.set(study, (byState = new Map()))
    const nodes = byState.get(state)
    if (nodes === undefined) byState.set(state, new Set([node]))
    else nodes.add(node)
    if (state === "failed") this.#failures.push({ study, node, faults })
  }

  /** Whether the first line is there, and is a head. */
  #readHead(): boolean {
    const bytes = Buffer.alloc(Math.min(LONGEST_HEAD, fstatSync(this.#file).size))
    const text = bytes.subarray(0, readSync(this.#file, bytes, 0, bytes.length, 0))
    const end = text.indexOf(10)
    if (end !== -1) this.#head = parsed(text.toString("utf8", 0, end), head)
    this.#isForeign = this.#head === undefined && (end !== -1 || text.length === LONGEST_HEAD)
    this.#at = this.#head === undefined ? 0 : end + 1
    return this.#head !== undefined
  }

  #newLines(): ReadonlyArray<string> {
    const { size } = fstatSync(this.#file)
    if (size <= this.#at) return []
    const bytes = Buffer.alloc(size - this.#at)
    const read = readSync(this.#file, bytes, 0, bytes.length, this.#at)
    this.#at += read
    const all = Buffer.concat([this.#rest, bytes.subarray(0, read)])
    const end = all.lastIndexOf(10) + 1
    this.#rest = all.subarray(end)
    return end === 0 ? [] : all.toString("utf8", 0, end - 1).split("\n")
  }
}
