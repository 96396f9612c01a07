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

/** Boxes from afar: a path for each state, so that thousands cost no more than a few. */
export const FarBoxes = memo(({ dimmed, placement: { x, y }, sizes, states }: FarBoxesProps) => {
  const paths = new Map<string, Array<string>>()
  for (const [i, state] of states.entries()) {
    const key = dimmed[i] ? "dimmed" : `is-${state}`
    const rectangle = `M${Math.round(x[i]!)} ${Math.round(y[i]!)}h${sizes[i]!.width}v${sizes[i]!.height}h-${sizes[i]!.width}z`
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
