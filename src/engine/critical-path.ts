import { type GraphNode, upstreamOf } from "../dag/dag.ts"

/**
 * By node, the milliseconds of the longest way from its beginning to the end of the study: what is on the longest of all is to begin first. `expected` is what a
 * node takes; `nodes` stand in an order in which inputs come first.
 */
export const criticalPaths = (nodes: ReadonlyArray<GraphNode>, expected: (node: GraphNode) => number): ReadonlyMap<string, number> => {
  const paths = new Map<string, number>()
  for (const node of [...nodes].reverse()) {
    const own = (paths.get(node.name) ?? 0) + expected(node)
    paths.set(node.name, own)
    for (const name of upstreamOf(node)) if ((paths.get(name) ?? 0) < own) paths.set(name, own)
  }
  return paths
}
