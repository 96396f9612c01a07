import type { NodeRecord, RunHistory, Snapshot } from "../../../store/runs.ts"
import type { StudyRun } from "./study-runs.ts"

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

  /** Good until `ran` is told of the run. A branch that was never run finds what the study was; the first run of a study finds nothing. */
  of(one: StudyRun): BaseState {
    const { study } = one.own
    const base = this.#baseOf(one)
    const nodes = this.#known(one) ?? new Map<string, () => NodeRecord>()
    if (nodes.size === 0 && base !== undefined)
      for (const [name, { record }] of this.#history.stateOf(base.study, base.run, base.at).nodes) nodes.set(name, record)
    this.#reached.set(study, { run: base?.run ?? "", until: base?.at ?? 0, nodes })
    return nodes
  }

  /** What a run wrote of the study, on top of what it found. */
  ran(one: StudyRun, records: Iterable<NodeRecord>): void {
    const { gone, study } = one.own
    const nodes = this.#known(one)
    if (nodes === undefined) return
    for (const name of gone) nodes.delete(name)
    let until = Number.NEGATIVE_INFINITY
    for (const record of records) {
      nodes.set(record.node, () => record)
      until = Math.max(until, record.at)
    }
    this.#reached.set(study, { run: one.run.run, until, nodes })
  }

  /** What it found, where that has been made already. */
  #known(one: StudyRun): Map<string, () => NodeRecord> | undefined {
    const base = this.#baseOf(one)
    const reached = this.#reached.get(one.own.study)
    return reached !== undefined && reached.run === (base?.run ?? "") && reached.until <= (base?.at ?? 0) ? reached.nodes : undefined
  }

  #baseOf({ own, run }: StudyRun): (Snapshot & { readonly study: string }) | undefined {
    if (own.base !== undefined) return { ...own.base, study: own.study }
    const study = own.study.replace(/@.*$/s, "")
    if (study === own.study) return undefined
    const before = this.#history.runs().find((one) => one.at < run.at && one.studies.some((other) => other.study === study))
    return before && { run: before.run, at: run.at, study }
  }
}
