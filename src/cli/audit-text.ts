import type { Find, Verdict } from "../audit/find.ts"
import type { Paper } from "../audit/paper.ts"
import { count } from "../engine/wording.ts"
import { wrap } from "../render/monospace.ts"
import type { Style } from "../workspace/style.ts"

const SIGN: Readonly<Record<Verdict, string>> = { contradiction: "✗", doubt: "?", note: "-", holds: "✓" }
const COLOUR = { contradiction: "red", doubt: "yellow", note: "cyan", holds: "green" } as const

/** One find: its sentence, and the argument below it. */
const findText = ({ arithmetic, check, says, verdict }: Find, columns: number, style: Style, withArithmetic: boolean): string => {
  const [first = "", ...rest] = wrap(verdict === "note" ? says : `${check}: ${says}`, columns - 2)
  const argument = withArithmetic ? arithmetic.flatMap((line) => wrap(line, columns - 6, 2).map((part) => `    ${style("dim", part)}`)) : []
  return [`${style(COLOUR[verdict], SIGN[verdict])} ${first}`, ...rest.map((line) => `  ${line}`), ...argument].join("\n")
}

/** How many finds of each sort. */
export const verdictCounts = (finds: ReadonlyArray<Find>): Readonly<Record<Verdict, number>> => {
  const of = (verdict: Verdict): number => finds.filter((find) => find.verdict === verdict).length
  return { contradiction: of("contradiction"), doubt: of("doubt"), note: of("note"), holds: of("holds") }
}

/** An audit to be read: the paper, its finds with their arithmetic, and what was checked and holds (with its arithmetic if `all`). */
export const auditText = (paper: Paper, finds: ReadonlyArray<Find>, columns: number, style: Style, all: boolean): string => {
  const numbers = paper.cells.filter(({ printed }) => printed !== "").length
  const counts = verdictCounts(finds)
  const part = (title: string, verdict: Verdict, withArithmetic: boolean): ReadonlyArray<string> => {
    const some = finds.filter((find) => find.verdict === verdict)
    return some.length === 0
      ? []
      : ["", ...wrap(title, columns).map((line) => style("bold", line)), ...some.map((find) => findText(find, columns, style, withArithmetic))]
  }
  return [
    ...wrap(paper.declared.paper, columns).map((line) => style("bold", line)),
    ...(paper.declared.source === undefined ? [] : wrap(paper.declared.source, columns)),
    ...wrap(
      `${count(numbers, "printed number")}; ${count(counts.contradiction, "contradiction")}, ${count(counts.doubt, "doubt")}, ${counts.note === 0 ? "" : `${count(counts.note, "note")}, `}${count(counts.holds, "check that holds", "checks that hold")}`,
      columns
    ),
    ...wrap(`Where: 6.1 x is Table 6, column 1, row x. [a, b]: all that a printed number, or what is computed of some, can be before rounding.`, columns),
    ...part("Contradictions: however these were rounded, they cannot all be right", "contradiction", true),
    ...part("Doubts: possible, but by a convention that is not told or a rare coincidence", "doubt", true),
    ...part("Notes: seen in equations and sentences by a reader; nothing is computed for them", "note", true),
    ...part("Checked, and holds", "holds", all),
    ""
  ].join("\n")
}
