import { Fault } from "../fault.ts"

/** Which entity and which year each row of a sample belongs to. */
export interface PanelIndex {
  readonly rows: number
  /** Codes 0…N-1 into `entities`. */
  readonly entity: Int32Array
  /** Codes 0…T-1 into `years`. */
  readonly year: Int32Array
  /** Names of the entities that have rows, sorted. */
  readonly entities: ReadonlyArray<string>
  /** The years that have rows, ascending. */
  readonly years: ReadonlyArray<number>
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Codes for the entity and year of each row; only what occurs gets a code. A Fault where the two differ in length or a year is no number. */
export const panelIndex = (entity: ReadonlyArray<string>, year: ArrayLike<number>): PanelIndex => {
  const wrong: Array<string> = []
  if (entity.length !== year.length) wrong.push(`${entity.length} rows have an entity and ${year.length} a year: give both for every row`)
  const strange = Array.from(year).findIndex((value) => !Number.isFinite(value))
  if (strange >= 0) wrong.push(`row ${strange + 1} has the year ${year[strange]}: a year is a number; leave rows without one out`)
  if (wrong.length > 0) throw new Fault("panel-index", wrong.join("; "))
  const entities = [...new Set(entity)].sort(compare)
  const years = [...new Set(Array.from(year))].sort((a, b) => a - b)
  const entityCode = new Map(entities.map((name, code) => [name, code]))
  const yearCode = new Map(years.map((value, code) => [value, code]))
  return {
    rows: entity.length,
    entity: Int32Array.from(entity, (name) => entityCode.get(name)!),
    year: Int32Array.from(year, (value) => yearCode.get(value)!),
    entities,
    years
  }
}

/** The index of the rows picked, in their order, with new codes. */
export const pickRows = (index: PanelIndex, rows: ArrayLike<number>): PanelIndex =>
  panelIndex(
    Array.from(rows, (row) => index.entities[index.entity[row]!]!),
    Array.from(rows, (row) => index.years[index.year[row]!]!)
  )

/** Number of rows of each code. */
export const countCodes = (codes: Int32Array, levels: number): Int32Array => {
  const counts = new Int32Array(levels)
  for (const code of codes) counts[code] = counts[code]! + 1
  return counts
}

/** Whether every entity has exactly one row in every year. */
export const isBalanced = ({ rows, entity, year, entities, years }: PanelIndex): boolean => {
  if (rows !== entities.length * years.length) return false
  const seen = new Uint8Array(rows)
  for (let i = 0; i < rows; i++) {
    const cell = entity[i]! * years.length + year[i]!
    if (seen[cell] === 1) return false
    seen[cell] = 1
  }
  return true
}
