import type { NodeRecord, RunHistory, RunRecord, StudyRecord } from "../../store/runs.ts"
import type { Side } from "./diff-runs.ts"

/** A run that changed something of a study, and what was known before it. */
export interface LastChange {
  readonly study: string
  readonly before: Side
  readonly after: Side
}

const artifactsIn = (record: NodeRecord | undefined): string => JSON.stringify(Object.entries(record?.artifacts ?? {}).sort())

const changedSomething = (history: RunHistory["Service"], run: RunRecord, { base, gone, study }: StudyRecord): boolean => {
  const own = history.nodesOf(run.run).filter((record) => record.study === study)
  if (base === undefined || (own.length === 0 && gone.length === 0)) return false
  const before = history.stateOf(study, base.run, base.at).nodes
  return gone.length > 0 || own.some((record) => artifactsIn(record) !== artifactsIn(before.get(record.node)?.record()))
}

/** The newest of these runs that changed a study, and the run that it was based on: by study. */
export const lastChange = (history: RunHistory["Service"], runs: ReadonlyArray<RunRecord>, isAsked: (study: string) => boolean): ReadonlyArray<LastChange> => {
  const byName = new Map(history.runs().map((run) => [run.run, run]))
  for (const run of runs) {
    const changes = run.studies.flatMap((one): ReadonlyArray<LastChange> => {
      const base = one.base && byName.get(one.base.run)
      if (base === undefined || !isAsked(one.study) || !changedSomething(history, run, one)) return []
      return [{ study: one.study, before: { run: base, at: one.base!.at }, after: { run } }]
    })
    if (changes.length > 0) return changes
  }
  return []
}
