import { byImportance, type EstimateChange } from "../../engine/diff/compare-estimates.ts"
import type { NodeDiff } from "../../engine/diff/diff-runs.ts"
import { pad, width } from "../../render/monospace.ts"
import { apart, DIGITS, estimateInWords, keyInWords, remark } from "../../workspace/difference-words.ts"

const SHOWN = 20

const movedBy = ({ moved }: EstimateChange): string => (moved === null ? "" : `by ${moved !== 0 && Math.abs(moved) < 0.0005 ? "<0.001" : moved.toFixed(3)} SE`)

/** Columns of a row: what matters of it, the table, the term; then numbers. */
const LABELS = [0, 1, 2]
const SHORTEST_LABEL = 6
const GAP = 2

/** The columns' widths in so much room: the widest label gives way first, and numbers never do. */
const fitted = (widths: ReadonlyArray<number>, room: number): ReadonlyArray<number> => {
  const fit = [...widths]
  const shown = widths.filter((one) => one > 0).length
  let over = fit.reduce((sum, one) => sum + one, 0) + GAP * (shown - 1) - room
  while (over > 0) {
    const widest = LABELS.reduce((a, b) => (fit[b]! > fit[a]! ? b : a))
    if (fit[widest]! <= SHORTEST_LABEL) break
    fit[widest]!--
    over--
  }
  return fit
}

/** Every estimate that differs, what matters most first, and a summary of them; lines in so much room, as far as their numbers allow. */
export const estimateLines = (
  nodes: ReadonlyArray<NodeDiff>,
  all: boolean,
  room: number
): { readonly summary: string; readonly lines: ReadonlyArray<string> } => {
  const found = nodes
    .flatMap(({ node, outputs }) =>
      outputs.flatMap(({ estimates, output }) => (estimates ?? []).map((change) => ({ table: output === "output" ? node : `${node}.${output}`, change })))
    )
    .sort((a, b) => byImportance(a.change, b.change))
  const changes = found.map(({ change }) => change)
  const counts: ReadonlyArray<readonly [string, number]> = [
    ["changed sign", changes.filter((one) => one.signFlipped).length],
    ["lost stars", changes.filter((one) => (one.starsGained ?? 0) < 0).length],
    ["gained stars", changes.filter((one) => (one.starsGained ?? 0) > 0).length],
    ["are new", changes.filter((one) => one.before === null).length],
    ["are gone", changes.filter((one) => one.after === null).length]
  ]
  const told = counts.filter(([, n]) => n > 0).map(([words, n]) => `${n} ${words}`)
  // Most of what an edit moves, it moves by less than anybody prints.
  const visible = all ? found : found.filter(({ change }) => estimateInWords(change.before, DIGITS) !== estimateInWords(change.after, DIGITS))
  const shown = all || visible.length <= SHOWN + 1 ? visible : visible.slice(0, SHOWN)
  const rows = shown.map(({ change, table }) => {
    const [before, after] = apart((digits) => [estimateInWords(change.before, digits), estimateInWords(change.after, digits)])
    return [remark(change), table, keyInWords(change.of), before, "->", after, movedBy(change)]
  })
  const widths = fitted(
    [0, 1, 2, 3, 4, 5, 6].map((i) => Math.max(0, ...rows.map((row) => width(row[i]!)))),
    room
  )
  const lines = rows.map((row) =>
    row
      .flatMap((cell, i) => (widths[i] === 0 ? [] : [pad(cell, widths[i]!)]))
      .join(" ".repeat(GAP))
      .trimEnd()
  )
  const more = visible.length - shown.length
  const unseen = found.length - visible.length
  const rest = [...(more > 0 ? [`${more} more`] : []), ...(unseen > 0 ? [`${unseen} in digits that are not shown`] : [])]
  return {
    summary: `${found.length} differ${told.length === 0 ? "; no sign and no star" : `: ${told.join(", ")}`}`,
    lines: rest.length === 0 ? lines : [...lines, `${lines.length === 0 ? "" : "and "}${rest.join(", and ")}: --all`]
  }
}
