/** What of the picture is seen, and how large: a point of it is at `point * k + (x, y)` on the screen. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly k: number
}
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export interface Extent {
  readonly width: number
  readonly height: number
}

const LEAST = 0.02
const MOST = 2.5
const MARGIN = 24

/** The part of the picture that is seen. */
export const seen = ({ k, x, y }: Camera, { height, width }: Extent): Rectangle => ({ x: -x / k, y: -y / k, width: width / k, height: height / k })

/** Larger or smaller, around a point of the screen. */
export const zoomed = ({ k, x, y }: Camera, by: number, at: { readonly x: number; readonly y: number }): Camera => {
  const next = Math.min(MOST, Math.max(LEAST, k * by))
  return { k: next, x: at.x - ((at.x - x) * next) / k, y: at.y - ((at.y - y) * next) / k }
}

export const moved = (camera: Camera, x: number, y: number): Camera => ({ ...camera, x: camera.x + x, y: camera.y + y })

/** All of a rectangle, in the middle, no larger than `most`. */
export const fitted = (all: Rectangle, screen: Extent, most = 1): Camera => {
  const k = Math.max(LEAST, Math.min(most, (screen.width - 2 * MARGIN) / Math.max(1, all.width), (screen.height - 2 * MARGIN) / Math.max(1, all.height)))
  return { k, x: (screen.width - all.width * k) / 2 - all.x * k, y: (screen.height - all.height * k) / 2 - all.y * k }
}

/** A rectangle in the middle, at `k`. */
export const centred = (one: Rectangle, screen: Extent, k: number): Camera => ({
  k,
  x: screen.width / 2 - (one.x + one.width / 2) * k,
  y: screen.height / 2 - (one.y + one.height / 2) * k
})

/** Moved as little as needed for a rectangle to be seen whole. */
export const including = (camera: Camera, one: Rectangle, screen: Extent): Camera => {
  const along = (from: number, length: number, room: number): number =>
    from < MARGIN ? MARGIN - from : from + length > room - MARGIN ? room - MARGIN - from - length : 0
  const { k } = camera
  return moved(camera, along(one.x * k + camera.x, one.width * k, screen.width), along(one.y * k + camera.y, one.height * k, screen.height))
}

/** Whether two rectangles have a point in common. */
export const meets = (a: Rectangle, b: Rectangle): boolean => a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
const holds = (outer: Rectangle, inner: Rectangle): boolean =>
  outer.x <= inner.x && outer.y <= inner.y && outer.x + outer.width >= inner.x + inner.width && outer.y + outer.height >= inner.y + inner.height

/** So much more than what is seen is drawn on each side, as a share of it. */
const AROUND = 0.6
/** What is drawn: the same part as before as long as it holds what is seen and is not much larger. */
export const drawnAround = (before: Rectangle | undefined, now: Rectangle): Rectangle =>
  before !== undefined && holds(before, now) && before.width <= now.width * 4
    ? before
    : { x: now.x - now.width * AROUND, y: now.y - now.height * AROUND, width: now.width * (1 + 2 * AROUND), height: now.height * (1 + 2 * AROUND) }
