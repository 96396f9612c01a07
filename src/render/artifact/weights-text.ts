import type { StoredTable } from "../../artifact/column.ts"
import { type WeightsSummary, weightsSummary } from "../../econometrics/spatial/weights-summary.ts"
import { plain, wrap } from "../monospace.ts"
import { weightsOf } from "./weights-file.ts"

/** What an artifact of spatial weights comes to, from its links: computed when it is asked for, so that weights of any stage and of any earlier run have it. */
export const summaryOfLinks = (table: StoredTable): WeightsSummary => weightsSummary(weightsOf(table))

const named = 10
/** To so many digits, without zeros at the end: a sum that is 1 but for rounding is 1. */
const shortened = (x: number, digits: number): string => String(Number(x.toPrecision(digits)))
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`
const between = (least: number, most: number): string => {
  const [from, to] = [shortened(least, 5), shortened(most, 5)]
  return from === to ? from : `${from} to ${to}`
}

const symmetryOf = ({ similarToSymmetric, symmetric }: WeightsSummary): string => {
  const one = { weights: "symmetric", links: "links symmetric, weights not", none: "not symmetric" }[symmetric]
  return symmetric === "weights"
    ? one
    : `${one}, ${similarToSymmetric ? "similar to a symmetric matrix (eigenvalues are real)" : "not similar to a symmetric matrix"}`
}

const rhoOf = ({ rho }: WeightsSummary): string =>
  rho === undefined
    ? "no eigenvalue but zero: any rho"
    : `rho from ${shortened(rho.lower, 6)} to ${shortened(rho.upper, 6)}${rho.exact ? " (by the eigenvalues)" : ", or wider (by bounds of the eigenvalues)"}`

/** The summary of weights in lines for a terminal. */
export const weightsLines = (table: StoredTable, width: number): ReadonlyArray<string> => {
  const summary = summaryOfLinks(table)
  const { components, density, entities, islands, links, neighbours, rowSums } = summary
  const more = islands.length > named ? ` and ${islands.length - named} more` : ""
  const alone = islands.length === 0 ? "no islands" : `${counted(islands.length, "island")}: ${islands.slice(0, named).map(plain).join(", ")}${more}`
  const parts = components.count === 1 ? "1 component" : `${components.count} components, the largest of ${components.sizes[0]}`
  return [
    `${entities} entities, ${counted(links, "link")} (${shortened(100 * density, 3)}% of pairs)`,
    `neighbours: ${between(neighbours.least, neighbours.most)}, mean ${shortened(neighbours.mean, 4)}; ${alone}; ${parts}`,
    `${symmetryOf(summary)}; row sums ${between(rowSums.least, rowSums.most)}`,
    rhoOf(summary)
  ].flatMap((line) => wrap(line, width, 2))
}
