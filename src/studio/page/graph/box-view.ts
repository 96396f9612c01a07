/** What each box of a picture shows today: how it stands, and what it says. */
import type { StudyGraph } from "../../messages/graph.ts"
import type { LiveNode } from "../live-runs.ts"
import type { Box, Shape } from "./shape.ts"
import { type Counts, countStates, countsInWords, foremost, inWords, type State } from "./states.ts"
import { textWidth } from "./text-width.ts"
import { duration } from "./wording.ts"

export interface BoxView {
  readonly box: Box
  readonly state: State
  readonly counts: Counts
  /** Under the name. */
  readonly second: string
  /** Why it is not fresh: sentences. */
  readonly why: ReadonlyArray<string>
  /** Whether an edit touched it, or one in it, itself. */
  readonly touched: boolean
  readonly warnings: number
  /** When it was started, and how long it is expected to take, where it runs. */
  readonly running: { readonly at: number; readonly expected: number | undefined } | undefined
}

const AFTER: Readonly<Record<LiveNode["state"], State | undefined>> = {
  running: "running",
  ran: "fresh",
  fresh: "fresh",
  failed: "failed",
  blocked: "blocked",
  skipped: "skipped",
  cancelled: undefined
}

/** How nodes and files stand: as a run that goes on has left them, or else as they were last asked for. What failed, or waited for that, is due again in a run that has yet to come to it, unless it cannot run. */
export const statesOf = (graph: StudyGraph, live: ReadonlyMap<string, LiveNode>, goesOn: boolean): ReadonlyArray<State> => [
  ...graph.nodes.map(({ name, plan, state }) => {
    const now = live.get(name)
    return (now && AFTER[now.state]) ?? (goesOn && (state === "failed" || state === "blocked") ? (plan ?? state) : state)
  }),
  ...graph.files.map(({ state }) => state)
]

const listed = (names: ReadonlyArray<string>): string => [...new Set(names.map((name) => name.replace(/\[.*$/s, "[…]")))].join(", ")

const secondOf = (graph: StudyGraph, box: Box, state: State, counts: Counts): string => {
  const item = box.members[0]!
  const node = graph.nodes[item]
  switch (box.kind) {
    case "node": {
      const { ms, name, stage, touched = [] } = node!
      const of = stage === name ? [] : [stage]
      const told = state === "fresh" ? [...of, ...(ms === undefined ? [] : [duration(ms)])] : [inWords(state), ...(state === "stale" ? touched : []), ...of]
      return told.join(" · ")
    }
    case "file": {
      const { files } = graph.files[item - graph.nodes.length]!
      return [...(files === undefined ? [] : [`${files} files`]), ...(state === "source" ? [] : [inWords(state)])].join(" · ")
    }
    case "files":
      return counts.size === 1 && state === "source" ? `${box.members.length} files` : countsInWords(counts)
    case "map":
      return counts.size === 1 ? `${box.members.length} × ${node!.stage}${state === "fresh" ? "" : ` · ${inWords(state)}`}` : countsInWords(counts)
    case "layer":
      return listed(box.members.map((one) => graph.nodes[one]?.name ?? graph.files[one - graph.nodes.length]!.path.replace(/^.*[/\\]/, "")))
  }
}

/** What the boxes show. */
export const boxViews = (graph: StudyGraph, { boxes }: Shape, states: ReadonlyArray<State>, live: ReadonlyMap<string, LiveNode>): ReadonlyArray<BoxView> =>
  boxes.map((box): BoxView => {
    const counts = countStates(box.members.map((item) => states[item]!))
    const state = foremost(counts)
    const nodes = box.members.flatMap((item) => graph.nodes[item] ?? [])
    const own = box.kind === "node" ? nodes[0]! : undefined
    const running = own && state === "running" ? live.get(own.name) : undefined
    return {
      box,
      state,
      counts,
      second: secondOf(graph, box, state, counts),
      why: state === "fresh" || state === "running" ? [] : [...new Set(nodes.flatMap(({ why = [] }) => why.map((one) => graph.texts[one]!)))],
      touched: nodes.some(({ touched = [] }) => touched.some((word) => word !== "new")) && state !== "fresh",
      warnings: nodes.reduce((sum, { warnings = 0 }) => sum + warnings, 0),
      running: running && { at: running.at, expected: own?.ms }
    }
  })

/** What is heard of a box after what stands in it. */
export const boxInWords = ({ box, counts, state, why }: BoxView, inputs: number, readers: number): string => {
  const what = {
    node: inWords(state),
    file: `file, ${inWords(state)}`,
    map: `map, ${countsInWords(counts)}`,
    layer: `layer, ${countsInWords(counts)}`,
    files: `files, ${countsInWords(counts)}`
  }[box.kind]
  return `, ${what}${why.length === 0 ? "" : `, ${why[0]}`}; reads ${inputs}, read by ${readers}`
}

const NAME = "600 13px"
const SECOND = "11px"
const HEIGHTS: Readonly<Record<Box["kind"], number>> = { node: 42, file: 32, map: 50, layer: 62, files: 42 }
/** What the sign of a warning takes, in whatever state the node is. */
const BESIDE_NAME = 6
const [NARROWEST, WIDEST] = [96, 232]

/** How large a box is: by what stays as it is when only states change. */
export const boxSize = (graph: StudyGraph, box: Box): { readonly width: number; readonly height: number } => {
  const stage = box.kind === "node" || box.kind === "map" ? graph.nodes[box.members[0]!]!.stage : ""
  const room = box.kind === "node" ? " · 000 ms" : box.kind === "map" ? "00 × " : ""
  const name = textWidth(box.label.replace(/^.*[/\\](?=.)/, ""), NAME)
  const second = Math.max(textWidth(stage + room, SECOND), textWidth(inWords("unknown"), SECOND))
  const width = {
    layer: 190,
    file: name + textWidth(` ${inWords("missing")}`, SECOND) + 44,
    node: Math.max(name + BESIDE_NAME, second) + 46,
    map: Math.max(name + 28, second) + 46,
    files: Math.max(name + 28, second) + 46
  }[box.kind]
  return { width: Math.ceil(Math.min(WIDEST, Math.max(NARROWEST, width))), height: HEIGHTS[box.kind] }
}
