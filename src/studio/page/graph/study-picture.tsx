import { useEffect, useMemo, useRef } from "preact/hooks"
import type { StudyGraph } from "../../messages/graph.ts"
import type { LiveNode } from "../live-runs.ts"
import type { Asked, AskFor } from "./asked.ts"
import { boxViews } from "./box-view.ts"
import { Picture } from "./picture.tsx"
import { type Grouping, groupsAround } from "./shape.ts"
import type { State } from "./states.ts"
import { allOf, useCamera } from "./use-camera.ts"
import { useStructure } from "./use-structure.ts"
import { makeViewport } from "./viewport.ts"
import { depthsBelow, wayThrough } from "./ways.ts"
import { useZoomKeys, ZoomButtons } from "./zoom.tsx"

interface StudyPictureProps {
  readonly graph: StudyGraph
  readonly asked: Asked
  readonly askFor: AskFor
  readonly grouping: Grouping
  readonly shown: ReadonlySet<number> | undefined
  readonly states: ReadonlyArray<State>
  readonly live: ReadonlyMap<string, LiveNode>
  /** Positions in the nodes followed by the files. */
  readonly matched: ReadonlyArray<number> | undefined
  readonly would: ReadonlyArray<string> | undefined
  readonly wave: ReadonlySet<string>
  /** What is chosen; -1 for nothing. */
  readonly item: number
}

/** The picture of a study, as it is asked for. */
export const StudyPicture = (props: StudyPictureProps) => {
  const { asked, askFor, graph, grouping, item, live, matched, shown, states, wave, would } = props
  const structure = useStructure(graph, grouping, asked.open, shown)
  const of = JSON.stringify([graph.study, grouping, [...asked.open].sort(), asked.disturbed, asked.all])
  const viewport = useMemo(() => makeViewport(of), [graph.study])
  const last = useRef(of)
  last.current = of
  useEffect(() => () => viewport.end(last.current), [viewport])
  const unfolded = useRef<ReadonlyArray<number> | undefined>(undefined)
  useCamera(viewport, structure, item, unfolded)
  const fitAll = () => {
    viewport.held = false
    if (structure !== undefined) viewport.camera.value = allOf(structure, viewport.screen.peek())
  }
  useZoomKeys(viewport, fitAll)
  // What is chosen is seen by itself, whatever it was folded into or left out of.
  const foldedInto = item === -1 ? [] : groupsAround(graph, grouping, item).filter((group) => !asked.open.has(group))
  const leftOut = item !== -1 && shown?.has(item) === false
  useEffect(() => {
    if (foldedInto.length > 0 || leftOut) askFor({ open: new Set([...asked.open, ...foldedInto]), ...(leftOut ? { disturbed: false } : {}) }, "replace")
  }, [foldedInto.join("\n"), leftOut])
  // Folded or regrouped, it is looked at anew.
  const begun = useRef(of)
  useEffect(() => {
    if (begun.current !== of && unfolded.current === undefined && item === -1) viewport.held = false
    begun.current = of
  }, [of])

  const views = useMemo(() => (structure === undefined ? [] : boxViews(graph, structure.shape, states, live)), [graph, structure?.shape, states, live])
  const boxesOf = (items: Iterable<number>) => new Set([...items].flatMap((one) => (structure!.shape.boxOf[one] === -1 ? [] : [structure!.shape.boxOf[one]!])))
  const named = (names: Iterable<string>) => {
    const positions = new Map([...graph.nodes.map(({ name }) => name), ...graph.files.map(({ path }) => path)].map((name, i) => [name, i]))
    return boxesOf([...names].flatMap((name) => positions.get(name) ?? []))
  }
  const selected = structure === undefined || item === -1 || structure.shape.boxOf[item] === -1 ? undefined : structure.shape.boxOf[item]
  const wouldRun = useMemo(() => (structure === undefined || would === undefined ? undefined : named(would)), [structure, would])
  const lit = useMemo(() => {
    if (structure === undefined) return undefined
    if (matched !== undefined) return boxesOf(matched)
    if (wouldRun !== undefined) return wouldRun
    return item === -1 ? undefined : boxesOf(wayThrough(item, graph))
  }, [structure, matched, wouldRun, item])
  const waves = useMemo(() => {
    if (structure === undefined || wave.size === 0) return NO_WAVE
    const boxes = named(wave)
    const edited = [...boxes].filter((box) => views[box]?.touched || views[box]?.state === "edited" || views[box]?.state === "missing")
    const depths = depthsBelow(edited, structure.neighbours)
    return new Map([...boxes].map((box) => [box, depths.get(box) ?? 0]))
  }, [structure, wave])

  if (structure === undefined) return <div class="graph-picture" />
  const onChoose = (box: number) => {
    const { id, kind, members } = structure.shape.boxes[box]!
    if (kind === "node" || kind === "file") return askFor({ node: id })
    unfolded.current = members
    askFor({ open: new Set([...asked.open, id]), node: undefined })
  }
  return (
    <div class="graph-picture">
      <Picture
        graph={graph}
        structure={structure}
        views={views}
        viewport={viewport}
        selected={selected}
        lit={lit}
        would={wouldRun}
        wave={waves}
        onChoose={onChoose}
        onLeave={() => {
          if (asked.node !== undefined) askFor({ node: undefined })
        }}
      />
      <ZoomButtons viewport={viewport} fitAll={fitAll} />
    </div>
  )
}

const NO_WAVE: ReadonlyMap<number, number> = new Map()
