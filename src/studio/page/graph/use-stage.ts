import { type Signal, useSignal } from "@preact/signals"
import type { RefObject } from "preact"
import { useCallback, useLayoutEffect, useRef } from "preact/hooks"
import { followGestures } from "./gestures.ts"
import type { Structure } from "./use-structure.ts"
import type { Viewport } from "./viewport.ts"

/** A box, or an edge and where the pointer is. */
export type Pointed = { readonly box: number } | { readonly edge: number; readonly x: number; readonly y: number } | undefined

/** The elements that a picture is moved in: how large the screen is, what gestures do, and that the camera moves the world. */
export const useStage = (
  viewport: Viewport,
  pointed: Signal<Pointed>
): { readonly stage: RefObject<HTMLDivElement | null>; readonly world: RefObject<HTMLDivElement | null> } => {
  const stage = useRef<HTMLDivElement>(null)
  const world = useRef<HTMLDivElement>(null)
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
    // The camera moves the world, and nothing is drawn again for it.
    const end = viewport.camera.subscribe(({ k, x, y }) => {
      world.current!.style.transform = `translate(${x}px, ${y}px) scale(${k})`
      world.current!.style.setProperty("--graph-k", String(k))
    })
    return () => {
      observer.disconnect()
      stop()
      end()
    }
  }, [viewport, pointed])
  return { stage, world }
}

/** What is pointed at: boxes by where they are, so that it is the same whether they are elements or not; edges by what reaches beyond them. */
export const usePointing = (viewport: Viewport, { placement, sizes }: Structure, stage: RefObject<HTMLDivElement | null>, pointed: Signal<Pointed>) => {
  const last = useSignal({ x: 0, y: 0 })
  const boxAt = (event: MouseEvent): number | undefined => {
    const { left, top } = stage.current!.getBoundingClientRect()
    const { k, x, y } = viewport.camera.peek()
    const [px, py] = [(event.clientX - left - x) / k, (event.clientY - top - y) / k]
    const found = sizes.findIndex(
      ({ height, width }, box) => px >= placement.x[box]! && px <= placement.x[box]! + width && py >= placement.y[box]! && py <= placement.y[box]! + height
    )
    return found === -1 ? undefined : found
  }
  const onPointerMove = (event: PointerEvent) => {
    const { left, top } = stage.current!.getBoundingClientRect()
    last.value = { x: event.clientX - left, y: event.clientY - top }
    if (event.buttons !== 0 || event.pointerType === "touch") return
    const box = event.target instanceof Element && event.target.closest("[data-still]") !== null ? undefined : boxAt(event)
    const now = pointed.peek()
    const before = now !== undefined && "box" in now ? now.box : undefined
    if (box === before) return
    pointed.value = box === undefined ? undefined : { box }
  }
  const onPointEdge = useCallback(
    (edge: number | undefined) => {
      pointed.value = edge === undefined ? undefined : { edge, ...last.peek() }
    },
    [pointed, last]
  )
  return { boxAt, onPointerMove, onPointEdge }
}
