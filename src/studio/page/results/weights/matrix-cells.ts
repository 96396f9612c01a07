import type { WeightsGrid } from "../../../messages/results.ts"
import { counted, numberText } from "../../chart/number-text.ts"

/** A cell, counted in blocks from the window's corner. */
export interface Cell {
  readonly row: number
  readonly column: number
}

/** How many cells a side has. */
export const sideOf = ({ block, from, to }: WeightsGrid): number => Math.ceil((to - from) / block)

/** Cells that are not zero, by their place: where in the grid's arrays each is. */
export const indexOf = (grid: WeightsGrid): ReadonlyMap<number, number> => {
  const side = sideOf(grid)
  return new Map(grid.row.map((row, i) => [row * side + grid.column[i]!, i]))
}

/** The entities that a row or a column of cells is of. */
export const namesOf = ({ block, entities, from, to }: WeightsGrid, cell: number): string => {
  const first = from + cell * block
  const last = Math.min(to, first + block) - 1
  return first === last ? entities[first]! : `${entities[first]} to ${entities[last]}`
}

/** A cell in words: whose neighbour has which weight, or what a block is like. */
export const cellText = (grid: WeightsGrid, index: ReadonlyMap<number, number>, { column, row }: Cell): string => {
  const at = index.get(row * sideOf(grid) + column)
  const weight = at === undefined ? 0 : grid.weight[at]!
  if (grid.block === 1) return `row ${namesOf(grid, row)}, column ${namesOf(grid, column)}: ${at === undefined ? "no link" : numberText(weight, 6)}`
  return `rows ${namesOf(grid, row)}, columns ${namesOf(grid, column)}: ${counted(at === undefined ? 0 : grid.links[at]!, "link")}, mean weight ${numberText(weight)}`
}

/** No window is smaller than this. */
const SMALLEST = 20

/** A window with a fourth of the side around an entity's place; undefined where it cannot be smaller. */
export const zoomedIn = ({ entities, from, to }: WeightsGrid, place: number): readonly [from: number, to: number] | undefined => {
  const size = Math.max(SMALLEST, Math.ceil((to - from) / 4))
  if (size >= to - from) return undefined
  const start = Math.max(0, Math.min(entities.length - size, Math.round(place - size / 2)))
  return [start, start + size]
}

/** A window with four times the side, around the middle. */
export const zoomedOut = ({ entities, from, to }: WeightsGrid): readonly [from: number, to: number] => {
  const size = Math.min(entities.length, (to - from) * 4)
  const start = Math.max(0, Math.min(entities.length - size, Math.round((from + to - size) / 2)))
  return [start, start + size]
}
