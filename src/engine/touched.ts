import { type GraphNode, originOf } from "../dag/dag.ts"

/** What an edit touched in a node itself, in a word; nothing where it is stale or ran by its inputs alone. */
export const touchedBy = (why: ReadonlyArray<{ readonly reason: string }>): ReadonlyArray<string> => [
  ...new Set(why.flatMap(({ reason }) => (reason === "input" || reason === "source" ? [] : [reason])))
]

/** What the files that a node has reasons in are drawn as. */
export const changedFiles = (
  node: Pick<GraphNode, "inputs">,
  why: ReadonlyArray<{ readonly reason: string; readonly input?: unknown; readonly file?: unknown }>
): ReadonlyArray<string> =>
  why.flatMap(({ file, input, reason }) =>
    reason === "source" && typeof file === "string" ? [typeof input === "string" ? originOf(node, input, file) : file] : []
  )
