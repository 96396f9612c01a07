import { Effect } from "effect"
import { inBrief } from "../../../engine/sentences.ts"
import { type NodeRecord, RunHistory } from "../../../store/runs.ts"
import { TraceIndex } from "../../../store/traces.ts"
import { usage } from "../../../workspace/failure.ts"
import { runsOf } from "../../../workspace/history.ts"
import { findRun } from "../../../workspace/run-reference.ts"
import { reasonsIn } from "./run-edits.ts"
import { runInDetail } from "./run-work.ts"
import { stratumOf } from "./strata-rows.ts"
import { studyRuns } from "./study-runs.ts"

const whyOf = (record: NodeRecord | undefined): ReadonlyArray<string> => {
  if (record === undefined) return []
  if (record.state === "failed") return (record.faults ?? []).map(({ message }) => message)
  if (record.state === "blocked" || record.state === "skipped") return record.blockedBy === undefined ? [] : [`it rests on ${record.blockedBy.join(", ")}`]
  return record.why.length === 0 ? [] : [inBrief(reasonsIn(record))]
}

/** What a run did with each node that it touched. `study` may be a branch. */
export const runNodes = ({ run: reference, study }: { readonly study: string; readonly run: string }) =>
  Effect.gen(function* () {
    const history = yield* RunHistory
    const found = yield* findRun(
      reference,
      runsOf(history, (one) => one === study)
    )
    const one = studyRuns(history, study).find(({ own, run }) => run.run === found.run && own.study === study)
    if (one === undefined) return yield* usage("unknown-run", `run ${found.run} is none of ${study}`)
    const { records, work } = runInDetail({ history, traces: yield* TraceIndex }, one)
    return {
      ...stratumOf(history.tags(), one, work),
      touched: work.touched.map(({ node, state }) => {
        const record = records.get(node)
        return { node, state, ...(record === undefined ? {} : { ms: record.ms }), why: whyOf(record) }
      }),
      allEdits: work.edits
    }
  })
