import { useComputed, useSignal } from "@preact/signals"
import { useLayoutEffect, useRef } from "preact/hooks"
import type { StudyGraph } from "../../messages/graph.ts"
import { type BoxView, boxInWords } from "./box-view.ts"
import { including, meets, type Rectangle } from "./camera.ts"
import { FarBoxes } from "./far-boxes.tsx"
import { followGestures } from "./gestures.ts"
import { Minimap } from "./minimap.tsx"
import { PictureBox } from "./picture-box.tsx"
import { PictureEdges } from "./picture-edges.tsx"
import { boxTold, edgeTold } from "./told.ts"
import { Tooltip } from "./tooltip.tsx"
import type { Structure } from "./use-structure.ts"
import type { Viewport } from "./viewport.ts"
import { type Arrow, neighbourAt } from "./ways.ts"

/** So many boxes are elements of their own; more are drawn together. */
const ELEMENTS = 420
const ARROWS: ReadonlySet<string> = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"])
const PAN = 80
const STEP: Readonly<Record<Arrow, readonly [number, number]>> = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] }

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

const NONE: ReadonlySet<number> = new Set()

/** The DAG, drawn: boxes and edges, moved by mouse, fingers and keys. */
export const Picture = (props: PictureProps) => {
  const { graph, lit, onChoose, onLeave, selected, structure, views, viewport, wave, would } = props
  const { neighbours, paths, placement, shape, sizes } = structure
  const stage = useRef<HTMLDivElement>(null)
  const world = useRef<HTMLDivElement>(null)
  const cursor = useSignal<string | undefined>(undefined)
  const pointed = useSignal<{ readonly box: number } | { readonly edge: number; readonly x: number; readonly y: number } | undefined>(undefined)

  useLayoutEffect(() => {
    const element = stage.current!
    const measure = () => {
      viewport.screen.value = { width: element.clientWidth, height: element.clientHeight }
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    const stop = followGestures(element, {
      camera: () => viewport.camera.peek(),
      move: (camera) => {
        viewport.held = true
        pointed.value = undefined
        viewport.camera.value = camera
      }
    })
    // The camera moves the picture, and nothing is drawn again for it.
    const end = viewport.camera.subscribe(({ k, x, y }) => {
      world.current!.style.transform = `translate(${x}px, ${y}px) scale(${k})`
      world.current!.style.setProperty("--graph-k", String(k))
    })
    return () => {
      observer.disconnect()
      stop()
      end()
    }
  }, [viewport])

  const placeOf = (box: number): Rectangle => ({ x: placement.x[box]!, y: placement.y[box]!, ...sizes[box]! })
  const inSight = useComputed(() => {
    const drawn = viewport.drawn.value
    return { drawn, detail: viewport.detail.value }
  })
  const { detail, drawn } = inSight.value
  const near = shape.boxes.flatMap((_, box) => (meets(placeOf(box), drawn) ? [box] : []))
  const apart = detail !== "far" && near.length <= ELEMENTS
  const at = shape.boxes.findIndex(({ id }) => id === cursor.value)
  const current = at === -1 ? (selected ?? 0) : at
  const elements = [...new Set([...(apart ? near : []), current, ...(selected === undefined ? [] : [selected])])].filter((box) => box < shape.boxes.length)
  const dimmed = shape.boxes.map((_, box) => lit !== undefined && !lit.has(box))
  const told = pointed.value
  const focus = told !== undefined && "box" in told ? told.box : selected
  const strong =
    told !== undefined && "edge" in told
      ? new Set([told.edge])
      : focus === undefined
        ? NONE
        : new Set(shape.edges.flatMap(({ from, to }, i) => (from === focus || to === focus ? [i] : [])))

  const goToBox = (box: number) => {
    cursor.value = shape.boxes[box]!.id
    viewport.held = true
    viewport.camera.value = including(viewport.camera.peek(), placeOf(box), viewport.screen.peek())
    requestAnimationFrame(() => stage.current?.querySelector<HTMLElement>(`[data-box="${CSS.escape(shape.boxes[box]!.id)}"]`)?.focus({ preventScroll: true }))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (ARROWS.has(event.key)) {
      const arrow = event.key as Arrow
      event.preventDefault()
      if (event.target === stage.current) {
        const [x, y] = STEP[arrow]
        viewport.held = true
        viewport.camera.value = { ...viewport.camera.peek(), x: viewport.camera.peek().x + x, y: viewport.camera.peek().y + y }
        return
      }
      const next = neighbourAt(current, arrow, neighbours, sizes, placement)
      if (next !== undefined) goToBox(next)
    } else if (event.key === "Escape") {
      pointed.value = undefined
      onLeave()
    }
  }
  const underPointer = (event: PointerEvent): number | undefined => {
    const { left, top } = stage.current!.getBoundingClientRect()
    const { k, x, y } = viewport.camera.peek()
    const [px, py] = [(event.clientX - left - x) / k, (event.clientY - top - y) / k]
    const found = near.find(
      (box) => px >= placement.x[box]! && px <= placement.x[box]! + sizes[box]!.width && py >= placement.y[box]! && py <= placement.y[box]! + sizes[box]!.height
    )
    return found
  }
  const onPointerMove = (event: PointerEvent) => {
    if (event.buttons !== 0 || event.pointerType === "touch") return
    const box = event.target instanceof Element && event.target.closest("[data-still]") ? undefined : underPointer(event)
    if (box !== undefined) {
      if (pointed.peek() === undefined || !("box" in pointed.peek()!) || (pointed.peek() as { box: number }).box !== box) pointed.value = { box }
    } else if (pointed.peek() !== undefined && "box" in pointed.peek()!) pointed.value = undefined
  }
  const onClick = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("[data-still], [data-box]")) return
    const box = apart ? undefined : underPointer(event as PointerEvent)
    if (box === undefined) onLeave()
    else onChoose(box)
  }
  const onPointEdge = useRef((edge: number | undefined) => {
    const now = lastPointer.current
    pointed.value = edge === undefined ? undefined : { edge, ...now }
  })
  const lastPointer = useRef({ x: 0, y: 0 })
  const notePointer = (event: PointerEvent) => {
    const { left, top } = stage.current!.getBoundingClientRect()
    lastPointer.current = { x: event.clientX - left, y: event.clientY - top }
  }
  const words = (box: number) => boxInWords(views[box]!, neighbours.inputs[box]!.length, neighbours.readers[box]!.length)
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
      onPointerMoveCapture={notePointer}
      onPointerLeave={() => (pointed.value = undefined)}
      onClick={onClick}
    >
      <div class="graph-world" ref={world}>
        <svg class="graph-edges" width="1" height="1" aria-hidden="true">
          <PictureEdges paths={paths} drawn={drawn} apart={apart} strong={strong} dimmed={lit !== undefined} onPoint={onPointEdge.current} />
          {apart ? null : <FarBoxes states={views.map(({ state }) => state)} sizes={sizes} placement={placement} dimmed={dimmed} />}
        </svg>
        {elements.map((box) => (
          <PictureBox
            key={shape.boxes[box]!.id}
            view={views[box]!}
            place={placeOf(box)}
            words={words(box)}
            current={box === current}
            selected={box === selected}
            dimmed={dimmed[box]!}
            would={would?.has(box) === true}
            wave={wave.get(box)}
            onClick={() => onChoose(box)}
            onFocus={() => {
              cursor.value = shape.boxes[box]!.id
              pointed.value = { box }
            }}
          />
        ))}
      </div>
      <Pointed {...props} told={told} />
      <Minimap placement={placement} sizes={sizes} states={views.map(({ state }) => state)} dimmed={dimmed} viewport={viewport} />
    </div>
  )
}

type Told = { readonly box: number } | { readonly edge: number; readonly x: number; readonly y: number } | undefined

/** What is pointed at, or has the focus, in full. */
const Pointed = ({ graph, structure, told, viewport, views }: PictureProps & { readonly told: Told }) => {
  if (told === undefined) return null
  const within = viewport.screen.value
  if ("edge" in told) {
    const edge = structure.shape.edges[told.edge]
    return edge === undefined ? null : <Tooltip {...edgeTold(graph, structure.shape, edge)} x={told.x + 12} y={told.y + 14} within={within} />
  }
  const view = views[told.box]
  if (view === undefined) return null
  const { k, x, y } = viewport.camera.value
  const { placement, sizes } = structure
  return (
    <Tooltip {...boxTold(graph, view)} x={placement.x[told.box]! * k + x} y={(placement.y[told.box]! + sizes[told.box]!.height) * k + y + 8} within={within} />
  )
}
