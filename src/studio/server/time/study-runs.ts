import type { RunHistory, RunRecord, StudyRecord } from "../../../store/runs.ts"
import { outcomeOf } from "../../../workspace/outcome.ts"
import type { Only } from "../../messages/time/strata.ts"

/** A run as far as it is of one study. */
export interface StudyRun {
  readonly run: RunRecord
  readonly own: StudyRecord
}

/** The runs of a study and of its branches, newest first; of a run of several branches one for each. */
export const studyRuns = (history: RunHistory["Service"], study: string): ReadonlyArray<StudyRun> =>
  history.runs().flatMap((run) => run.studies.flatMap((own) => (own.study === study || own.study.startsWith(`${study}@`) ? [{ run, own }] : [])))

/** Those of them that are asked for. */
export const chosenRuns = (all: ReadonlyArray<StudyRun>, only: Only, tags: ReadonlyMap<string, string>): ReadonlyArray<StudyRun> => {
  switch (only) {
    case "all":
      return all
    case "ran":
      return all.filter(({ run: { states } }) => (states?.ran ?? 0) + (states?.failed ?? 0) > 0)
    case "failed":
      return all.filter(({ run }) => !["ok", "running"].includes(outcomeOf(run)))
    case "named":
      return all.filter(({ run }) => tags.has(run.run))
    case "branches":
      return all.filter(({ own }) => own.study.includes("@"))
  }
}
