import { didYouMean } from "../dag/near-matches.ts"
import { type Cell, type Kind, kinds } from "./cells.ts"
import { columnId, nameOf } from "./paper.ts"

/** Where no kind is named, the first of these that is printed there. */
const USUAL: ReadonlyArray<Kind> = ["estimate", "statistic", "nobs", "r2", "mean", "min", "max", "sd", "weight"]

/** The cell that `4.1 coagglo` or `4.1 coagglo std_error` names, or what is wrong with the name. */
export const findCell = (cells: ReadonlyArray<Cell>, reference: string): Cell | string => {
  const words = reference.trim().split(/\s+/)
  const kind = kinds.find((one) => words.length > 2 && one === words.at(-1))
  const column = words[0] ?? ""
  const term = words.slice(1, kind === undefined ? undefined : -1).join(" ")
  const inColumn = cells.filter((cell) => columnId(cell) === column && cell.printed !== "")
  if (inColumn.length === 0)
    return `there is no column "${column}" in the printed numbers; ${didYouMean(column, cells.map(columnId))}write table.column term, as in 4.1 income`
  const found = inColumn.filter((cell) => cell.term === term)
  if (found.length === 0)
    return `column ${column} has no term "${term}"; ${didYouMean(
      term,
      inColumn.map((cell) => cell.term)
    )}it has ${[...new Set(inColumn.map((cell) => cell.term))].join(", ")}`
  const cell =
    kind === undefined
      ? USUAL.map((one) => found.find((cell) => cell.kind === one)).find((cell) => cell !== undefined)
      : found.find((cell) => cell.kind === kind)
  return cell ?? `${column} ${term} prints no ${kind ?? "estimate or statistic"}; it prints ${found.map((cell) => cell.kind).join(", ")}`
}

/** A cell that is known to be there: references are looked up when the files are read. */
export const cellOf = (cells: ReadonlyArray<Cell>, reference: string): Cell => {
  const found = findCell(cells, reference)
  if (typeof found === "string") throw new Error(found)
  return found
}

/** A cell's name, kind and number with its stars, as an argument quotes it. */
export const quoted = (cell: Cell): string => `${nameOf(cell)}${cell.kind === "estimate" ? "" : ` ${cell.kind}`} = ${cell.printed}${"*".repeat(cell.stars)}`
