import { useComputed } from "@preact/signals"
import { seen } from "./camera.ts"
import type { Placement } from "./edge-paths.ts"
import { FarBoxes } from "./far-boxes.tsx"
import type { Sized } from "./placement.ts"
import type { State } from "./states.ts"
import type { Viewport } from "./viewport.ts"

interface MinimapProps {
  readonly placement: Placement
  readonly sizes: ReadonlyArray<Sized>
  readonly states: ReadonlyArray<State>
  readonly dimmed: ReadonlyArray<boolean>
  readonly viewport: Viewport
}
const [WIDTH, HEIGHT] = [176, 116]

/** All of the picture, small, with what is seen of it; where it is pressed is seen then. */
export const Minimap = ({ dimmed, placement, sizes, states, viewport }: MinimapProps) => {
  const k = Math.min(WIDTH / Math.max(1, placement.width), HEIGHT / Math.max(1, placement.height))
  const frame = useComputed(() => seen(viewport.camera.value, viewport.screen.value))
  const lookAt = (event: PointerEvent & { readonly currentTarget: Element }) => {
    if (event.buttons === 0) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const { k: now } = viewport.camera.peek()
    const { height, width } = viewport.screen.peek()
    viewport.held = true
    viewport.camera.value = { k: now, x: width / 2 - ((event.clientX - left) / k) * now, y: height / 2 - ((event.clientY - top) / k) * now }
  }
  const { height, width, x, y } = frame.value
  const [left, top] = [Math.max(0, x), Math.max(0, y)]
  // Where all is seen there is nowhere else to look.
  if (x <= 0 && y <= 0 && x + width >= placement.width && y + height >= placement.height) return null
  return (
    <svg
      class="graph-minimap"
      data-still
      aria-hidden="true"
      width={Math.max(20, placement.width * k)}
      height={Math.max(20, placement.height * k)}
      onPointerDown={lookAt}
      onPointerMove={lookAt}
    >
      <g transform={`scale(${k})`}>
        <FarBoxes states={states} sizes={sizes} placement={placement} dimmed={dimmed} />
      </g>
      <rect
        class="graph-seen"
        x={left * k}
        y={top * k}
        width={Math.max(0, Math.min(x + width, placement.width) - left) * k}
        height={Math.max(0, Math.min(y + height, placement.height) - top) * k}
      />
    </svg>
  )
}
