import type { Standing } from "../../messages/graph.ts"
import { addressOf } from "../route.ts"

interface StateProps {
  readonly study: string
  readonly node: string
  readonly state: Standing
  readonly why: string
}

const WORDS: Readonly<Record<Standing, string>> = {
  fresh: "fresh",
  stale: "stale",
  unknown: "may be cut off",
  failed: "failed",
  blocked: "blocked",
  skipped: "skipped"
}

/** How a node stands, where that is other than fresh: what is shown of it is of before. */
export const NodeState = ({ node, state, study, why }: StateProps) =>
  state === "fresh" ? null : (
    <p class={`estimates-state estimates-${state === "failed" || state === "blocked" ? "failed" : "stale"}`}>
      <strong>{WORDS[state]}</strong> {why} · <a href={addressOf(study, "graph", [], { node })}>in the DAG</a>
    </p>
  )
