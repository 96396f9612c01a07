import type { NodeFacts, StudyFacts } from "../facts.ts"
import { anchorsOf, reference } from "../words.ts"

/** A table or figure of the study, and where in the report it stands. */
export interface PrintedResult {
  readonly node: NodeFacts
  readonly output: string
  readonly name: string
  readonly type: "PrintedTable" | "Figure"
  readonly anchor: string
}

const isPrinted = (type: string): type is PrintedResult["type"] => type === "PrintedTable" || type === "Figure"

/** Every table and figure that the study prints, in dag.ts's order. */
export const printedResults = ({ nodes }: StudyFacts): ReadonlyArray<PrintedResult> => {
  const all = nodes.flatMap((node) =>
    Object.entries(node.outputs).flatMap(([output, type]) => (isPrinted(type) ? [{ node, output, name: reference(node, output), type }] : []))
  )
  const anchors = anchorsOf(
    "result",
    all.map(({ name }) => name)
  )
  return all.map((one) => ({ ...one, anchor: anchors.get(one.name)! }))
}
