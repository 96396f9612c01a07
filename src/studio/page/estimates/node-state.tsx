import type { Standing } from "../../messages/graph.ts"
import { addressOf } from "../route.ts"
import { standingWords } from "../standing-words.ts"

interface StateProps {
  readonly study: string
  readonly node: string
  readonly state: Standing
  readonly why: string
}

/** How a node stands, where that is other than fresh: what is shown of it is of before. */
export const NodeState = ({ node, state, study, why }: StateProps) =>
  state === "fresh" ? null : (
    <p class={`estimates-state estimates-${state === "failed" || state === "blocked" ? "failed" : "stale"}`}>
      <strong>{standingWords[state]}</strong> {why} · <a href={addressOf(study, "graph", [], { node })}>in the DAG</a>
    </p>
  )
