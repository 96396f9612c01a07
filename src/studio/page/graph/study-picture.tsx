import { useEffect, useMemo, useRef } from "preact/hooks"
import type { StudyGraph } from "../../messages/graph.ts"
import type { LiveNode } from "../live-runs.ts"
import type { Asked, AskFor } from "./asked.ts"
import { boxViews } from "./box-view.ts"
import { type Camera, centred, type Extent, fitted, type Rectangle, seen } from "./camera.ts"
import { focusBox, Picture } from "./picture.tsx"
import { type Grouping, groupsAround } from "./shape.ts"
import type { State } from "./states.ts"
import { type Structure, useStructure } from "./use-structure.ts"
import { makeViewport, type Viewport } from "./viewport.ts"
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

/** Where all can be read, and where names can. */
const READABLE = 0.8
const READABLE_ENOUGH = 0.6
const NAMES = 0.45
/** A screen on which the panel is a sheet that leaves so much of the picture free. */
const NARROW = 768
const BESIDE_SHEET = 0.38
/** So few boxes are looked at one by one. */
const FEW = 70

const around = ({ placement, sizes }: Structure, boxes: ReadonlyArray<number>): Rectangle => {
  const left = Math.min(...boxes.map((box) => placement.x[box]!))
  const top = Math.min(...boxes.map((box) => placement.y[box]!))
  return {
    x: left,
    y: top,
    width: Math.max(...boxes.map((box) => placement.x[box]! + sizes[box]!.width)) - left,
    height: Math.max(...boxes.map((box) => placement.y[box]! + sizes[box]!.height)) - top
  }
}

/** All of it; where that is a few boxes on a screen that is too narrow for them, its beginning, in a size that can be read. */
const allOf = ({ placement: { height, width }, shape }: Structure, screen: Extent): Camera => {
  const all = { x: 0, y: 0, width, height }
  const camera = fitted(all, screen)
  if (camera.k >= NAMES || shape.boxes.length > FEW) return camera
  const k = Math.max(camera.k, Math.min(NAMES, (screen.height - 48) / height))
  return { ...centred(all, screen, k), ...(width * k > screen.width ? { x: 16 } : {}) }
}

/** Looks at all of it, until somebody moves it; at what was unfolded, and at what is chosen. */
const useCamera = (viewport: Viewport, structure: Structure | undefined, item: number, unfolded: { current: ReadonlyArray<number> | undefined }) => {
  const size = viewport.screen.value
  const placement = structure?.placement
  useEffect(() => {
    if (structure === undefined || size.width === 0) return
    if (unfolded.current !== undefined) {
      const boxes = [...new Set(unfolded.current.map((one) => structure.shape.boxOf[one]!))].filter((box) => box !== undefined && box !== -1)
      unfolded.current = undefined
      // Who opened a group by a key goes on in it.
      const first = boxes[0] === undefined ? undefined : structure.shape.boxes[boxes[0]]!.id
      viewport.cursor.value = first
      if (first !== undefined && document.activeElement === document.body) focusBox(first)
      const all = allOf(structure, size)
      viewport.held = boxes.length > 0 && all.k < READABLE_ENOUGH
      viewport.camera.value = viewport.held ? fitted(around(structure, boxes), size) : all
    } else if (!viewport.held) viewport.camera.value = allOf(structure, size)
  }, [placement, size.width, size.height])
  const box = structure?.shape.boxOf[item] ?? -1
  useEffect(() => {
    if (structure === undefined || box === -1 || size.width === 0) return
    const [camera, place] = [viewport.camera.peek(), around(structure, [box])]
    // On a phone, the panel lies over the lower part of it.
    const free = size.width < NARROW ? { width: size.width, height: size.height * BESIDE_SHEET } : size
    const now = seen(camera, free)
    const isSeen = place.x >= now.x && place.y >= now.y && place.x + place.width <= now.x + now.width && place.y + place.height <= now.y + now.height
    if (isSeen && camera.k >= READABLE / 2) return
    viewport.held = true
    viewport.camera.value = centred(place, free, Math.max(camera.k, READABLE))
  }, [box, placement, size.width])
}

/** The picture of a study, as it is asked for. */
export const StudyPicture = (props: StudyPictureProps) => {
  const { asked, askFor, graph, grouping, item, live, matched, shown, states, wave, would } = props
  const structure = useStructure(graph, grouping, asked.open, shown)
  const viewport = useMemo(makeViewport, [graph.study])
  useEffect(() => viewport.end, [viewport])
  const unfolded = useRef<ReadonlyArray<number> | undefined>(undefined)
  useCamera(viewport, structure, item, unfolded)
  const fitAll = () => {
    viewport.held = false
    if (structure !== undefined) viewport.camera.value = allOf(structure, viewport.screen.peek())
  }
  useZoomKeys(viewport, fitAll)
  // What is chosen is seen by itself, whatever it was folded into or left out of.
  const around_ = item === -1 ? [] : groupsAround(graph, grouping, item).filter((group) => !asked.open.has(group))
  const hidden = around_.join("\n")
  useEffect(() => {
    if (around_.length > 0) askFor({ open: new Set([...asked.open, ...around_]) }, "replace")
  }, [hidden])
  // Folded or regrouped, it is looked at anew.
  const folds = `${grouping} ${asked.open.size} ${asked.disturbed}`
  useEffect(() => {
    if (unfolded.current === undefined && item === -1) viewport.held = false
  }, [folds])

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
