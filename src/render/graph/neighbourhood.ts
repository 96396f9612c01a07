import { type DrawnGraph, distinctEdges } from "./graph.ts"

const reached = (starts: ReadonlyArray<string>, next: (name: string) => ReadonlyArray<string>): ReadonlySet<string> => {
  const seen = new Set(starts)
  const queue = [...starts]
  for (const name of queue)
    for (const one of next(name))
      if (!seen.has(one)) {
        seen.add(one)
        queue.push(one)
      }
  return seen
}

/** The part of a graph that rests on one of `from`, and on which one of `to` rests: both, where both are given; all, where neither is. */
export const neighbourhood = (graph: DrawnGraph, { from, to }: { readonly from: ReadonlyArray<string>; readonly to: ReadonlyArray<string> }): DrawnGraph => {
  const edges = distinctEdges(graph)
  const [outgoing, incoming] = [Map.groupBy(edges, (edge) => edge.from), Map.groupBy(edges, (edge) => edge.to)]
  const below = reached(from, (name) => (outgoing.get(name) ?? []).map((edge) => edge.to))
  const above = reached(to, (name) => (incoming.get(name) ?? []).map((edge) => edge.from))
  const inside = (name: string) => (from.length === 0 || below.has(name)) && (to.length === 0 || above.has(name))
  // What the first nodes read themselves says where they come from.
  const read = new Set(edges.filter((edge) => from.includes(edge.to) && (to.length === 0 || above.has(edge.to))).map((edge) => edge.from))
  return { ...graph, nodes: graph.nodes.filter(({ name }) => inside(name) || read.has(name)) }
}
