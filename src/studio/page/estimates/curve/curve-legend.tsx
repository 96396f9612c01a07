import { Legend } from "../../chart/legend.tsx"
import { type CurveData, type Kind, kindOf } from "./curve-data.ts"

/** What colours stand for, with how many of each are shown. */
export const CurveLegend = ({ data, order }: { readonly data: CurveData; readonly order: ReadonlyArray<number> }) => {
  const counts = new Map<Kind, number>()
  for (const i of order) {
    const kind = kindOf(data.specifications[i]!, data.significance)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const words: ReadonlyArray<readonly [Kind, string]> = [
    ["positive", `positive, p < ${data.significance}`],
    ["negative", `negative, p < ${data.significance}`],
    ["unsure", `p ≥ ${data.significance}`],
    ["untested", "no p value"]
  ]
  return (
    <Legend
      entries={words.flatMap(([kind, text]) =>
        counts.has(kind) ? [{ text, look: `estimates-${kind}`, shape: "dot" as const, detail: String(counts.get(kind)) }] : []
      )}
    />
  )
}
