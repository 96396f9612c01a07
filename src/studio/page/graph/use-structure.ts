import { useEffect, useMemo, useRef, useState } from "preact/hooks"
import type { StudyGraph } from "../../messages/graph.ts"
import { boxSize } from "./box-view.ts"
import type { Placement } from "./edge-paths.ts"
import { layOut } from "./layout.ts"
import type { Sized } from "./placement.ts"
import { type Grouping, type Shape, shapeOf } from "./shape.ts"
import { type Neighbours, neighboursOf } from "./ways.ts"

/** The picture without its states, laid out: it is the same object as long as nothing in it moves. */
export interface Structure {
  readonly shape: Shape
  readonly sizes: ReadonlyArray<Sized>
  readonly neighbours: Neighbours
  readonly placement: Placement
}

/** What a graph consists of, as a text; states aside. */
const madeOf = ({ edges, files, layers, nodes, study }: StudyGraph): string =>
  [
    study,
    nodes.map(({ layer, name, stage }) => `${name}\t${stage}\t${layer}`).join("\n"),
    files.map(({ path }) => path).join("\n"),
    edges.from.join(),
    edges.to.join(),
    layers.map(({ kind, level }) => `${kind} ${level}`).join()
  ].join("\n\n")

/** The boxes of a graph, and where they are; undefined until that is known. */
export const useStructure = (
  graph: StudyGraph,
  grouping: Grouping,
  open: ReadonlySet<string>,
  shown: ReadonlySet<number> | undefined
): Structure | undefined => {
  const consists = useMemo(() => madeOf(graph), [graph])
  const steady = useRef({ consists: "", graph })
  if (steady.current.consists !== consists) steady.current = { consists, graph }
  const { graph: same } = steady.current
  const opened = [...open].sort().join("\n")
  const kept = shown === undefined ? "" : [...shown].join()
  const built = useMemo(() => {
    const shape = shapeOf(same, grouping, open, shown)
    return { shape, sizes: shape.boxes.map((box) => boxSize(same, box)), neighbours: neighboursOf(shape.boxes.length, shape.edges) }
    // Sets are compared by what is in them.
  }, [same, grouping, opened, kept])
  const [structure, setStructure] = useState<(Structure & { readonly of: typeof built }) | undefined>(undefined)
  useEffect(() => {
    const { shape, sizes } = built
    const links = { from: shape.edges.map(({ from }) => from), to: shape.edges.map(({ to }) => to) }
    return layOut(sizes, links, (placement) => setStructure({ ...built, of: built, placement }))
  }, [built])
  // What is laid out so far may be of the boxes of before; it is shown until there is better.
  return structure?.of === built || structure?.of.shape.boxOf.length === built.shape.boxOf.length ? structure : undefined
}
