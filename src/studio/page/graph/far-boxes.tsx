import type { Placement } from "./edge-paths.ts"
import { memo } from "./memo.ts"
import type { Sized } from "./placement.ts"
import { ATTENTION, type State } from "./states.ts"

interface FarBoxesProps {
  readonly states: ReadonlyArray<State>
  readonly sizes: ReadonlyArray<Sized>
  readonly placement: Placement
  readonly dimmed: ReadonlyArray<boolean>
}

const outline = (box: number, sizes: ReadonlyArray<Sized>, { x, y }: Placement): string => {
  const { height, width } = sizes[box]!
  return `M${Math.round(x[box]!)} ${Math.round(y[box]!)}h${width}v${height}h-${width}z`
}

/** Those that an edit has just disturbed. */
export const FarWave = ({ boxes, placement, sizes }: Pick<FarBoxesProps, "sizes" | "placement"> & { readonly boxes: ReadonlyArray<number> }) => (
  <path class="graph-far-wave" d={boxes.map((box) => outline(box, sizes, placement)).join("")} />
)

/** Boxes from afar: a path for each state, so that thousands cost no more than a few. */
export const FarBoxes = memo(({ dimmed, placement, sizes, states }: FarBoxesProps) => {
  const paths = new Map<string, Array<string>>()
  for (const [i, state] of states.entries()) {
    const key = dimmed[i] ? "dimmed" : `is-${state}`
    const rectangle = outline(i, sizes, placement)
    const own = paths.get(key)
    if (own === undefined) paths.set(key, [rectangle])
    else own.push(rectangle)
  }
  return (
    <g class="graph-far-boxes">
      {["dimmed", ...ATTENTION.map((state) => `is-${state}`)].reverse().flatMap((key) => {
        const own = paths.get(key)
        return own === undefined ? [] : [<path key={key} class={`graph-far graph-${key}`} d={own.join("")} />]
      })}
    </g>
  )
})
