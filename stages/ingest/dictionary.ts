/** What a dictionary of entities says beside names and places: further names, years, codes; and what is wrong with it. */
import type { Fault } from "@sediment/sediment"
import { byText } from "../key-order.ts"
import { cellFault } from "./cell.ts"
import { DICTIONARY_COLUMNS } from "./entity-names.ts"
import { nameKey, namesIn } from "./name-key.ts"
import type { TableRecords } from "./records.ts"

/** The column of a table; undefined where it has none of this name. */
const columnOf = ({ headers, records }: TableRecords, header: string): ReadonlyArray<string> | undefined => {
  const index = headers.indexOf(header)
  return index === -1 ? undefined : records.map(({ cells }) => cells[index]!)
}

/**
 * Each name of two entities: one fault for a name and the later of its rows. A variant must not be, nor be written like, any name of another entity; the entities'
 * own names may be written alike (A-1 and A1), since each means itself as it stands.
 */
export const sharedNames = (file: TableRecords, entity: string, names: ReadonlyArray<string>): ReadonlyArray<Fault> => {
  const variants = columnOf(file, DICTIONARY_COLUMNS.variants)
  if (variants === undefined) return []
  const own = new Map<string, number>()
  names.forEach((name, i) => {
    const key = nameKey(name)
    if (key !== "" && !own.has(key)) own.set(key, i)
  })
  const owners = new Map<string, number>()
  return variants.flatMap((cell, i) =>
    namesIn(cell).flatMap((name): ReadonlyArray<Fault> => {
      const key = nameKey(name)
      const { row } = file.records[i]!
      const header = DICTIONARY_COLUMNS.variants
      if (key === "") return [cellFault("bad-variant", file, row, header, name, "names with a letter or a digit", "take it out")]
      const first = own.get(key) ?? owners.get(key)
      if (first === undefined) owners.set(key, i)
      if (first === undefined || first === i) return []
      const other = `${names[first]} (row ${file.records[first]!.row})`
      const where = own.has(key) ? `the name of ${other} in the column "${entity}"` : `a variant of ${other} too`
      return [
        cellFault("shared-name", file, row, header, name, "names of one entity", `it is ${where}: take it out of one, since a file that has it would mean both`)
      ]
    })
  )
}

/** Years that are none, and a last one before the first. */
export const existenceFaults = (file: TableRecords): ReadonlyArray<Fault> => {
  const columns = [DICTIONARY_COLUMNS.from, DICTIONARY_COLUMNS.to].map((header) => ({ header, cells: columnOf(file, header) }))
  const faults = columns.flatMap(({ cells = [], header }) =>
    cells.flatMap(
      (text, i): ReadonlyArray<Fault> =>
        /^(\d{4})?$/.test(text)
          ? []
          : [
              cellFault(
                "bad-year",
                file,
                file.records[i]!.row,
                header,
                text,
                "a year as 1997, or nothing",
                "correct it, or give the column another header if it is something else"
              )
            ]
    )
  )
  const [from, to] = columns.map(({ cells }) => cells)
  const turned = (from ?? []).flatMap((first, i): ReadonlyArray<Fault> => {
    const last = to?.[i] ?? ""
    if (!/^\d{4}$/.test(first) || !/^\d{4}$/.test(last) || first <= last) return []
    return [
      cellFault(
        "bad-year",
        file,
        file.records[i]!.row,
        DICTIONARY_COLUMNS.to,
        last,
        `${first} or later`,
        "an entity does not end before it begins: correct either year"
      )
    ]
  })
  return [...faults, ...turned]
}

/** Codes of columns that must have a form: those that have another, and those of two entities. */
export const codeFaults = (file: TableRecords, patterns: Readonly<Record<string, string>>): ReadonlyArray<Fault> =>
  Object.entries(patterns).flatMap(([header, pattern]) => {
    const form = new RegExp(`^(?:${pattern})$`, "u")
    const first = new Map<string, number>()
    return (columnOf(file, header) ?? []).flatMap((text, i): ReadonlyArray<Fault> => {
      const { row } = file.records[i]!
      if (text === "") return []
      if (!form.test(text)) return [cellFault("bad-code", file, row, header, text, `a code of the form ${pattern}`, "correct it")]
      const before = first.get(text)
      if (before === undefined) first.set(text, row)
      return before === undefined ? [] : [cellFault("duplicate-code", file, row, header, text, "each code once", `it stands already in row ${before}`)]
    })
  })

const CODE_HEADER = /(^|_)(code|iso|fips|postal|gb|gbt2260|nuts|abbreviation)($|_)/i
const formOf = (code: string): string =>
  code
    .replace(/\d/g, "9")
    .replace(/\p{Lu}/gu, "A")
    .replace(/\p{Ll}/gu, "a")

/** Codes of columns of which no form is declared that look otherwise than nearly all others, or stand twice: perhaps lost digits, which spreadsheets do to 01. For a warning. */
export const oddCodes = (file: TableRecords, declared: Readonly<Record<string, string>>): ReadonlyArray<Fault> =>
  file.headers
    .filter((header) => CODE_HEADER.test(header) && !(header in declared))
    .flatMap((header) => {
      const codes = columnOf(file, header)!
      const given = codes.filter((code) => code !== "")
      const forms = [...Map.groupBy(given, formOf)].sort(([a, one], [b, other]) => other.length - one.length || byText(a, b))
      const usual = forms[0]
      if (usual === undefined || given.length < 5 || usual[1].length < 0.8 * given.length) return []
      const seen = new Set<string>()
      return codes.flatMap((code, i): ReadonlyArray<Fault> => {
        if (code === "") return []
        const again = seen.has(code)
        seen.add(code)
        if (formOf(code) === usual[0] && !again) return []
        const expected = again ? "each code once" : `a code like ${usual[1][0]}, as ${usual[1].length} of ${given.length} have`
        return [
          cellFault(
            "odd-code",
            file,
            file.records[i]!.row,
            header,
            code,
            expected,
            `correct it if it is wrong; codes: { "${header}": pattern } makes it a fault`
          )
        ]
      })
    })
