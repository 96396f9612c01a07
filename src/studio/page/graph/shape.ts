/** Which boxes a picture of the DAG has, and the edges between them: nodes and files, together as they are grouped. States have no part in it. */
import type { StudyGraph } from "../../messages/graph.ts"

export type Grouping = "layers" | "maps" | "nodes"
export type BoxKind = "node" | "file" | "map" | "layer" | "files"

export interface Box {
  /** A node's name, a file's path, or what the group is called in addresses. */
  readonly id: string
  readonly kind: BoxKind
  readonly label: string
  /** Positions in the nodes followed by the files. */
  readonly members: ReadonlyArray<number>
}
export interface BoxEdge {
  /** Positions of boxes. */
  readonly from: number
  readonly to: number
  /** The edges of the study that it stands for. */
  readonly edges: ReadonlyArray<number>
}
export interface Shape {
  readonly boxes: ReadonlyArray<Box>
  readonly edges: ReadonlyArray<BoxEdge>
  /** The position of the box that a node or file is in, -1 where it is left out. */
  readonly boxOf: ReadonlyArray<number>
}

/** A group that boxes may be folded into. */
interface Group {
  readonly id: string
  readonly kind: "map" | "layer" | "files"
  readonly label: string
}

const SOURCES: Group = { id: "layer: sources", kind: "layer", label: "sources" }
const mapOf = (name: string): string => name.replace(/\[.*$/s, "[…]")
const folderOf = (path: string): string => path.replace(/[^/\\]*$/, "…")

/** The groups of each node and file, the outermost first. */
const groupsOf = (graph: StudyGraph, grouping: Grouping): ReadonlyArray<ReadonlyArray<Group>> => {
  const { edges, files, layers, nodes } = graph
  if (grouping === "nodes") return [...nodes.map(() => []), ...files.map(() => [])]
  const layered = grouping === "layers"
  const layersOfMap = new Map<string, Set<number>>()
  for (const { layer, name } of nodes) layersOfMap.set(mapOf(name), (layersOfMap.get(mapOf(name)) ?? new Set()).add(layer))
  const ofNode = nodes.map(({ layer, name }): ReadonlyArray<Group> => {
    const { kind, level } = layers[layer]!
    const map = mapOf(name)
    const id = layered && layersOfMap.get(map)!.size > 1 ? `${map} ${level}` : map
    return [
      ...(layered ? [{ id: `layer: ${kind} ${level}`, kind: "layer" as const, label: kind }] : []),
      ...(map === name ? [] : [{ id, kind: "map" as const, label: map }])
    ]
  })
  // The files of a folder are together where the same nodes read them.
  const readers = files.map(() => new Set<string>())
  for (const [i, from] of edges.from.entries()) if (from >= nodes.length) readers[from - nodes.length]!.add(mapOf(nodes[edges.to[i]!]!.name))
  const alike = new Map<string, number>()
  const ofFile = files.map(({ path }, i): ReadonlyArray<Group> => {
    const key = JSON.stringify([folderOf(path), [...readers[i]!].sort()])
    if (!alike.has(key)) alike.set(key, alike.size)
    return [...(layered ? [SOURCES] : []), { id: `${folderOf(path)} ${alike.get(key)}`, kind: "files", label: folderOf(path) }]
  })
  // One member makes no group.
  const all = [...ofNode, ...ofFile]
  const sizes = new Map<string, number>()
  for (const groups of all) for (const { id } of groups) sizes.set(id, (sizes.get(id) ?? 0) + 1)
  // Nor is a group one that has nothing but another one in it.
  return all.map((groups) => groups.filter(({ id }, i) => sizes.get(id)! > 1 && sizes.get(id) !== sizes.get(groups[i + 1]?.id ?? "")))
}

/** The boxes of a study's picture. `open` names the groups whose members are seen; `shown` tells which nodes and files are: all where it is not given. */
export const shapeOf = (graph: StudyGraph, grouping: Grouping, open: ReadonlySet<string>, shown?: ReadonlySet<number>): Shape => {
  const groups = groupsOf(graph, grouping)
  const boxes = new Map<string, { id: string; kind: BoxKind; label: string; members: Array<number>; position: number }>()
  const boxOf = groups.map((own, item): number => {
    if (shown !== undefined && !shown.has(item)) return -1
    const node = graph.nodes[item]
    const name = node?.name ?? graph.files[item - graph.nodes.length]!.path
    const folded = own.find(({ id }) => !open.has(id))
    const { id, kind, label } = folded ?? { id: name, kind: node === undefined ? ("file" as const) : ("node" as const), label: name }
    let box = boxes.get(id)
    if (box === undefined) boxes.set(id, (box = { id, kind, label, members: [], position: boxes.size }))
    box.members.push(item)
    return box.position
  })
  const edges = new Map<number, { from: number; to: number; edges: Array<number> }>()
  for (const [i, origin] of graph.edges.from.entries()) {
    const [from, to] = [boxOf[origin]!, boxOf[graph.edges.to[i]!]!]
    if (from === -1 || to === -1 || from === to) continue
    const key = from * boxes.size + to
    const edge = edges.get(key)
    if (edge === undefined) edges.set(key, { from, to, edges: [i] })
    else edge.edges.push(i)
  }
  return { boxes: [...boxes.values()].map(({ id, kind, label, members }) => ({ id, kind, label, members })), edges: [...edges.values()], boxOf }
}

/** The groups that have to be open for a node or file to be seen by itself. */
export const groupsAround = (graph: StudyGraph, grouping: Grouping, item: number): ReadonlyArray<string> =>
  (groupsOf(graph, grouping)[item] ?? []).map(({ id }) => id)

/** So many boxes can be taken in without zooming. */
const TAKEN_IN = 70
/** How a study is grouped unless somebody says otherwise: not at all where it is small or nothing can be, by maps where that is enough, by layers where there are some. */
export const groupingFor = (graph: StudyGraph): Grouping => {
  if (graph.nodes.length <= TAKEN_IN / 2) return "nodes"
  const boxes = (grouping: Grouping) => shapeOf(graph, grouping, new Set()).boxes.length
  const [byMaps, byLayers] = [boxes("maps"), boxes("layers")]
  if (byMaps <= TAKEN_IN) return "maps"
  if (byLayers >= 4 && byLayers <= TAKEN_IN) return "layers"
  return byMaps === boxes("nodes") ? "nodes" : "maps"
}

/** The groupings of a study that make a difference, from the roughest to none. */
export const groupingsOf = (graph: StudyGraph): ReadonlyArray<Grouping> => {
  const byCount = new Map<number, Grouping>()
  for (const grouping of ["layers", "maps", "nodes"] as const) byCount.set(shapeOf(graph, grouping, new Set()).boxes.length, grouping)
  return [...byCount.values()]
}
