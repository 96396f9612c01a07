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

/** What the intervals of some rows are: "95 % interval", "interval (95 or 99 %)", "interval (95 % where its level is known)", or just "interval" where nothing tells their level. */
export const intervalsInWords = (rows: ReadonlyArray<Pick<TermEstimate, "level" | "low" | "high">>): string => {
  const drawn = rows.filter(({ high, low }) => low !== null && high !== null)
  const levels = [...new Set(drawn.flatMap(({ level }) => (level === null ? [] : [level])))].sort((a, b) => a - b)
  if (levels.length === 0) return "interval"
  const told = `${levels.join(" or ")} %`
  if (drawn.some(({ level }) => level === null)) return `interval (${told} where its level is known)`
  return levels.length === 1 ? `${told} interval` : `interval (${told})`
}

/** What tells a row from others of its node: the equation or the kind of effect, where the node has several of the term. */
export const labelOf = (row: TermEstimate, all: ReadonlyArray<TermEstimate>): string =>
  all.filter(({ node }) => node === row.node).length > 1 && row.of !== "" ? `${row.node} · ${row.of}` : row.node
