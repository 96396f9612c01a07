import type { NodeReport } from "../engine/events.ts"
import { namesTogether } from "../engine/names-together.ts"
import type { Label } from "./progress.ts"

/** Which nodes of a run are blocked, and by whose failure: those between are left out, and nodes that one failure blocks stand in one line. */
export const blockedLines = (nodes: ReadonlyArray<NodeReport>, label: Label): ReadonlyArray<string> => {
  const keyOf = (study: string, node: string) => JSON.stringify([study, node])
  const failedBy = new Map<string, ReadonlyArray<string>>()
  // Inputs come first.
  for (const { blockedBy, node, state, study } of nodes) {
    if (state === "failed") failedBy.set(keyOf(study, node), [label(study, node)])
    else if (state === "blocked") failedBy.set(keyOf(study, node), [...new Set(blockedBy.flatMap((one) => failedBy.get(keyOf(study, one)) ?? []))])
  }
  const blocked = nodes.filter(({ state }) => state === "blocked")
  const groups = Map.groupBy(blocked, ({ node, study }) => namesTogether(failedBy.get(keyOf(study, node))!, false))
  return [...groups].map(
    ([failed, own]) =>
      `blocked, since ${failed} failed: ${namesTogether(
        own.map(({ node, study }) => label(study, node)),
        false
      )}`
  )
}
