import type { NodeRecord, RunHistory } from "../store/runs.ts"

/**
 * The newest record of a node, as `history.lastOf` gives it; of a branch (`study@reduced`) that has none, that of the study itself: what a new branch is compared with, and how long its nodes
 * will take.
 */
export const lastRecord = (history: RunHistory["Service"], study: string, node: string, which: "good" | "ran"): NodeRecord | undefined => {
  const own = history.lastOf(study, node, which)
  const at = study.indexOf("@")
  return own === undefined && at !== -1 ? history.lastOf(study.slice(0, at), node, which) : own
}
