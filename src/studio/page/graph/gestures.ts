/** What mouse, fingers and wheel do to the camera. A press that moves is no click. */
import { type Camera, moved, zoomed } from "./camera.ts"

export interface Gestured {
  readonly camera: () => Camera
  readonly move: (camera: Camera) => void
}

/** So many pixels make a press a drag. */
const DRAG = 4

/** Follows gestures on an element until what it returns is called. */
export const followGestures = (element: HTMLElement, { camera, move }: Gestured): (() => void) => {
  const pressed = new Map<number, { x: number; y: number }>()
  let dragged = 0
  let isDrag = false
  const place = (event: { clientX: number; clientY: number }) => {
    const { left, top } = element.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const middleOf = (points: ReadonlyArray<{ x: number; y: number }>) => ({
    x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
    y: points.reduce((sum, { y }) => sum + y, 0) / points.length
  })
  const apart = ([a, b]: ReadonlyArray<{ x: number; y: number }>) => (a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y))
  const isOutside = (event: Event) => event.target instanceof Element && event.target.closest("[data-still]") !== null

  const down = (event: PointerEvent) => {
    if (isOutside(event) || (event.pointerType === "mouse" && event.button !== 0)) return
    if (pressed.size === 0) {
      dragged = 0
      isDrag = false
    }
    pressed.set(event.pointerId, place(event))
  }
  const pull = (event: PointerEvent) => {
    const before = pressed.get(event.pointerId)
    if (before === undefined) return
    const old = [...pressed.values()]
    const now = place(event)
    pressed.set(event.pointerId, now)
    const all = [...pressed.values()]
    dragged += Math.hypot(now.x - before.x, now.y - before.y)
    if (!isDrag && dragged < DRAG) return
    if (!isDrag) {
      isDrag = true
      element.setPointerCapture(event.pointerId)
      element.classList.add("graph-dragging")
    }
    const [from, to] = [middleOf(old), middleOf(all)]
    const shifted = moved(camera(), to.x - from.x, to.y - from.y)
    move(all.length > 1 && apart(old) > 0 ? zoomed(shifted, apart(all) / apart(old), to) : shifted)
  }
  const up = (event: PointerEvent) => {
    pressed.delete(event.pointerId)
    if (pressed.size === 0) element.classList.remove("graph-dragging")
  }
  const click = (event: MouseEvent) => {
    if (!isDrag) return
    isDrag = false
    event.stopPropagation()
    event.preventDefault()
  }
  const wheel = (event: WheelEvent) => {
    if (isOutside(event)) return
    event.preventDefault()
    const lines = event.deltaMode === 1 ? 16 : 1
    move(zoomed(camera(), Math.exp((-event.deltaY * lines * (event.ctrlKey ? 4 : 1)) / 500), place(event)))
  }
  const stop = new AbortController()
  const { signal } = stop
  element.addEventListener("pointerdown", down, { signal })
  element.addEventListener("pointermove", pull, { signal })
  element.addEventListener("pointerup", up, { signal })
  element.addEventListener("pointercancel", up, { signal })
  element.addEventListener("click", click, { signal, capture: true })
  element.addEventListener("wheel", wheel, { signal, passive: false })
  return () => stop.abort()
}
