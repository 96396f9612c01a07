import type { NodeRecord, RunHistory, RunRecord } from "../store/runs.ts"

/** What is recorded of a node in a run. */
export type Past =
  | { readonly found: "record"; readonly record: NodeRecord }
  /** The run was not asked for it or for anything that rests on it. */
  | { readonly found: "not-looked-at" }
  /** The run was interrupted before it came to it. */
  | { readonly found: "cancelled" }
  /** The run never said how it ended, and wrote nothing of the node: it goes on, or was killed. */
  | { readonly found: "unfinished" }
  /** The study had no such node, or none that was ever made. */
  | { readonly found: "absent" }

/** A node as it was in a run. */
export const nodeIn = (history: RunHistory["Service"], run: RunRecord, study: string, node: string): Past => {
  const own = run.studies.find((one) => one.study === study)
  if (own === undefined || own.looked?.includes(node) === false) return { found: "not-looked-at" }
  if (own.cancelled?.includes(node) === true) return { found: "cancelled" }
  const record = history.stateOf(study, run.run).nodes.get(node)?.record()
  if (run.ok === undefined && record?.run !== run.run) return { found: "unfinished" }
  return record === undefined ? { found: "absent" } : { found: "record", record }
}
