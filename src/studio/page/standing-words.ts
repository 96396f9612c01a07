import type { Standing } from "../messages/graph.ts"

/** How a node stands: the same words in every view. */
export const standingWords: Readonly<Record<Standing, string>> = {
  fresh: "fresh",
  stale: "stale",
  unknown: "may be cut off",
  failed: "failed",
  blocked: "blocked",
  skipped: "skipped"
}
