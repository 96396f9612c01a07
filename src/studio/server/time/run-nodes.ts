import { Effect } from "effect"
import { wiresOf } from "../../../dag/dag.ts"
import type { Edit } from "../../../engine/chain.ts"
import { compareOutputs } from "../../../engine/diff/compare-outputs.ts"
import { recordedIn } from "../../../engine/diff/diff-runs.ts"
import { editSentence } from "../../../engine/diff/edit-sentence.ts"
import { inBrief } from "../../../engine/sentences.ts"
import { type NodeRecord, RunHistory } from "../../../store/runs.ts"
import { TraceIndex } from "../../../store/traces.ts"
import { refused, usage } from "../../../workspace/failure.ts"
import { runsOf } from "../../../workspace/history.ts"
import { findRun } from "../../../workspace/run-reference.ts"
import { cellsOfFile } from "./cells-of-file.ts"
import { editsInWords, reasonsIn } from "./run-edits.ts"
import { runInDetail } from "./run-work.ts"
import { stratumOf } from "./strata-rows.ts"
import { studyRuns } from "./study-runs.ts"

const whyOf = (record: NodeRecord | undefined): ReadonlyArray<string> => {
  if (record === undefined) return []
  if (record.state === "failed") return (record.faults ?? []).map(({ message }) => message)
  if (record.state === "blocked" || record.state === "skipped") return record.blockedBy === undefined ? [] : [`it rests on ${record.blockedBy.join(", ")}`]
  return [...(record.from === undefined ? [] : [`it came from the ${record.from}`]), ...(record.why.length === 0 ? [] : [inBrief(reasonsIn(record))])]
}

interface Asked {
  /** It may be a branch. */
  readonly study: string
  readonly run: string
}

const asked = ({ run: reference, study }: Asked) =>
  Effect.gen(function* () {
    const history = yield* RunHistory
    const traces = yield* TraceIndex
    const found = yield* findRun(
      reference,
      runsOf(history, (one) => one === study)
    )
    const one = studyRuns(history, study).find(({ own, run }) => run.run === found.run && own.study === study)
    if (one === undefined) return yield* usage("unknown-run", `run ${found.run} is none of ${study}`)
    return { history, traces, one, ...runInDetail({ history, traces }, one) }
  })

/** What a run did with each node that it touched. */
export const runNodes = (of: Asked) =>
  Effect.map(asked(of), ({ history, one, records, work }) => ({
    ...stratumOf(history.tags(), one, work),
    edits: work.edits,
    touched: work.touched.map(({ node, state }) => {
      const record = records.get(node)
      return { node, state, ...(record === undefined ? {} : { ms: record.ms }), why: whyOf(record) }
    })
  }))

/** Of runs that are over: so many are kept in mind. */
const toldOf = new Map<string, ReadonlyArray<string>>()
const KEPT = 500

/** All edits behind a run; of a file with the cells that changed, as far as the artifacts of before and after are still there. */
export const runEdits = (of: Asked) =>
  Effect.gen(function* () {
    const key = `${of.run} ${of.study}`
    const known = toldOf.get(key)
    if (known !== undefined) return { edits: known }
    const { before, edits, history, one, records, traces } = yield* asked(of)
    const recorded = recordedIn(history, traces)
    const earlier = new Map<string, ReturnType<typeof runInDetail> | undefined>()
    const inDetail = (last: NodeRecord) => {
      const name = `${last.run} ${last.study}`
      if (!earlier.has(name)) {
        const made = studyRuns(history, of.study).find(({ own, run }) => run.run === last.run && own.study === last.study)
        earlier.set(name, made && runInDetail({ history, traces }, made))
      }
      return earlier.get(name)
    }
    /** What a node was made into, in this run or in an earlier one that this goes on from, and what it was before that. */
    const sidesOf = (node: string) => {
      const [record, last] = [records.get(node), before.get(node)]
      return record !== undefined || last === undefined ? { before: last, after: record } : { before: inDetail(last)?.before.get(node), after: last }
    }
    const cells = new Map<Edit, string>()
    for (const edit of edits) {
      if (edit.edit !== "file") continue
      const touched = yield* Effect.forEach(edit.nodes, (node) => {
        const sides = sidesOf(node)
        const files = sides.after === undefined ? 0 : wiresOf(sides.after).filter(([, wire]) => "source" in wire).length
        return Effect.map(compareOutputs(sides, recorded), (outputs) => ({ outputs, files }))
      }).pipe(Effect.mapError(refused))
      const told = yield* cellsOfFile(edit, touched)
      if (told !== undefined) cells.set(edit, told)
    }
    const told = editsInWords(edits, (edit) => (cells.has(edit) ? `${editSentence(edit)}: ${cells.get(edit)}` : editSentence(edit)))
    if (one.run.ok !== undefined && of.run === one.run.run) {
      toldOf.set(key, told)
      if (toldOf.size > KEPT) toldOf.delete(toldOf.keys().next().value!)
    }
    return { edits: told }
  })
