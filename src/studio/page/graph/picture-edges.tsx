import { meets, type Rectangle } from "./camera.ts"
import type { EdgePath } from "./edge-paths.ts"
import { memo } from "./memo.ts"

interface PictureEdgesProps {
  readonly paths: ReadonlyArray<EdgePath>
  readonly drawn: Rectangle
  /** Each can be pointed at. */
  readonly apart: boolean
  /** Positions of those that stand out. */
  readonly strong: ReadonlySet<number>
  readonly dimmed: boolean
  readonly onPoint: (edge: number | undefined) => void
}

/** So many edges are drawn one by one. */
const ONE_BY_ONE = 600

/** Of so many in sight, none bends where they cannot be told apart. */
const STRAIGHT = 1200

/** The edges that are in sight: all in one path, those that stand out above them, and above all, unseen, what is wide enough to be pointed at. */
export const PictureEdges = memo(({ apart, dimmed, drawn, onPoint, paths, strong }: PictureEdgesProps) => {
  const inSight = paths.flatMap((path, i) => (meets(path.within, drawn) ? [i] : []))
  return (
    <>
      <path
        class={`graph-edge${dimmed ? " graph-faint" : ""}`}
        d={inSight.map((i) => (apart || inSight.length < STRAIGHT ? paths[i]!.d : paths[i]!.straight)).join("")}
      />
      {strong.size === 0 ? null : <path class="graph-edge graph-strong" d={[...strong].map((i) => paths[i]?.d ?? "").join("")} />}
      {apart && inSight.length <= ONE_BY_ONE
        ? inSight.map((i) => (
            <path key={i} class="graph-edge-reach" data-edge={i} d={paths[i]!.d} onPointerEnter={() => onPoint(i)} onPointerLeave={() => onPoint(undefined)} />
          ))
        : null}
    </>
  )
})
