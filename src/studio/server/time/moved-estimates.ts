import { byDistance, byImportance, type Estimate, type EstimateChange } from "../../../engine/diff/compare-estimates.ts"
import type { StudyDiff } from "../../../engine/diff/diff-runs.ts"
import { apart, estimateInWords, keyInWords, remark } from "../../../workspace/difference-words.ts"
import type { MovedEstimate } from "../../messages/time/run-diff.ts"

export interface FoundEstimate {
  readonly node: string
  readonly output: string
  readonly edits: ReadonlyArray<number>
  readonly change: EstimateChange
}

/** Every estimate that differs. */
export const estimatesIn = ({ nodes }: StudyDiff): ReadonlyArray<FoundEstimate> =>
  nodes.flatMap(({ edits, node, outputs }) => outputs.flatMap(({ estimates, output }) => (estimates ?? []).map((change) => ({ node, output, edits, change }))))

/** What matters most is what is printed; of that, and of the rest, what changed most. */
export const sortedBy = (found: ReadonlyArray<FoundEstimate>, by: "importance" | "moved", prominence: (node: string) => number): ReadonlyArray<FoundEstimate> =>
  [...found].sort((a, b) =>
    by === "importance" ? prominence(b.node) - prominence(a.node) || byImportance(a.change, b.change) : byDistance(a.change, b.change)
  )

const withInterval = (one: Estimate | null): MovedEstimate["before"] =>
  one === null || one.estimate === null ? null : { estimate: one.estimate, low: one.conf_low, high: one.conf_high }

export const movedEstimate = ({ change, node, output }: FoundEstimate): MovedEstimate => {
  const { after, before, moved, of } = change
  const [beforeText, afterText] = apart((digits) => [estimateInWords(before, digits), estimateInWords(after, digits)])
  // Of before, as the distance that is told is.
  const error = before?.std_error ?? 0
  return {
    node,
    output,
    of: keyInWords(of),
    term: String(of["term"] ?? ""),
    before: withInterval(before),
    after: withInterval(after),
    beforeText,
    afterText,
    unit: error > 0 ? error : null,
    moved,
    remark: remark(change)
  }
}
