import type { RunHistory, RunRecord, StudyRecord } from "../../../store/runs.ts"

/** A run as far as it is of one study. */
export interface StudyRun {
  readonly run: RunRecord
  readonly own: StudyRecord
}

/** The runs of a study and of its branches, newest first; of a run of several branches one for each. */
export const studyRuns = (history: RunHistory["Service"], study: string): ReadonlyArray<StudyRun> =>
  history.runs().flatMap((run) => run.studies.flatMap((own) => (own.study === study || own.study.startsWith(`${study}@`) ? [{ run, own }] : [])))
