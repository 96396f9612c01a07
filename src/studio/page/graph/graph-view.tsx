import { useEffect, useLayoutEffect, useMemo } from "preact/hooks"
import type { StudyGraph } from "../../messages/graph.ts"
import { forgetFinished, live, liveNodes } from "../live.ts"
import { FailureNote } from "../shell/failure.tsx"
import { RunNote, useRun } from "../shell/use-run.tsx"
import { useAnswer } from "../use-answer.ts"
import type { ViewProps } from "../view-props.ts"
import { type Asked, type AskFor, askedIn, askFor as asking } from "./asked.ts"
import { Banner } from "./banner.tsx"
import { statesOf } from "./box-view.ts"
import { prepareLayout } from "./layout.ts"
import { NodeList } from "./node-list.tsx"
import { FilePanel, NodePanel } from "./panel.tsx"
import { DryRunNote } from "./run-control.tsx"
import { found } from "./search.ts"
import { groupingFor, groupingsOf } from "./shape.ts"
import type { State } from "./states.ts"
import { StudyPicture } from "./study-picture.tsx"
import { startTicking } from "./tick.ts"
import { Toolbar } from "./toolbar.tsx"
import { useShown } from "./use-shown.ts"
import { useWave } from "./use-wave.ts"

prepareLayout()

/** What an open group is called: a layer by its kind and how many nodes it has, since several may be of a kind. */
const labelOf =
  ({ layers, nodes }: StudyGraph) =>
  (group: string): string => {
    const at = layers.findIndex(({ kind, level }) => group === `layer: ${kind} ${level}`)
    return at === -1 ? group.replace(/^layer: /, "") : `${layers[at]!.kind} ${nodes.filter(({ layer }) => layer === at).length}`
  }

/** The keys of the whole view: `/` goes to the search. Keys of the picture are the picture's. */
const useSearchKey = () =>
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof Element && event.target.closest("input, textarea, select") !== null) return
      event.preventDefault()
      document.getElementById("graph-search")?.focus()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [])

/** The picture has all of the room that the frame leaves. */
const useWholeScreen = () =>
  useLayoutEffect(() => {
    const main = document.getElementById("content")!
    main.classList.add("graph-main")
    return () => main.classList.remove("graph-main")
  }, [])

/** The DAG of a study: how each node stands, what an edit disturbs, and what there is to do about it. */
export const GraphView = ({ route, study }: ViewProps) => {
  const asked = askedIn(route)
  const askFor = asking(study, asked)
  const { answer, asking: pending, failure } = useAnswer("graph", { study, all: asked.all })
  const graph = answer?.study === study ? answer : undefined
  useEffect(() => {
    if (graph !== undefined && !pending) forgetFinished()
  }, [graph, pending])
  useSearchKey()
  useWholeScreen()
  const runs = [...live.value.runs.values()].some(({ studies }) => studies.includes(study))
  useEffect(() => (runs ? startTicking() : undefined), [runs])
  return (
    <div class="graph-view">
      <h1 class="unseen">DAG of {study}</h1>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {graph === undefined ? (
        <p class="graph-waiting">{failure === undefined ? "The study is being read…" : ""}</p>
      ) : (
        <Graph graph={graph} asked={asked} askFor={askFor} />
      )}
    </div>
  )
}

const Graph = ({ asked, askFor, graph }: { readonly graph: StudyGraph; readonly asked: Asked; readonly askFor: AskFor }) => {
  const { study } = graph
  const nodes = liveNodes(study).value
  const goingOn = [...live.value.runs.values()].find(({ studies }) => studies.includes(study))
  const goesOn = goingOn !== undefined
  const states = useMemo((): ReadonlyArray<State> => statesOf(graph, nodes, goesOn), [graph, nodes, goesOn])
  const running = useRun(study)
  const readOnly = useAnswer("studies", {}, ["studies"]).answer?.readOnly ?? true
  const groupings = useMemo(() => groupingsOf(graph), [graph])
  const grouping = useMemo(() => asked.grouping ?? groupingFor(graph), [graph, asked.grouping])
  const matched = useMemo(() => found(graph, states, asked.search), [graph, states, asked.search])
  const shown = useShown(graph, asked.disturbed)
  const wave = useWave(graph)
  const dryRun = useAnswer("dry-run", asked.dry === undefined ? undefined : { study, nodes: asked.dry === "" ? [] : [asked.dry] })
  const dry = asked.dry !== undefined && dryRun.answer !== undefined && isOf(dryRun.answer.targets, asked.dry, graph) ? dryRun.answer : undefined
  const item = asked.node === undefined ? -1 : itemNamed(graph, asked.node)
  const isElsewhere = asked.node !== undefined && item === -1
  useEffect(() => {
    if (isElsewhere && graph.others > 0 && !asked.all) askFor({ all: true }, "replace")
  }, [isElsewhere, asked.all, graph])
  const begun = goingOn?.run
  useEffect(() => {
    // What would run is no question any more once it runs.
    if (begun !== undefined && asked.dry !== undefined) askFor({ dry: undefined }, "replace")
  }, [begun])
  const panel = { graph, asked, askFor, running, goesOn, readOnly, state: states[item] }
  return (
    <>
      <Toolbar
        asked={asked}
        askFor={askFor}
        graph={graph}
        grouping={grouping}
        groupings={groupings}
        labelOf={labelOf(graph)}
        matches={matched?.map((one) => matchOf(graph, states, one))}
        readOnly={readOnly}
        running={running}
        goingOn={goingOn}
        states={states}
      />
      <RunNote running={running} />
      {isElsewhere && (asked.all || graph.others === 0) ? <p class="graph-note">The study has no node and no source that is called “{asked.node}”.</p> : null}
      {asked.dry === undefined || dryRun.failure === undefined ? null : <FailureNote failure={dryRun.failure} />}
      {dry === undefined ? (
        <Banner graph={graph} states={states} goesOn={goesOn} disturbed={asked.disturbed} justNow={wave.size > 0} besidePanel={item !== -1} askFor={askFor} />
      ) : (
        <DryRunNote askFor={askFor} dry={asked.dry!} answer={dry} />
      )}
      <div class="graph-body">
        {asked.list ? (
          <NodeList study={study} asked={asked} graph={graph} states={states} items={matched ?? [...(shown ?? states.keys())]} />
        ) : (
          <StudyPicture
            graph={graph}
            asked={asked}
            askFor={askFor}
            grouping={grouping}
            shown={shown}
            states={states}
            live={nodes}
            matched={matched}
            would={dry?.nodes.map(({ node }) => node)}
            wave={wave}
            item={item}
          />
        )}
        {item === -1 ? null : item < graph.nodes.length ? <NodePanel {...panel} /> : <FilePanel {...panel} />}
      </div>
    </>
  )
}

/** Whether an answer is to what is asked now, and not to what was asked before. */
const isOf = (targets: ReadonlyArray<string>, dry: string, graph: StudyGraph): boolean => {
  const asked = new Set(dry === "" ? graph.nodes.flatMap(({ name, target }) => (target === true ? [name] : [])) : [dry])
  return targets.length === asked.size && targets.every((one) => asked.has(one))
}

const itemNamed = (graph: StudyGraph, name: string): number => {
  const node = graph.nodes.findIndex((one) => one.name === name)
  if (node !== -1) return node
  const file = graph.files.findIndex((one) => one.path === name)
  return file === -1 ? -1 : graph.nodes.length + file
}

const matchOf = (graph: StudyGraph, states: ReadonlyArray<State>, item: number) => {
  const node = graph.nodes[item]
  return { name: node?.name ?? graph.files[item - graph.nodes.length]!.path, stage: node?.stage ?? "file", state: states[item]! }
}
