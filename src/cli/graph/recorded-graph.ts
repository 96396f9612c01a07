import { changedFiles, touchedBy } from "../../engine/touched.ts"
import { duration, moment } from "../../engine/wording.ts"
import type { DrawnGraph, DrawnNode, NodeState } from "../../render/graph/graph.ts"
import type { NodeRecord, RunHistory, RunRecord } from "../../store/runs.ts"
import { outcomeInWords } from "../../workspace/outcome.ts"
import { edgesInto, filesOf } from "./planned-graph.ts"

/** The order of words in the line under the title. */
const TOLD: ReadonlyArray<NodeState> = ["ran", "cut off", "fresh", "failed", "blocked", "skipped", "cancelled"]

/**
 * A study's DAG as it was in a run, with what the run did: which nodes ran, and how long; which read something that ran and had not to; which failed, were blocked, skipped or not come to. What the run
 * wrote nothing of was fresh.
 */
export const recordedGraph = (history: RunHistory["Service"], study: string, run: RunRecord): DrawnGraph => {
  const own = new Map(history.nodesOf(run.run).flatMap((record) => (record.study === study ? [[record.node, record] as const] : [])))
  const cancelled = new Set(run.studies.find((one) => one.study === study)?.cancelled ?? [])
  const records = [...history.stateOf(study, run.run).nodes].map(([name, { record }]) => ({ name, record: own.get(name) ?? record() }))
  const edges = edgesInto(records.map(({ name, record: { inputs } }) => ({ name, inputs })))
  const ran = new Set(records.flatMap(({ name }) => (own.get(name)?.state === "ran" ? [name] : [])))
  const readsWhatRan = new Set(edges.flatMap(({ from, to }) => (ran.has(from) ? [to] : [])))
  const stateOf = (name: string): NodeState => {
    if (cancelled.has(name)) return "cancelled"
    const state = own.get(name)?.state ?? "fresh"
    return state === "fresh" && readsWhatRan.has(name) ? "cut off" : state
  }
  const nodeOf = (name: string, record: NodeRecord): DrawnNode => {
    const state = stateOf(name)
    const told = state === "ran" || state === "failed"
    const touched = told ? touchedBy(record.why) : []
    const detail = [...touched, ...(told ? [duration(record.ms)] : [])].join(", ")
    return { name, stage: record.stage, state, ...(detail === "" ? {} : { detail }), ...(touched.some((word) => word !== "new") ? { edited: true } : {}) }
  }
  const changed = new Set([...own.values()].flatMap((record) => changedFiles(record, record.why)))
  const nodes = records.map(({ name, record }) => nodeOf(name, record))
  const counts = TOLD.flatMap((state) => {
    const count = nodes.filter((node) => node.state === state).length
    return count === 0 ? [] : [`${count} ${state}`]
  })
  return {
    title: study,
    note: `Run ${run.run}, ${moment(run.at)}, ${outcomeInWords(run)}: ${counts.join(", ")}${run.ms === undefined ? "" : `; ${duration(run.ms)}`}`,
    nodes: [...filesOf(edges, new Set(nodes.map(({ name }) => name)), changed), ...nodes],
    edges
  }
}
