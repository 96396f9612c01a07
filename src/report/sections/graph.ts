import { originsOf } from "../../dag/dag.ts"
import { nameBeforeKey } from "../../engine/chain.ts"
import { count, duration, moment, size } from "../../engine/wording.ts"
import { type DrawnGraph, type DrawnNode, distinctEdges, type NodeState } from "../../render/graph/graph.ts"
import { graphSvg } from "../../render/graph/graph-svg.ts"
import { type Block, folded, grid, paragraph, type Section, type Text } from "../document.ts"
import type { NodeFacts, StudyFacts } from "../facts.ts"

/** Above so many nodes, those of a map are drawn as one; above the second number, there is no picture at all. */
const EACH = 40
const DRAWN = 250

const WORST: ReadonlyArray<NodeState> = ["failed", "stale", "unknown", "fresh"]
const stateOf = ({ standing }: NodeFacts): NodeState => (standing === "blocked" ? "failed" : standing === "missing" ? "stale" : standing)
const worst = (states: ReadonlyArray<NodeState>): NodeState => WORST.find((state) => states.includes(state)) ?? "fresh"

/** The DAG with each map's nodes as one, if it is large. Files stand in it where few enough. */
const drawn = ({ nodes, study }: StudyFacts): DrawnGraph => {
  const nameOf = nodes.length > EACH ? nameBeforeKey : (name: string) => name
  const groups = [...Map.groupBy(nodes, ({ name }) => nameOf(name))]
  const labels = new Map(groups.map(([name, own]) => [name, own.length === 1 ? own[0]!.name : `${name} (${own.length})`]))
  const labelOf = (name: string) => labels.get(nameOf(name)) ?? name
  const names = new Set(nodes.map(({ name }) => name))
  const sources = [...new Set(nodes.flatMap((node) => originsOf(node).filter((origin) => !names.has(origin))))]
  const files = groups.length + sources.length > EACH ? [] : sources
  return {
    title: study,
    nodes: [
      ...files.map((name): DrawnNode => ({ name, stage: "", state: "source" })),
      ...groups.map(([name, own]): DrawnNode => ({ name: labels.get(name)!, stage: own[0]!.stage, state: worst(own.map(stateOf)) }))
    ],
    edges: nodes
      .flatMap((node) => originsOf(node).map((from) => ({ from: names.has(from) ? labelOf(from) : from, to: labelOf(node.name) })))
      .filter(({ from, to }) => from !== to)
  }
}

const picture = (facts: StudyFacts): ReadonlyArray<Block> => {
  const graph = drawn(facts)
  if (graph.nodes.length === 0) return []
  const whole = facts.command("graph", "--format", "svg", "-o", "graph.svg")
  if (graph.nodes.length > DRAWN)
    return [paragraph([`${count(facts.nodes.length, "node")} are too many for a picture here: `, { code: whole }, " draws them."])]
  const alt = `The DAG of ${facts.study}: ${count(graph.nodes.length, "box", "boxes")} and ${count(distinctEdges(graph).length, "arrow")}, from files on the left to results on the right. The list of nodes says the same.`
  const caption = `What rests on what, from left to right${facts.nodes.length > EACH ? "; nodes of a map stand together, with their number" : ""}.`
  return [{ block: "picture", name: "dag", svg: graphSvg(graph), alt, caption, notes: [], wide: true }, paragraph(["Each node by itself: ", { code: whole }])]
}

const rowOf = ({ bytes, made, ms, name, place, stage, standing }: NodeFacts): ReadonlyArray<Text> => [
  [{ code: name }],
  stage,
  standing,
  ms === undefined ? "" : duration(ms),
  bytes === undefined ? "" : size(bytes),
  made === undefined ? "" : moment(made.at),
  place === undefined ? "" : `${place.file}:${place.line}`
]

/** The picture of the DAG, and every node by its stage: state, time, size, when it was made. */
export const graph = (facts: StudyFacts): Section => {
  const stages = [...Map.groupBy(facts.nodes, ({ stage }) => stage).values()]
  const work = facts.nodes.reduce((sum, { ms = 0 }) => sum + ms, 0)
  const bytes = facts.nodes.reduce((sum, { bytes: one = 0 }) => sum + one, 0)
  const shown = picture(facts)
  const list = grid(
    "Nodes, those of a stage together",
    ["Node", "|Stage", "State", ">Time", ">Size", ">Made", ">Placed at"],
    stages.flatMap((own) => own.map(rowOf))
  )
  return {
    id: "dag",
    title: "How results rest on each other",
    blocks: [
      paragraph(
        `${count(facts.nodes.length, "node")} of ${count(stages.length, "stage")}; making them took ${duration(work)} of work, and they are ${size(bytes)}.`
      ),
      ...(shown.length === 0 ? [] : [folded("The DAG as a picture", ...shown)]),
      ...(list.length === 0 ? [] : [folded("Every node, by stage", ...list)])
    ]
  }
}
