import { inResultOrder } from "../../engine/result-order.ts"
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

/** Every table and figure that the study prints, in the order in which it returns them. */
export const printedResults = ({ nodes, targets }: StudyFacts): ReadonlyArray<PrintedResult> => {
  const all = inResultOrder(targets, nodes, ({ name }) => name).flatMap((node) =>
    Object.entries(node.outputs).flatMap(([output, type]) => (isPrinted(type) ? [{ node, output, name: reference(node, output), type }] : []))
  )
  const anchors = anchorsOf(
    "result",
    all.map(({ name }) => name)
  )
  return all.map((one) => ({ ...one, anchor: anchors.get(one.name)! }))
}
