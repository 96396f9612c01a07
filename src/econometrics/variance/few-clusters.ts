import type { Warning } from "../fault.ts"

/** With fewer clusters than this, clustered standard errors are too small and their tests reject too often. */
export const FEW_CLUSTERS = 10

export const fewClusters = (clusters: number, what: string): Warning => ({
  code: "few-clusters",
  message: `there are ${clusters} clusters (by ${what}): with fewer than ${FEW_CLUSTERS}, clustered standard errors are too small and their tests reject too often`
})
