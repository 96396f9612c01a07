/** What is known in the page of runs that go on: a plain function of the events, for the signals of live.ts. */
import type { SettledState, StudioEvent, Told, UnderwayRun } from "../messages/event.ts"

/** A node as a run left it, or has it now. */
export interface LiveNode {
  readonly run: string
  readonly state: "running" | SettledState
  /** When it came to this, by the clock of the studio's machine. */
  readonly at: number
  /** How often its stage was started; more than once where it is tried again. */
  readonly attempts: number
  /** What it took. */
  readonly ms: number | undefined
  /** It ran, and came out otherwise than before. */
  readonly changed: boolean
  readonly why: string
  readonly warnings: ReadonlyArray<Told>
  readonly faults: ReadonlyArray<Told>
}

/** A run that goes on. */
export type LiveRun = Omit<UnderwayRun, "settled">

/** The last run that ended, as long as nobody has looked away from it. */
export type EndedRun = LiveRun & Omit<Extract<StudioEvent, { event: "run-finished" }>, "event" | "at" | "run" | "studies">

export interface LiveState {
  readonly runs: ReadonlyMap<string, LiveRun>
  /** By study, by node: what runs and what a run has settled. */
  readonly nodes: ReadonlyMap<string, ReadonlyMap<string, LiveNode>>
  readonly ended: EndedRun | undefined
}
export const NOTHING_UNDERWAY: LiveState = { runs: new Map(), nodes: new Map(), ended: undefined }

const nodeOf = (run: string, state: LiveNode["state"], at: number, more: Partial<LiveNode> = {}): LiveNode => ({
  run,
  state,
  at,
  attempts: 1,
  ms: undefined,
  changed: false,
  why: "",
  warnings: [],
  faults: [],
  ...more
})

/** Takes up events; maps are copied once a call, however many there are. */
class Draft {
  readonly runs: Map<string, LiveRun>
  readonly nodes: Map<string, ReadonlyMap<string, LiveNode>>
  readonly #copied = new Map<string, Map<string, LiveNode>>()
  ended: EndedRun | undefined

  constructor(state: LiveState) {
    this.runs = new Map(state.runs)
    this.nodes = new Map(state.nodes)
    this.ended = state.ended
  }

  nodesOf(study: string): Map<string, LiveNode> {
    let own = this.#copied.get(study)
    if (own === undefined) {
      own = new Map(this.nodes.get(study))
      this.#copied.set(study, own)
      this.nodes.set(study, own)
    }
    return own
  }

  begin(run: UnderwayRun): void {
    const { settled, ...own } = run
    // What an earlier run left is not what this one finds.
    for (const study of run.studies) {
      const nodes = this.nodesOf(study)
      for (const [name, node] of nodes) if (!this.runs.has(node.run)) nodes.delete(name)
    }
    this.runs.set(run.run, own)
    for (const { nodes, state, study } of settled) for (const node of nodes) this.nodesOf(study).set(node, nodeOf(run.run, state, run.at))
    for (const { faults, node, study } of run.failures) this.nodesOf(study).set(node, nodeOf(run.run, "failed", run.at, { faults }))
    for (const { at, attempts, node, study } of run.running) this.nodesOf(study).set(node, nodeOf(run.run, "running", at, { attempts }))
    if (this.ended?.studies.some((study) => run.studies.includes(study))) this.ended = undefined
  }

  /** Takes note in a run of what became of it; what is said of a run that nobody has heard of is not. */
  note(run: string, noted: (known: LiveRun) => Partial<LiveRun>): void {
    const known = this.runs.get(run)
    if (known !== undefined) this.runs.set(run, { ...known, ...noted(known) })
  }

  settle(run: string, settled: number): void {
    this.note(run, ({ done, due }) => ({ done: done + settled, due: Math.max(due, done + settled) }))
  }

  end({ ms, outcome, run }: Extract<StudioEvent, { event: "run-finished" }>): void {
    const known = this.runs.get(run)
    if (known === undefined) return
    this.runs.delete(run)
    this.ended = { ...known, ms, outcome }
    for (const study of known.studies) {
      const nodes = this.nodesOf(study)
      for (const [name, node] of nodes) if (node.run === run && node.state === "running") nodes.delete(name)
    }
  }

  /** After an edit nobody knows of what was settled whether it still is so; what runs, runs. */
  forget(): void {
    for (const study of this.nodes.keys()) {
      const nodes = this.nodesOf(study)
      for (const [name, node] of nodes) if (node.state !== "running") nodes.delete(name)
    }
  }

  take(event: StudioEvent): void {
    switch (event.event) {
      case "changed":
        if (event.what === "studies") this.forget()
        break
      case "run-started":
        this.begin(event.run)
        break
      case "node-started": {
        const { at, node, run, study, why } = event
        this.nodesOf(study).set(node, nodeOf(run, "running", at, { why }))
        this.note(run, ({ running }) => ({ running: [...running, { study, node, at, attempts: 1 }] }))
        break
      }
      case "node-retried": {
        const before = this.nodesOf(event.study).get(event.node) ?? nodeOf(event.run, "running", event.at)
        const attempts = event.attempts + 1
        this.nodesOf(event.study).set(event.node, { ...before, attempts, faults: event.faults })
        this.note(event.run, ({ running }) => ({
          running: running.map((one) => (one.node === event.node && one.study === event.study ? { ...one, attempts } : one))
        }))
        break
      }
      case "node-finished": {
        const { event: _, node, study, ...told } = event
        const { attempts } = this.nodesOf(study).get(node) ?? { attempts: 1 }
        this.nodesOf(study).set(node, { ...told, attempts })
        this.settle(event.run, 1)
        this.note(event.run, ({ failures, running }) => ({
          running: running.filter((one) => one.node !== node || one.study !== study),
          failures: event.state === "failed" ? [...failures, { study, node, faults: event.faults }] : failures
        }))
        break
      }
      case "nodes-settled":
        for (const node of event.nodes) this.nodesOf(event.study).set(node, nodeOf(event.run, event.state, event.at))
        this.settle(event.run, event.nodes.length)
        break
      case "run-finished":
        this.end(event)
        break
    }
  }
}

/** The state after some events. */
export const afterEvents = (state: LiveState, events: ReadonlyArray<StudioEvent>): LiveState => {
  const draft = new Draft(state)
  for (const event of events) draft.take(event)
  return draft
}

/** The state in which these runs go on, and no other. What earlier ones have left stays. */
export const withUnderway = (state: LiveState, runs: ReadonlyArray<UnderwayRun>): LiveState => {
  const named = new Set(runs.map(({ run }) => run))
  const draft = new Draft(state)
  for (const [name] of state.runs) if (!named.has(name)) draft.runs.delete(name)
  for (const [study, nodes] of state.nodes)
    for (const [name, node] of nodes) if (node.state === "running" || named.has(node.run)) draft.nodesOf(study).delete(name)
  for (const run of runs) draft.begin(run)
  return draft
}

/** A node that failed in the run that ended last is no longer what failed: of a run whose failures are all mended nothing is left to be told. */
export const withoutFailure = (state: LiveState, study: string, node: string): LiveState => {
  const { ended } = state
  if (ended === undefined) return state
  const failures = ended.failures.filter((one) => one.study !== study || one.node !== node)
  return { ...state, ended: failures.length === 0 ? undefined : { ...ended, failures } }
}

/** What finished runs have left is forgotten: whoever asked for the nodes' states has got an answer that knows it. */
export const withoutFinished = (state: LiveState): LiveState => {
  const draft = new Draft(state)
  for (const [study, nodes] of state.nodes) for (const [name, node] of nodes) if (!state.runs.has(node.run)) draft.nodesOf(study).delete(name)
  return draft
}
