/** Which terms of which models are shown side by side: kept in the address. */
import type { TermEstimate } from "../../../messages/estimates/models.ts"

/** Names with semicolons between: no term or node is called so. */
export const namesIn = (text: string | undefined): ReadonlyArray<string> => (text ?? "").split(";").filter((name) => name !== "")
export const namesText = (names: ReadonlyArray<string>): string => names.join(";")

export const without = (names: ReadonlyArray<string>, name: string): ReadonlyArray<string> => names.filter((one) => one !== name)

export type Order = "study" | "estimate"

/** The rows of a term: as the study has them, or from the largest to the smallest. */
export const inOrder = (rows: ReadonlyArray<TermEstimate>, order: Order): ReadonlyArray<TermEstimate> =>
  order === "study" ? rows : [...rows].sort((a, b) => (b.estimate ?? Number.NEGATIVE_INFINITY) - (a.estimate ?? Number.NEGATIVE_INFINITY))

/** What the intervals of some rows are: "95 % interval", "interval (95 or 99 %)", or just "interval" where nothing tells their level. */
export const intervalsInWords = (rows: ReadonlyArray<Pick<TermEstimate, "level">>): string => {
  const levels = [...new Set(rows.flatMap(({ level }) => (level === null ? [] : [level])))].sort((a, b) => a - b)
  return levels.length === 0 ? "interval" : levels.length === 1 ? `${levels[0]} % interval` : `interval (${levels.join(" or ")} %)`
}

/** What tells a row from others of its node: the equation or the kind of effect, where the node has several of the term. */
export const labelOf = (row: TermEstimate, all: ReadonlyArray<TermEstimate>): string =>
  all.filter(({ node }) => node === row.node).length > 1 && row.of !== "" ? `${row.node} · ${row.of}` : row.node
