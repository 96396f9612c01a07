import { type DrawnGraph, type DrawnNode, distinctEdges, type NodeState } from "./graph.ts"

/** What a box of several tells: the state that asks for most attention. */
const FIRST: ReadonlyArray<NodeState> = ["failed", "blocked", "skipped", "cancelled", "stale", "unknown", "ran", "cut off", "fresh", "edited", "source"]

const together = (name: string, members: ReadonlyArray<DrawnNode>): DrawnNode => {
  if (members.length === 1) return members[0]!
  const state = FIRST.find((one) => members.some((member) => member.state === one))!
  const alike = members.filter((member) => member.state === state).length
  const details = [...new Set(members.filter((member) => member.state === state).map(({ detail = "" }) => detail))]
  const told = alike < members.length ? `${alike} of ${members.length} ${state}` : details.length === 1 ? details[0]! : ""
  const edited = members.some((member) => member.edited === true)
  return { name: `${name} (${members.length})`, stage: members[0]!.stage, state, ...(told === "" ? {} : { detail: told }), ...(edited ? { edited } : {}) }
}

const folderOf = (path: string): string => path.replace(/[^/\\]*$/, "…")

/**
 * The graph with the nodes of a map, `name[key]`, as one, and with those files of a folder as one that the same nodes read: each with their number, and the state that asks for
 * most attention.
 */
export const grouped = (graph: DrawnGraph): DrawnGraph => {
  const edges = distinctEdges(graph)
  const mapOf = (name: string) => name.replace(/\[.*$/s, "[…]")
  const isFile = new Map(graph.nodes.map(({ name, state }) => [name, state === "source" || state === "edited"]))
  const readers = Map.groupBy(edges, ({ from }) => from)
  const keyOf = (name: string): string =>
    isFile.get(name) === true ? JSON.stringify([folderOf(name), [...new Set((readers.get(name) ?? []).map(({ to }) => mapOf(to)))].sort()]) : mapOf(name)
  const groups = Map.groupBy(graph.nodes, ({ name }) => keyOf(name))
  const nodes = new Map([...groups].map(([key, members]) => [key, together(isFile.get(members[0]!.name) ? folderOf(members[0]!.name) : key, members)]))
  const nameOf = (name: string) => nodes.get(keyOf(name))!.name
  const joined = { ...graph, nodes: [...nodes.values()], edges: edges.map(({ from, to }) => ({ from: nameOf(from), to: nameOf(to) })) }
  return { ...joined, edges: distinctEdges(joined).filter(({ from, to }) => from !== to) }
}
