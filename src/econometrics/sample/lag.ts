/** For each row of a panel the row of the same entity so many years before, found by year and not by position; -1 where there is none. */
export const laggedRows = (entity: ReadonlyArray<string>, year: ArrayLike<number>, years: number): Int32Array => {
  const key = (name: string, at: number): string => `${at} ${name}`
  const rowOf = new Map(entity.map((name, row) => [key(name, year[row]!), row]))
  return Int32Array.from(entity, (name, row) => rowOf.get(key(name, year[row]! - years)) ?? -1)
}
