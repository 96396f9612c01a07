import { useSignal } from "@preact/signals"
import { useMemo } from "preact/hooks"
import type { StudyGraph } from "../../messages/graph.ts"
import { type BoxView, boxInWords } from "./box-view.ts"
import { including, meets, moved, type Rectangle } from "./camera.ts"
import { FarBoxes, FarWave } from "./far-boxes.tsx"
import { focusBox } from "./focus-box.ts"
import { Minimap } from "./minimap.tsx"
import { PictureBox } from "./picture-box.tsx"
import { PictureEdges } from "./picture-edges.tsx"
import { PointedAt } from "./pointed-at.tsx"
import { type Pointed, usePointing, useStage } from "./use-stage.ts"
import { useSteady } from "./use-steady.ts"
import type { Structure } from "./use-structure.ts"
import type { Viewport } from "./viewport.ts"
import { type Arrow, neighbourAt } from "./ways.ts"

/** So many boxes are elements of their own; more are drawn together. */
const ELEMENTS = 240
const PAN = 80
const STEP: Readonly<Record<Arrow, readonly [number, number]>> = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] }
const isArrow = (key: string): key is Arrow => Object.hasOwn(STEP, key)

export interface PictureProps {
  readonly graph: StudyGraph
  readonly structure: Structure
  readonly views: ReadonlyArray<BoxView>
  readonly viewport: Viewport
  /** Positions of boxes. */
  readonly selected: number | undefined
  /** Those that stay in colour; all where it is undefined. */
  readonly lit: ReadonlySet<number> | undefined
  readonly would: ReadonlySet<number> | undefined
  readonly wave: ReadonlyMap<number, number>
  readonly onChoose: (box: number) => void
  readonly onLeave: () => void
}

/** Of what is chosen, the panel tells all. */
const isSelected = (pointed: Pointed, selected: number | undefined): boolean => pointed !== undefined && "box" in pointed && pointed.box === selected

/** The edges that stand out: the one that is pointed at, or those of a box. */
const strongEdges = ({ shape }: Structure, pointed: Pointed, selected: number | undefined): ReadonlySet<number> => {
  if (pointed !== undefined && "edge" in pointed) return new Set([pointed.edge])
  const box = pointed?.box ?? selected
  return new Set(box === undefined ? [] : shape.edges.flatMap(({ from, to }, i) => (from === box || to === box ? [i] : [])))
}

/** The DAG, drawn: boxes and edges, moved by mouse, fingers and keys. */
export const Picture = ({ graph, lit, onChoose, onLeave, selected, structure, views, viewport, wave, would }: PictureProps) => {
  const { neighbours, placement, shape, sizes } = structure
  const pointed = useSignal<Pointed>(undefined)
  const { stage, world } = useStage(viewport, pointed)
  const { boxAt, onPointEdge, onPointerMove } = usePointing(viewport, structure, stage, pointed)
  const { cursor } = viewport
  const drawn = viewport.drawn.value
  const detail = viewport.detail.value
  const told = pointed.value

  const placeOf = (box: number): Rectangle => ({ x: placement.x[box]!, y: placement.y[box]!, ...sizes[box]! })
  const near = useMemo(() => shape.boxes.flatMap((_, box) => (meets(placeOf(box), drawn) ? [box] : [])), [structure, drawn])
  const states = useMemo(() => views.map(({ state }) => state), [views])
  // What runs is seen to, whatever else is looked at.
  const dimmed = useMemo(() => states.map((state, box) => lit !== undefined && !lit.has(box) && state !== "running"), [states, lit])
  const strong = useMemo(() => strongEdges(structure, told, selected), [structure, told, selected])
  const at = shape.boxes.findIndex(({ id }) => id === cursor.value)
  const current = at === -1 ? (selected ?? 0) : at
  const apart = detail !== "far" && near.length <= ELEMENTS
  const elements = [...new Set([...(apart ? near : []), current, ...(selected === undefined ? [] : [selected])])].filter((box) => box < shape.boxes.length)
  const choose = useSteady(onChoose)
  const look = useSteady((box: number, isKeyboard: boolean) => {
    cursor.value = shape.boxes[box]!.id
    if (isKeyboard) pointed.value = { box }
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === "Escape") {
      pointed.value = undefined
      onLeave()
    } else if (isArrow(event.key)) {
      event.preventDefault()
      viewport.held = true
      if (event.target === stage.current) {
        viewport.camera.value = moved(viewport.camera.peek(), ...STEP[event.key])
        return
      }
      const next = neighbourAt(current, event.key, neighbours, sizes, placement)
      if (next === undefined) return
      cursor.value = shape.boxes[next]!.id
      viewport.camera.value = including(viewport.camera.peek(), placeOf(next), viewport.screen.peek())
      focusBox(shape.boxes[next]!.id)
    }
  }
  const onClick = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("[data-still], [data-box]") !== null) return
    const box = apart ? undefined : boxAt(event)
    if (box === undefined) onLeave()
    else onChoose(box)
  }
  return (
    <div
      ref={stage}
      class={`graph-stage graph-${detail}`}
      role="application"
      aria-label={`DAG of ${graph.study}: arrow keys move it; Tab goes to its boxes, among which arrow keys lead to inputs and readers, Enter opens`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by the arrow keys
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerMove={onPointerMove}
      onPointerLeave={() => (pointed.value = undefined)}
      onClick={onClick}
    >
      <div class="graph-world" ref={world}>
        <svg class="graph-edges" width="1" height="1" aria-hidden="true">
          <PictureEdges paths={placement.paths} drawn={drawn} apart={apart} strong={strong} dimmed={lit !== undefined} onPoint={onPointEdge} />
          {apart ? null : <FarBoxes states={states} sizes={sizes} placement={placement} dimmed={dimmed} />}
          {apart || wave.size === 0 ? null : <FarWave boxes={[...wave.keys()]} sizes={sizes} placement={placement} />}
        </svg>
        {elements.map((box) => (
          <PictureBox
            key={shape.boxes[box]!.id}
            box={box}
            view={views[box]!}
            x={placement.x[box]!}
            y={placement.y[box]!}
            size={sizes[box]!}
            words={boxInWords(views[box]!, neighbours.inputs[box]!.length, neighbours.readers[box]!.length)}
            current={box === current}
            selected={box === selected}
            dimmed={dimmed[box]!}
            would={would?.has(box) === true}
            wave={wave.get(box)}
            onChoose={choose}
            onLook={look}
          />
        ))}
      </div>
      <PointedAt graph={graph} structure={structure} views={views} viewport={viewport} pointed={isSelected(told, selected) ? undefined : told} />
      <Minimap placement={placement} sizes={sizes} states={states} dimmed={dimmed} viewport={viewport} />
    </div>
  )
}
