import { Effect } from "effect"
import { RunHistory } from "../../../store/runs.ts"
import { TraceIndex } from "../../../store/traces.ts"
import { refused, usage } from "../../../workspace/failure.ts"
import { runsOf } from "../../../workspace/history.ts"
import { findRun } from "../../../workspace/run-reference.ts"
import { mayBeTag, nameRun, TAG_IN_WORDS } from "../../../workspace/run-tag.ts"
import type { timeQuestions } from "../../messages/time.ts"
import type { AnswersTo } from "../answer.ts"
import { compared } from "../time/compared.ts"
import { diffSummary } from "../time/diff-summary.ts"
import { lineageGrid, lineageRows, lineageTree } from "../time/lineage.ts"
import { estimatesIn, movedEstimate, sortedBy } from "../time/moved-estimates.ts"
import { changedCells, changedRows, nodeDetails } from "../time/node-diff.ts"
import { prominenceIn } from "../time/printed-models.ts"
import { runEdits, runNodes } from "../time/run-nodes.ts"
import { runPath } from "../time/run-path.ts"
import { sourceCell } from "../time/source-cell.ts"
import { strataMap } from "../time/strata-map.ts"
import { strataOf } from "../time/strata-rows.ts"
import { chosenRuns, studyRuns } from "../time/study-runs.ts"

const records = Effect.all({ history: RunHistory, traces: TraceIndex })

export const timeAnswers: AnswersTo<typeof timeQuestions> = {
  strata: ({ count, from, only, study }) =>
    Effect.map(records, (recorded) => {
      const all = studyRuns(recorded.history, study)
      const chosen = chosenRuns(all, only, recorded.history.tags())
      return { total: chosen.length, inAll: all.length, runs: strataOf(recorded, chosen.slice(from, from + count)) }
    }),
  "strata-map": ({ count, from, study }) => Effect.map(records, (recorded) => strataMap(recorded, studyRuns(recorded.history, study), from, count)),
  "run-nodes": runNodes,
  "run-edits": runEdits,
  "name-run": ({ name, run: reference, study }) =>
    Effect.gen(function* () {
      const history = yield* RunHistory
      if (name !== "" && !mayBeTag(name)) return yield* usage("tag", `a run's name is one ${TAG_IN_WORDS}; this is "${name}"`)
      const { run } = yield* findRun(
        reference,
        runsOf(history, (one) => one === study || one.startsWith(`${study}@`))
      )
      yield* nameRun(history, run, name === "" ? undefined : name)
      yield* history.commit.pipe(Effect.mapError(refused))
      return {}
    }),
  "run-diff": diffSummary,
  "run-diff-estimates": ({ by, count, edit, node, start, ...asked }) =>
    Effect.gen(function* () {
      const { diff } = yield* compared(asked)
      const prominence = yield* prominenceIn(asked.study)
      const found = estimatesIn(diff).filter((one) => (edit === undefined || one.edits.includes(edit)) && (node === undefined || one.node === node))
      return {
        total: found.length,
        estimates: sortedBy(found, by, prominence)
          .slice(start, start + count)
          .map(movedEstimate)
      }
    }),
  "run-diff-node": nodeDetails,
  "run-diff-rows": changedRows,
  "run-diff-cells": changedCells,
  "run-path": runPath,
  "lineage-rows": lineageRows,
  "lineage-grid": lineageGrid,
  lineage: lineageTree,
  "source-cell": sourceCell
}
