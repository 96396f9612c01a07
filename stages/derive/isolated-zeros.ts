import type { Fault } from "@sediment/sediment"
import { rowGroups } from "../row-groups.ts"

/**
 * The warning `zero-as-missing`: an entity's series of four values or more with one zero, all others being above 0. Such a zero is often a missing value, or
 * its logarithm, that was entered as 0.
 */
export const isolatedZeros = (name: string, values: Float64Array, entity: ReadonlyArray<string>, year: Int32Array): ReadonlyArray<Fault> => {
  const cells = rowGroups("by-entity", entity, year).flatMap(({ label, rows }) => {
    const observed = rows.filter((row) => !Number.isNaN(values[row]!))
    const zeros = observed.filter((row) => values[row] === 0)
    const isolated = zeros.length === 1 && observed.length >= 4 && observed.every((row) => values[row]! >= 0)
    return isolated ? [{ entity: label, year: year[zeros[0]!]! }] : []
  })
  const first = cells[0]
  if (first === undefined) return []
  const told = cells.map((cell) => `${cell.entity} ${cell.year}`).join(", ")
  const message = `${name}: a zero in an otherwise positive series: ${told}: if the value is missing, leave the cell empty in the source`
  return [{ code: "zero-as-missing", message, where: { column: name, ...first, value: "0" } }]
}
