/** Where the camera is when nobody moves it. */
import { useEffect, useRef } from "preact/hooks"
import { type Camera, centred, type Extent, fitted, type Rectangle, seen } from "./camera.ts"
import { focusBox } from "./focus-box.ts"
import type { Structure } from "./use-structure.ts"
import type { Viewport } from "./viewport.ts"

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
export const allOf = ({ placement: { height, width }, shape }: Structure, screen: Extent): Camera => {
  const all = { x: 0, y: 0, width, height }
  const camera = fitted(all, screen)
  if (camera.k >= NAMES || shape.boxes.length > FEW) return camera
  const k = Math.max(camera.k, Math.min(NAMES, (screen.height - 48) / height))
  return { ...centred(all, screen, k), ...(width * k > screen.width ? { x: 16 } : {}) }
}

/** Looks at all of it, until somebody moves it; at what was unfolded, and at what is chosen. */
export const useCamera = (viewport: Viewport, structure: Structure | undefined, item: number, unfolded: { current: ReadonlyArray<number> | undefined }) => {
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
  const begun = useRef(false)
  useEffect(() => {
    if (structure === undefined || size.width === 0) return
    if (box === -1) {
      begun.current = true
      return
    }
    const { id } = structure.shape.boxes[box]!
    viewport.cursor.value = id
    // Who found it, or followed a link to it in the panel, goes on there.
    const active = document.activeElement
    if (active?.id === "graph-search" || (active === document.body && begun.current)) focusBox(id)
    begun.current = true
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
