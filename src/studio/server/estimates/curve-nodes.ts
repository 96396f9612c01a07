import { upstreamOf } from "../../../dag/dag.ts"
import { toType } from "../../../workspace/command-to-type.ts"
import { isComparisonResult } from "../../../workspace/comparison-results.ts"
import type { NodeToday, StudyToday } from "../today/study-today.ts"

/** The nodes that read a specification curve, and the curve: what is to be run for all that is told of it; and the command that does it. */
export const curveNodes = (today: StudyToday, { node }: NodeToday): { readonly run: ReadonlyArray<string>; readonly command: string } => {
  const all = [...today.nodes.values()].map((other) => other.node)
  const ofCompare = isComparisonResult(node)
  const results = all.filter((other) => (ofCompare ? isComparisonResult(other) : other === node || upstreamOf(other).includes(node.name)))
  const run = results.map(({ name }) => name)
  return { run, command: ofCompare ? toType("compare") : toType("run", ...run) }
}

/** The tests of all specifications together that rest on a curve. */
export const testsOfCurve = (today: StudyToday, { node }: NodeToday): ReadonlyArray<NodeToday> =>
  [...today.nodes.values()].filter((other) => Object.values(other.node.outputs).includes("Tests") && upstreamOf(other.node).includes(node.name))
