import type { NodeRecord, RunHistory, RunRecord, StudyState } from "../../store/runs.ts"
import type { Side } from "./diff-runs.ts"

/** Two runs of a study, the earlier first. */
export interface Compared {
  readonly study: string
  readonly before: Side
  readonly after: Side
}
/** The newest run that changed something, among those that came out well, and the one before it. */
export interface LastChange extends Compared {
  /** Runs of the study since the earlier one that did not come out well, newest first. */
  readonly passedOver: ReadonlyArray<RunRecord>
}

const artifactsIn = (record: NodeRecord): string => JSON.stringify(Object.entries(record.artifacts).sort())

const differ = (before: StudyState, after: StudyState): boolean =>
  [...before.nodes.keys()].some((name) => !after.nodes.has(name)) ||
  [...after.nodes].some(([name, now]) => {
    const was = before.nodes.get(name)
    return was === undefined || (was.making !== now.making && artifactsIn(was.record()) !== artifactsIn(now.record()))
  })

/** `sediment compare` runs nodes beside the study's own, which no run of the study has: between the two nothing was edited. */
const isOfStudy = ({ command }: RunRecord): boolean => command[1] !== "compare"

/** By study: of these runs (newest first), the newest of the study itself that came out well and changed something, and the last such one before it that came out well. */
export const lastChange = (history: RunHistory["Service"], all: ReadonlyArray<RunRecord>, isAsked: (study: string) => boolean): ReadonlyArray<LastChange> => {
  const runs = all.filter(isOfStudy)
  const of = (study: string) => runs.filter(({ studies }) => studies.some((one) => one.study === study))
  for (const [i, run] of runs.entries()) {
    if (run.ok !== true) continue
    const changes = run.studies.flatMap(({ study }): ReadonlyArray<LastChange> => {
      if (!isAsked(study)) return []
      const earlier = runs.slice(i + 1).find(({ ok, studies }) => ok === true && studies.some((one) => one.study === study))
      if (earlier === undefined || !differ(history.stateOf(study, earlier.run), history.stateOf(study, run.run))) return []
      const own = of(study)
      const passedOver = own.slice(0, own.indexOf(earlier)).filter(({ ok }) => ok !== true)
      return [{ study, before: { run: earlier }, after: { run }, passedOver }]
    })
    if (changes.length > 0) return changes
  }
  return []
}

/** What a run found when it began, and what it left, by study. */
export const sinceItsBase = (history: RunHistory["Service"], run: RunRecord, isAsked: (study: string) => boolean): ReadonlyArray<Compared> => {
  const byName = new Map(history.runs().map((one) => [one.run, one]))
  return run.studies.flatMap(({ base, study }) => {
    const before = base && byName.get(base.run)
    return before === undefined || !isAsked(study) ? [] : [{ study, before: { run: before, at: base!.at }, after: { run } }]
  })
}
