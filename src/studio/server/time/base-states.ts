import type { NodeRecord, RunHistory, StudyRecord } from "../../../store/runs.ts"

/** What nodes were when a run began, by name; asked for when it is needed. */
export type BaseState = ReadonlyMap<string, () => NodeRecord>

/**
 * What runs found when they began. A history makes such a state of all the runs before, which takes long for each of many: of runs that follow each other, asked for from the oldest on, each is
 * made of the one before.
 */
export class BaseStates {
  readonly #history: RunHistory["Service"]
  /** By study: after which run, and its last record, nodes are as they are here. */
  readonly #reached = new Map<string, { readonly run: string; readonly until: number; readonly nodes: Map<string, () => NodeRecord> }>()

  constructor(history: RunHistory["Service"]) {
    this.#history = history
  }

  /** Good until `ran` is told of the run. */
  of({ base, study }: StudyRecord): BaseState | undefined {
    if (base === undefined) return undefined
    const reached = this.#reached.get(study)
    if (reached !== undefined && reached.run === base.run && reached.until <= base.at) return reached.nodes
    const nodes = new Map([...this.#history.stateOf(study, base.run, base.at).nodes].map(([name, { record }]) => [name, record]))
    this.#reached.set(study, { run: base.run, until: base.at, nodes })
    return nodes
  }

  /** What a run wrote of the study, on top of what it found. */
  ran(run: string, { base, gone, study }: StudyRecord, records: Iterable<NodeRecord>): void {
    const found = this.#reached.get(study)
    const nodes = base === undefined ? new Map<string, () => NodeRecord>() : found?.run === base.run && found.until <= base.at ? found.nodes : undefined
    if (nodes === undefined) return
    for (const name of gone) nodes.delete(name)
    let until = Number.NEGATIVE_INFINITY
    for (const record of records) {
      nodes.set(record.node, () => record)
      until = Math.max(until, record.at)
    }
    this.#reached.set(study, { run, until, nodes })
  }
}
