import { upstreamOf } from "../../../dag/dag.ts"
import { toType } from "../../../workspace/command-to-type.ts"
import type { NodeToday, StudyToday } from "../today/study-today.ts"

/** The nodes that read a specification curve, and the curve: what is to be run for all that is told of it; and the command that does it. */
export const curveNodes = (today: StudyToday, { node }: NodeToday): { readonly run: ReadonlyArray<string>; readonly command: string } => {
  const readers = [...today.nodes.values()].filter((other) => upstreamOf(other.node).includes(node.name)).map((other) => other.node.name)
  const ofCompare = node.name.startsWith("comparison-")
  const results = ofCompare ? [...today.nodes.keys()].filter((name) => name.startsWith("comparison-")) : [node.name, ...readers]
  return { run: results, command: ofCompare ? toType("compare") : toType("run", ...results) }
}

/** The tests of all specifications together that rest on a curve. */
export const testsOfCurve = (today: StudyToday, { node }: NodeToday): ReadonlyArray<NodeToday> =>
  [...today.nodes.values()].filter((other) => Object.values(other.node.outputs).includes("Tests") && upstreamOf(other.node).includes(node.name))
