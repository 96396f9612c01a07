import type { Fault } from "@sediment/sediment"
import type { Years } from "../years.ts"
import { cellFault } from "./cell.ts"
import type { CsvFile, CsvRecord } from "./csv.ts"
import type { EntityNames } from "./entity-names.ts"
import { columnIndex } from "./header.ts"

/** A record whose entity and data year are known. */
export interface Keyed {
  readonly record: CsvRecord
  readonly entity: string
  readonly year: number
}
/** What a source declares about its keys. */
export interface KeyParams {
  readonly entity: string
  readonly year: string
  readonly yearIs: "data" | "edition"
  readonly years?: Years
}

/** One fault for each text that is not the name of one entity, at the first row that has it. */
const nameFault = (file: CsvFile, column: string, text: string, rows: ReadonlyArray<number>, names: EntityNames): Fault => {
  const owners = names.named(text)
  const elsewhere = owners.length === 0 ? names.elsewhere(text) : undefined
  const near = names.near(text)
  const times = rows.length > 1 ? ` (and ${rows.length - 1} more ${rows.length === 2 ? "row" : "rows"})` : ""
  const expected = "the name of an entity of the dictionary"
  const advice =
    owners.length > 1
      ? `it names ${owners.map((name) => `"${name}"`).join(" and ")}: write the entity's own name`
      : elsewhere !== undefined
        ? elsewhere.advice
        : near.length > 0
          ? `did you mean ${near.map((name) => `"${name}"`).join(" or ")}? correct it, or add the name to the dictionary and its column to aliases`
          : "correct it, or add it to the dictionary"
  return {
    code: owners.length > 1 ? "ambiguous-entity" : "unknown-entity",
    message: `${file.path}, row ${rows[0]!}, column "${column}": found "${text}"${times}, expected ${expected}; ${advice}`,
    where: { file: file.path, row: rows[0]!, column, value: text, expected }
  }
}

const readYear = (file: CsvFile, { cells, row }: CsvRecord, index: number, params: KeyParams, faults: Array<Fault>): number | undefined => {
  const text = cells[index]!
  const printed = /^[+-]?\d{1,9}$/.test(text) ? Number(text) : undefined
  if (printed === undefined) {
    faults.push(cellFault("bad-year", file, row, params.year, text, "a year as an integer", "write it as 2003"))
    return undefined
  }
  const edition = params.yearIs === "edition"
  const year = edition ? printed - 1 : printed
  if (params.years === undefined || (year >= params.years.from && year <= params.years.to)) return year
  const { from, to } = params.years
  const expected = edition ? `an edition of ${from + 1} to ${to + 1} (data years ${from} to ${to})` : `a year from ${from} to ${to}`
  faults.push(cellFault("year-outside", file, row, params.year, text, expected, "correct the cell, or the years that the node declares"))
  return undefined
}

/** The entities that a text which names none, or several, was probably meant for. */
const probablyMeant = (text: string, owners: ReadonlyArray<string>, names: EntityNames): ReadonlyArray<string> => {
  if (owners.length > 1) return owners
  const elsewhere = names.elsewhere(text)
  return elsewhere === undefined ? names.near(text) : [elsewhere.entity]
}

/** The records of a file by what they are about. */
export interface Keys {
  readonly keyed: ReadonlyArray<Keyed>
  /** Entities and years of records left out for their name alone, as they were probably meant. */
  readonly meant: ReadonlyArray<Omit<Keyed, "record">>
}

/** The entity and data year of each record (an edition's data are of the year before). A record without both is told in `faults` and left out. */
export const readKeys = (file: CsvFile, params: KeyParams, names: EntityNames, faults: Array<Fault>): Keys => {
  const entityIndex = columnIndex(file, params.entity, faults)
  const yearIndex = columnIndex(file, params.year, faults)
  const unnamed = new Map<string, Array<number>>()
  const keyed: Array<Keyed> = []
  const meant: Array<Omit<Keyed, "record">> = []
  const guesses = new Map<string, ReadonlyArray<string>>()
  for (const record of file.records) {
    const text = entityIndex === -1 ? undefined : record.cells[entityIndex]!
    const owners = text === undefined ? [] : names.named(text)
    if (text !== undefined && owners.length !== 1) {
      const rows = unnamed.get(text)
      if (rows === undefined) unnamed.set(text, [record.row])
      else rows.push(record.row)
    }
    const year = yearIndex === -1 ? undefined : readYear(file, record, yearIndex, params, faults)
    if (text === undefined || year === undefined) continue
    if (owners.length === 1) keyed.push({ record, entity: owners[0]!, year })
    else {
      const guessed = guesses.get(text) ?? probablyMeant(text, owners, names)
      guesses.set(text, guessed)
      for (const entity of guessed) meant.push({ entity, year })
    }
  }
  for (const [text, rows] of unnamed) faults.push(nameFault(file, params.entity, text, rows, names))
  return { keyed, meant }
}

/** A fault for each row whose key (and what `part` adds to it) an earlier row had. */
export const duplicateFaults = (file: CsvFile, keyed: ReadonlyArray<Keyed>, part: (key: Keyed) => string): ReadonlyArray<Fault> => {
  const first = new Map<string, number>()
  return keyed.flatMap((key): ReadonlyArray<Fault> => {
    const { entity, record, year } = key
    const further = part(key)
    const text = `${entity}, ${year}${further === "" ? "" : `, ${further}`}`
    const id = JSON.stringify([entity, year, further])
    const earlier = first.get(id)
    if (earlier === undefined) {
      first.set(id, record.row)
      return []
    }
    const expected = "it once"
    const message = `${file.path}, row ${record.row}: found (${text}) again, expected ${expected}; it stands already in row ${earlier}: keep one of them`
    return [{ code: "duplicate-key", message, where: { file: file.path, row: record.row, entity, year, value: text, expected } }]
  })
}
