/** A rectangle of entities by years, of rows that have both. */
export interface Rectangle {
  readonly entities: ReadonlyArray<string>
  readonly years: ReadonlyArray<number>
  /** Which row each entity and year is in: all years of the first entity, then of the second; -1 where there is none. */
  readonly rows: ReadonlyArray<number>
}

/** Lays out some rows of a table. Entities stand as they first come, years rise. */
export const rectangleOf = (entity: ReadonlyArray<string>, year: ArrayLike<number>, own: ReadonlyArray<number>): Rectangle => {
  const entityPlace = new Map<string, number>()
  const seen = new Set<number>()
  for (const row of own) {
    const name = entity[row]!
    if (!entityPlace.has(name)) entityPlace.set(name, entityPlace.size)
    seen.add(year[row]!)
  }
  const years = [...seen].sort((a, b) => a - b)
  const yearPlace = new Map(years.map((one, i) => [one, i]))
  const rows = new Array<number>(entityPlace.size * years.length).fill(-1)
  for (const row of own) {
    const place = entityPlace.get(entity[row]!)! * years.length + yearPlace.get(year[row]!)!
    // Of several the first, as in a lineage.
    if (rows[place] === -1) rows[place] = row
  }
  return { entities: [...entityPlace.keys()], years, rows }
}
