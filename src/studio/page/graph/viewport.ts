/** The screen that a picture is seen on: where the camera is, what is drawn, and in how much detail. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals"
import { type Camera, drawnAround, type Extent, type Rectangle, seen } from "./camera.ts"

/** near: names and what is under them. middle: names. far: colours. */
export type Detail = "near" | "middle" | "far"

/** Where boxes are this small, what is under a name cannot be read, and then the name neither. */
const [MIDDLE, FAR] = [0.66, 0.25]

export interface Viewport {
  readonly camera: Signal<Camera>
  readonly screen: Signal<Extent>
  /** The part of the picture that is drawn: more than is seen, so that it changes seldom. */
  readonly drawn: ReadonlySignal<Rectangle>
  readonly detail: ReadonlySignal<Detail>
  /** The box that Tab comes to. */
  readonly cursor: Signal<string | undefined>
  /** Somebody has moved it: it is not moved away from there unasked. */
  held: boolean
}

/** Where pictures were left, by what they are of. */
const left = new Map<string, Camera>()

/** `of` names what the picture is of, and so does what `end` is told: who comes back to it finds it where it was moved to. */
export const makeViewport = (of: string): Viewport & { readonly end: (of: string) => void } => {
  const before = left.get(of)
  const camera = signal<Camera>(before ?? { x: 0, y: 0, k: 1 })
  const screen = signal<Extent>({ width: 0, height: 0 })
  const drawn = signal<Rectangle>({ x: 0, y: 0, width: 0, height: 0 })
  const endDrawn = effect(() => {
    const now = seen(camera.value, screen.value)
    drawn.value = drawnAround(drawn.peek().width === 0 ? undefined : drawn.peek(), now)
  })
  const detail = computed((): Detail => (camera.value.k < FAR ? "far" : camera.value.k < MIDDLE ? "middle" : "near"))
  const viewport = { camera, screen, drawn, detail, cursor: signal<string | undefined>(undefined), held: before !== undefined }
  const end = (leaves: string) => {
    endDrawn()
    if (viewport.held) left.set(leaves, camera.peek())
    else left.delete(leaves)
  }
  return Object.assign(viewport, { end })
}
