import { Fault } from "../fault.ts"

/**
 * For each row of a panel the row of the same entity so many years before, found by year and not by position; -1 where there is none, as with a lag beyond the panel's
 * years. A negative number of years leads. A Fault where the columns differ in length, a year or the lag is no whole number, or an entity has two rows in a year, so that
 * its lag is not one row.
 */
export const laggedRows = (entity: ReadonlyArray<string>, year: ArrayLike<number>, years: number): Int32Array => {
  const wrong: Array<string> = []
  if (entity.length !== year.length) wrong.push(`${entity.length} rows have an entity and ${year.length} a year: give both for every row`)
  if (!Number.isInteger(years)) wrong.push(`a lag of ${years} years: it is a whole number`)
  const strange = Array.from(year).findIndex((value) => !Number.isInteger(value))
  if (strange >= 0) wrong.push(`row ${strange + 1} has the year ${year[strange]}: a lag is taken by years, which are whole numbers`)
  const key = (name: string, at: number): string => `${at} ${name}`
  const rowOf = new Map<string, number>()
  let twice: number | undefined
  for (const [row, name] of entity.entries()) {
    const at = key(name, year[row]!)
    if (rowOf.has(at)) twice ??= row
    rowOf.set(at, row)
  }
  if (twice !== undefined && entity.length === year.length)
    wrong.push(`${entity[twice]} has two rows in ${year[twice]} (row ${twice + 1} is the second): which of them a lag means is not said`)
  if (wrong.length > 0) throw new Fault("lag", wrong.join("; "))
  return Int32Array.from(entity, (name, row) => rowOf.get(key(name, year[row]! - years)) ?? -1)
}
