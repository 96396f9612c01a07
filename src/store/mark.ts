/** What gc keeps: which runs, which records of others they rest on, and which objects these name. */
import type { NodeRecord, RunHistory, RunRecord, StudyRecord } from "./runs.ts"

export interface Marked {
  /** Runs that are kept whole. */
  readonly runs: ReadonlySet<string>
  /** Runs of which at least the record of the run itself stays, since others rest on them. */
  readonly reached: ReadonlySet<string>
  readonly objects: ReadonlySet<string>
  /** Fingerprints of code that a kept record names. */
  readonly code: ReadonlySet<string>
  /** Whether a node's record stays. */
  readonly keepsNode: (run: string, at: number, study: string, node: string) => boolean
  /** A reached run's record as it is to be kept: its base is the nearest that is reached. */
  readonly runRecord: (run: RunRecord) => RunRecord
}

export interface MarkOptions {
  /** Of each study and variant, how many of the newest runs that did something. */
  readonly keep: number
  /** What was begun or written since is kept. */
  readonly since: number
  /** Runs that are kept besides. */
  readonly runs: ReadonlyArray<string>
  /** Runs that are named as a base where it cannot be changed. */
  readonly bases: ReadonlyArray<string>
}

type History = RunHistory["Service"]

const keptRuns = (history: History, nodesOf: (run: string) => ReadonlyArray<NodeRecord>, { keep, runs: named, since }: MarkOptions): ReadonlySet<string> => {
  const kept = new Set([...history.tags().keys(), ...named])
  const seen = new Map<string, { newest: boolean; busy: number }>()
  const settled = new Set<string>()
  for (const { at, ms = 0, run, studies } of history.runs()) {
    const nodes = nodesOf(run)
    if (at + ms >= since || nodes.some((node) => node.at >= since)) kept.add(run)
    for (const { study, variant } of studies) {
      // What a run is based on that began within that time and goes on.
      if (at < since && !settled.has(study)) {
        settled.add(study)
        kept.add(run)
      }
      const key = JSON.stringify([study, variant])
      const counted = seen.get(key) ?? { newest: false, busy: 0 }
      seen.set(key, counted)
      const busy = nodes.some((node) => node.study === study)
      // A run in which nothing was to be done is as the one before it.
      if (!counted.newest || (busy && counted.busy < keep)) kept.add(run)
      counted.newest = true
      if (busy) counted.busy++
    }
  }
  return kept
}

export const mark = (history: History, options: MarkOptions): Marked => {
  const all = new Map([...history.forgotten(), ...history.runs()].map((run) => [run.run, run]))
  const cache = new Map<string, ReadonlyArray<NodeRecord>>()
  const nodesOf = (run: string) => {
    let nodes = cache.get(run)
    if (nodes === undefined) cache.set(run, (nodes = history.nodesOf(run)))
    return nodes
  }
  const runs = keptRuns(history, nodesOf, options)
  const objects = new Set<string>()
  const code = new Set<string>()
  const nodes = new Set<string>()
  const withNodes = new Set<string>()
  const identity = (run: string, at: number, study: string, node: string) => JSON.stringify([run, at, study, node])
  const keepNode = (record: NodeRecord) => {
    nodes.add(identity(record.run, record.at, record.study, record.node))
    withNodes.add(record.run)
    code.add(record.code)
    for (const artifact of Object.values(record.artifacts)) objects.add(artifact)
  }
  const known = new Set<string>()
  for (const run of runs) {
    for (const record of nodesOf(run)) keepNode(record)
    for (const { study } of all.get(run)?.studies ?? [])
      for (const [node, { at, record, run: madeIn }] of history.stateOf(study, run).nodes) {
        if (!nodes.has(identity(madeIn, at, study, node))) keepNode(record())
        known.add(JSON.stringify([study, node]))
      }
  }
  // What a node is compared with, and how long it took, may be told by older runs.
  for (const key of known) {
    const [study, node] = JSON.parse(key) as [string, string]
    for (const which of ["good", "ran"] as const) {
      const last = history.lastOf(study, node, which)
      if (last !== undefined) keepNode(last)
    }
  }

  const reached = new Set([...runs, ...withNodes, ...options.bases])
  const relink = (record: StudyRecord): StudyRecord => {
    const { study } = record
    const gone = new Set(record.gone)
    let { base } = record
    const passed = new Set<string>()
    while (base !== undefined && !reached.has(base.run) && !passed.has(base.run)) {
      passed.add(base.run)
      const below: StudyRecord | undefined = all.get(base.run)?.studies.find((one) => one.study === study)
      for (const name of below?.gone ?? []) gone.add(name)
      base = below?.base
    }
    if (base === record.base) return record
    const { base: _, ...rest } = record
    return { ...rest, gone: [...gone], ...(base === undefined ? {} : { base }) }
  }
  return {
    runs,
    reached,
    objects,
    code,
    keepsNode: (run, at, study, node) => nodes.has(identity(run, at, study, node)),
    runRecord: (run) => {
      const studies = run.studies.map(relink)
      const same = studies.every((study, i) => study === run.studies[i]) && runs.has(run.run) === (run.forgotten === undefined)
      return same ? run : { ...run, studies, ...(runs.has(run.run) ? {} : { forgotten: true }) }
    }
  }
}
