/** Proposes how a file is to be described, for a person to check: nothing of it is taken without being written down. */

import { partsOf } from "../../stages/ingest/areas.ts"
import { noEntityKind } from "../../stages/ingest/no-entities.ts"
import { usualMissing } from "../../stages/ingest/number-text.ts"
import { listed, shown } from "../../stages/ingest/shown.ts"
import type { SourceDescription } from "../../stages/ingest/source-params.ts"
import { cellName, columnLetters } from "../tabular/a1.ts"
import type { CellValue, Sheet } from "../tabular/sheet.ts"
import { decimalComma, isYear, kindOf, marked, missingSigns, noteUnit, textOf } from "./cell-kind.ts"
import { findAreas } from "./find-areas.ts"
import { type FoundTable, findTable, placeOfColumn } from "./find-table.ts"
import { entityOfSheet } from "./name-form.ts"
import { unitColumnOf, unitRowOf, variablesOf } from "./propose-variables.ts"
import { hasYear, YEAR_PATTERN } from "./year-form.ts"

type Description = (typeof SourceDescription)["Encoded"]

/** What a dictionary knows of names: by which of its columns a text is the name of an entity; "" is the entity's own name. */
export type NameColumn = (text: string) => string | undefined

export interface Proposal {
  readonly description: Description
  /** What was seen and has to be looked at, a sentence each. */
  readonly remarks: ReadonlyArray<string>
  readonly table: FoundTable
}

/** The sheets that a description is proposed for; the names of all that are laid out alike. */
export interface ChosenSheets {
  readonly sheets: "all" | ReadonlyArray<string> | undefined
  readonly alike: ReadonlyArray<string>
}

/** The file's way with numbers, from the texts of its cells of values, and of its names. */
const styleOf = (table: FoundTable, names: ReadonlyArray<string>) => {
  const texts = table.data
    .flatMap(({ cells }) => table.values.map((column) => cells[column]))
    .filter((cell): cell is string => typeof cell === "string")
    .map((text) => text.trim())
  const missing = [...new Set(texts.filter((text) => missingSigns.includes(text) && !usualMissing.includes(text)))]
  const ofNames = names.flatMap((text) => /\S([①-⑳*†‡#]|\[\d\])$/u.exec(text)?.[1] ?? [])
  const marks = [...new Set([...texts.flatMap((text) => (marked.exec(text) ?? marked.exec(text.normalize("NFKC")))?.[1] ?? []), ...ofNames])]
  const comma = texts.some((text) => decimalComma.test(text))
  return {
    ...(missing.length === 0 ? {} : { missing: [...usualMissing, ...missing] }),
    ...(marks.length === 0 ? {} : { marks }),
    ...(comma ? { decimal: "," as const } : {})
  }
}

/** The beginnings of rows that are notes: up to a colon, or the first letters. */
const footnotesOf = (notes: FoundTable["notes"]): ReadonlyArray<string> => {
  const texts = notes.map(({ cells }) => textOf(cells.find((cell) => textOf(cell) !== ""))).filter((text) => text !== "")
  return [...new Set(texts.map((text) => /^([^:：]{1,16})[:：]/u.exec(text)?.[1]?.trim() ?? Array.from(text).slice(0, 12).join("")))]
}

/** Where the unit is told once for the table, in a note above it or below its headers; or in a header row of nothing but units, or a column of them. */
const unitsOf = (table: FoundTable): { readonly place: Description["units"]; readonly unit: string | undefined } => {
  const column = unitColumnOf(table)
  if (column !== undefined) {
    const [unit, ...more] = new Set(table.data.map(({ cells }) => textOf(cells[column])).filter((text) => text !== ""))
    return { place: placeOfColumn(table, column), unit: more.length === 0 ? unit : undefined }
  }
  for (const { cells, row } of [...table.titles, ...table.rows.filter(({ row: one }) => table.headers.includes(one)), ...table.notes.slice(0, 3)])
    for (const [column, cell] of cells.entries()) {
      const unit = noteUnit(textOf(cell))
      if (unit !== undefined) return { place: { cell: cellName(column, row) }, unit }
    }
  const row = unitRowOf(table)
  return { place: row === undefined ? undefined : { row }, unit: undefined }
}

/** A place of a year with the pattern that finds it, where one is needed. */
const withPattern = <A extends object>(place: A, texts: ReadonlyArray<CellValue | undefined>): A & { readonly match?: string } => {
  const plain = texts.filter((cell) => isYear(cell)).length
  const others = texts.filter((cell) => !isYear(cell) && hasYear(cell)).length
  return others > plain ? { ...place, match: YEAR_PATTERN } : place
}

/** Where the year is told, beside the cells or for the whole table. */
const yearOf = (table: FoundTable, sheet: Sheet, path: string, remarks: Array<string>): Description["year"] => {
  const { data, rows, spread, values, yearColumn, yearHeading, yearRow } = table
  if (yearHeading !== undefined) return { heading: columnLetters(yearHeading), match: `^\\D{0,6}${YEAR_PATTERN}\\D{0,6}$` }
  if (yearColumn !== undefined) {
    const place = withPattern(
      { column: columnLetters(yearColumn) },
      data.map(({ cells }) => cells[yearColumn])
    )
    return place.match === undefined ? placeOfColumn(table, yearColumn) : place
  }
  if (yearRow !== undefined) {
    const texts = spread.get(yearRow)
    return withPattern({ row: yearRow }, texts === undefined ? [] : values.map((column) => texts[column]!))
  }
  const inText = (text: string) => new RegExp(YEAR_PATTERN, "u").test(text)
  if (inText(sheet.name)) return { sheet: true, match: YEAR_PATTERN }
  for (const { cells, row } of [...table.titles, ...rows.filter(({ row: one }) => table.headers.includes(one))])
    for (const [column, cell] of cells.entries()) {
      const years = new Set(textOf(cell).normalize("NFKC").match(new RegExp(YEAR_PATTERN, "gu")))
      if (typeof cell === "string" && years.size === 1) return { cell: cellName(column, row), match: YEAR_PATTERN }
    }
  if (inText(path.split(/[\\/]/).at(-1) ?? "")) return { file: true, match: YEAR_PATTERN }
  remarks.push("nothing in the file says of which year its values are: put the year into year: { is: … }")
  return { is: 2003 }
}

/** Proposes a description of a sheet's table; undefined where none is found in it. Without a dictionary no name is known, and none is strange. */
export const propose = (whole: Sheet, path: string, { alike, sheets }: ChosenSheets, dictionary: NameColumn | undefined): Proposal | undefined => {
  const nameColumn: NameColumn = dictionary ?? (() => undefined)
  const isEntity = (text: string): boolean => text !== "" && nameColumn(text) !== undefined
  const ofSheet = entityOfSheet(whole, path, isEntity)
  const first = findTable(whole, isEntity, ofSheet !== undefined)
  if (first === undefined) return undefined
  const areas = findAreas(first, (text) => isEntity(first.names.nameIn(text)))
  const sheet = areas === undefined ? whole : partsOf(whole, areas)[0]!.sheet
  const table = areas === undefined ? first : findTable(sheet, isEntity, ofSheet !== undefined)
  if (table === undefined) return undefined
  const { data, entityColumn, entityHeading, entityRow, names: form } = table
  const remarks: Array<string> = []
  const cells =
    entityColumn === undefined
      ? entityRow === undefined
        ? []
        : (table.rows.find(({ row }) => row === entityRow)?.cells ?? [])
      : data.map((one) => one.cells[entityColumn])
  const texts = [...new Set(cells.map((cell: CellValue | undefined) => textOf(cell)))].filter((text) => text !== "")
  const nameOf = (text: string) => nameColumn(form.nameIn(text))
  const aliases = [...new Set(texts.flatMap((text) => nameOf(text) ?? []))].filter((column) => column !== "")
  const style = styleOf(
    table,
    texts.filter((text) => nameOf(text) === undefined)
  )
  const known = (text: string) => nameOf(text) !== undefined || ("marks" in style && nameOf(text.replace(/\s*(?:[①-⑳*†‡#]|\[\d\])+$/u, "")) !== undefined)
  const unknown = texts.filter((text) => !known(text) && (entityColumn !== undefined || kindOf(text) === "text"))
  const kinds = unknown.filter((text) => noEntityKind(form.nameIn(text)) !== undefined)
  // East and West may be groups of a country's places, or all the places that there are.
  const passOver = dictionary === undefined && kinds.length === unknown.length ? [] : kinds.map(form.nameIn)
  const strangers = dictionary === undefined || entityColumn === undefined ? [] : unknown.filter((text) => !passOver.includes(form.nameIn(text)))
  if (strangers.length > 0)
    remarks.push(
      `not in the dictionary: ${listed(
        strangers.map((text) => `"${shown(text, 50)}"`),
        10
      )}`
    )
  const year = yearOf(table, sheet, path, remarks)
  const isEdition = /年鉴|yearbook/iu.test(path.split(/[\\/]/).at(-1) ?? "") && typeof year !== "string" && year?.file === true
  if (isEdition)
    remarks.push("the file's name is taken for a yearbook's edition, whose data are of the year before: take out yearIs if its year is that of the data")
  const placed = (place: object): Description["entity"] => ({ ...place, ...(form.match === undefined ? {} : { match: form.match }) }) as Description["entity"]
  const plain = entityColumn === undefined ? undefined : placeOfColumn(table, entityColumn)
  const entity: Description["entity"] =
    entityHeading !== undefined
      ? { heading: columnLetters(entityHeading), match: form.match ?? "^(\\D+)$" }
      : entityRow !== undefined
        ? placed({ row: entityRow })
        : plain === undefined
          ? ofSheet
          : form.match === undefined
            ? plain
            : placed({ column: columnLetters(entityColumn!) })
  if (entity === undefined) remarks.push("nothing in the table names entities: say where they are named, entity: …")
  const header = table.headers.length === 1 ? table.headers[0]! : table.headers
  const units = unitsOf(table)
  const blank = [entityColumn, ...table.labels].some((column) => column !== undefined && data.some((one) => textOf(one.cells[column]) === ""))
  const notes = areas === undefined ? table.notes : partsOf(whole, areas).flatMap((part) => findTable(part.sheet, isEntity, ofSheet !== undefined)?.notes ?? [])
  const footnotes = footnotesOf(notes)
  const yearFound = table.yearColumn !== undefined || table.yearHeading !== undefined
  const sheetSays = [entity, year].some((place) => typeof place === "object" && place.sheet === true)
  const { variables: own, ...named } = variablesOf(table, yearFound, alike.length > 1 && !sheetSays ? alike : undefined, remarks)
  const sheetNames = typeof named.variable === "object" && named.variable.sheet === true
  const variables =
    units.unit === undefined || sheetNames ? own : Object.fromEntries(Object.entries(own).map(([name, one]) => [name, { unit: units.unit!, ...one }]))
  return {
    table,
    remarks,
    description: {
      ...(sheets === undefined ? {} : { sheets }),
      ...(areas === undefined ? {} : { areas }),
      ...(header === 1 ? {} : { header: header as Description["header"] }),
      ...(table.first === (table.headers.at(-1) ?? 0) + 1 ? {} : { first: table.first }),
      ...(footnotes.length === 0 ? {} : { footnotes }),
      ...(passOver.length === 0 ? {} : { passOver }),
      ...(blank && sheet.merged.length === 0 ? { fillDown: true } : {}),
      ...style,
      ...(entity === undefined ? {} : { entity }),
      ...(aliases.length === 0 ? {} : { aliases }),
      year,
      ...(isEdition ? { yearIs: "edition" } : {}),
      ...named,
      ...(units.place === undefined ? {} : { units: units.place }),
      variables
    } as unknown as Description
  }
}
