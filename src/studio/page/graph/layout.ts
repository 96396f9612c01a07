/** Places for the boxes of a picture, remembered: where only states change, nothing moves. */

import { edgePaths, type Placement } from "./edge-paths.ts"
import type { LaidOut, NotLaidOut, ToLayOut } from "./layout-worker.ts"
import { type Links, MANY, placeByRanks, type Sized } from "./placement.ts"

const remembered = new Map<string, Placement>()
/** Of pictures that were opened and folded, the last ones. */
const REMEMBERED = 24

const placementIn = ({ height, paths, straight, width, within, x, y }: LaidOut): Placement => {
  const lines = straight.split("\n")
  return {
    x: [...x],
    y: [...y],
    width,
    height,
    paths:
      within.length === 0
        ? []
        : paths.split("\n").map((d, i) => ({
            d,
            straight: lines[i]!,
            within: { x: within[4 * i]!, y: within[4 * i + 1]!, width: within[4 * i + 2]!, height: within[4 * i + 3]! }
          }))
  }
}

let worker: Worker | undefined
let asked = 0
const waiting = new Map<number, (placement: Placement | undefined) => void>()
const started = (): Worker => {
  if (worker === undefined) {
    worker = new Worker("/layout-worker.js", { type: "module" })
    worker.addEventListener("message", ({ data }: MessageEvent<LaidOut | NotLaidOut>) => {
      waiting.get(data.id)?.("x" in data ? placementIn(data) : undefined)
      waiting.delete(data.id)
    })
    // It cannot be loaded, or has come to an end: what waits for it does so no longer, and the next picture tries it again.
    worker.addEventListener("error", () => {
      worker = undefined
      const left = [...waiting.values()]
      waiting.clear()
      for (const place of left) place(undefined)
    })
  }
  return worker
}
/** Starts the thread, so that it is there when the study has come. */
export const prepareLayout = (): void => void started()

/** Milliseconds that a small picture waits for dagre. */
const PATIENCE = 400

const keyOf = (boxes: ReadonlyArray<Sized>, { from, to }: Links): string =>
  `${boxes.map(({ height, width }) => `${width}x${height}`).join(" ")}|${from.join(" ")}|${to.join(" ")}`

/**
 * Tells `place` where the boxes are: at once where that is known; otherwise when they are laid out, and of few boxes before that where they are placed in no time, if dagre takes long. Gives a function
 * that takes it back.
 */
export const layOut = (boxes: ReadonlyArray<Sized>, links: Links, place: (placement: Placement) => void): (() => void) => {
  const key = keyOf(boxes, links)
  const known = remembered.get(key)
  if (known !== undefined) {
    place(known)
    return () => {}
  }
  let over = false
  const atOnce = () => {
    if (over) return
    const places = placeByRanks(boxes, links)
    place({ ...places, paths: edgePaths(links, boxes, places) })
  }
  const late = boxes.length < MANY ? setTimeout(atOnce, PATIENCE) : undefined
  const id = asked++
  waiting.set(id, (placement) => {
    clearTimeout(late)
    // Without a better one, that which takes no time stays.
    if (placement === undefined) return atOnce()
    remembered.set(key, placement)
    if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value!)
    if (!over) place(placement)
  })
  const message: ToLayOut = { id, boxes, links }
  started().postMessage(message)
  return () => {
    over = true
    clearTimeout(late)
  }
}
