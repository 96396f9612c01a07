import type { StudyGraph } from "../../messages/graph.ts"
import type { BoxView } from "./box-view.ts"
import { boxTold, edgeTold } from "./told.ts"
import { Tooltip } from "./tooltip.tsx"
import type { Pointed } from "./use-stage.ts"
import type { Structure } from "./use-structure.ts"
import type { Viewport } from "./viewport.ts"

interface PointedAtProps {
  readonly graph: StudyGraph
  readonly structure: Structure
  readonly views: ReadonlyArray<BoxView>
  readonly viewport: Viewport
  readonly pointed: Pointed
}

/** What is pointed at, or has the focus, in full. */
export const PointedAt = ({ graph, pointed, structure, viewport, views }: PointedAtProps) => {
  if (pointed === undefined) return null
  const within = viewport.screen.value
  const { placement, shape, sizes } = structure
  if ("edge" in pointed) {
    const edge = shape.edges[pointed.edge]
    return edge === undefined ? null : <Tooltip {...edgeTold(graph, shape, edge)} x={pointed.x + 12} y={pointed.y + 14} within={within} />
  }
  const { box } = pointed
  const view = views[box]
  if (view === undefined) return null
  const { k, x, y } = viewport.camera.value
  return <Tooltip {...boxTold(graph, view)} x={placement.x[box]! * k + x} y={(placement.y[box]! + sizes[box]!.height) * k + y + 8} within={within} />
}
