/** Proposes how a file is to be described, for a person to check: nothing of it is taken without being written down. */

import { squeezed } from "../../stages/ingest/heads.ts"
import { noEntityKind } from "../../stages/ingest/no-entities.ts"
import { usualMissing } from "../../stages/ingest/number-text.ts"
import type { SourceDescription } from "../../stages/ingest/source-params.ts"
import { isUnit, splitUnit, unitInNote } from "../../stages/ingest/unit.ts"
import { cellName, columnLetters } from "../tabular/a1.ts"
import type { CellValue, Sheet } from "../tabular/sheet.ts"
import { decimalComma, isYear, kindOf, marked, missingSigns, textOf } from "./cell-kind.ts"
import { type FoundTable, findTable, placeOfColumn } from "./find-table.ts"

type Description = (typeof SourceDescription)["Encoded"]
type Variables = Description["variables"]

/** What a dictionary knows of names: by which of its columns a text is the name of an entity; "" is the entity's own name. */
export type NameColumn = (text: string) => string | undefined

export interface Proposal {
  readonly description: Description
  /** What was seen and has to be looked at, a sentence each. */
  readonly remarks: ReadonlyArray<string>
  readonly table: FoundTable
}

const total =
  /^(全国|全\s*国|合计|总计|总\s*计|平均|全国(总计|合计|平均)|[东中西]部(地区)?|东北(地区)?|national|total|nation|china|whole country|average|[a-z]*\s*regions?$)/iu

/** A name for a variable: the header's letters and digits, whatever their script. */
const variableName = (header: string, taken: ReadonlySet<string>): string => {
  const plain = splitUnit(header)
    .name.toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^[_\p{N}]+|_+$/gu, "")
  const base = plain === "" || ["entity", "year", "unit"].includes(plain) ? `x_${plain}`.replace(/_$/, "") : plain
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`
    if (!taken.has(name)) return name
  }
}

/** The file's way with numbers, from the texts of its cells of values. */
const styleOf = (table: FoundTable) => {
  const texts = table.data
    .flatMap(({ cells }) => table.values.map((column) => cells[column]))
    .filter((cell): cell is string => typeof cell === "string")
    .map((text) => text.trim())
  const missing = [...new Set(texts.filter((text) => missingSigns.includes(text) && !usualMissing.includes(text)))]
  const marks = [...new Set(texts.flatMap((text) => (marked.exec(text) ?? marked.exec(text.normalize("NFKC")))?.[1] ?? []))]
  const comma = texts.some((text) => decimalComma.test(text))
  return {
    ...(missing.length === 0 ? {} : { missing: [...usualMissing, ...missing] }),
    ...(marks.length === 0 ? {} : { marks }),
    ...(comma ? { decimal: "," as const } : {})
  }
}

/** The beginnings of rows that are notes: up to a colon, or the first letters. */
const footnotesOf = (table: FoundTable): ReadonlyArray<string> => {
  const texts = table.notes.map(({ cells }) => textOf(cells.find((cell) => textOf(cell) !== ""))).filter((text) => text !== "")
  return [...new Set(texts.map((text) => /^([^:：]{1,16})[:：]/u.exec(text)?.[1]?.trim() ?? Array.from(text).slice(0, 12).join("")))]
}

/** Where the unit is told once for the table: a note above it, or a header row of nothing but units. */
const unitsOf = (table: FoundTable): Description["units"] => {
  for (const { cells, row } of [...table.titles, ...table.rows.filter(({ row }) => table.headers.includes(row))])
    for (const [column, cell] of cells.entries())
      if (/单位|\bunits?\b/iu.test(textOf(cell)) && isUnit(unitInNote(textOf(cell)))) return { cell: cellName(column, row) }
  const row = [...table.headers].reverse().find((header) => {
    const cells = table.rows.find((one) => one.row === header)!.cells
    const units = table.values.map((column) => textOf(cells[column])).filter((text) => text !== "")
    return units.length > 0 && units.every((text) => isUnit(unitInNote(text)))
  })
  return row === undefined ? undefined : { row }
}

/** The unit that a note in a cell tells. */
const unitIn = (table: FoundTable, cell: string): string | undefined => {
  for (const { cells, row } of table.rows) for (const [column, value] of cells.entries()) if (cellName(column, row) === cell) return unitInNote(textOf(value))
  return undefined
}

/** Where the year is told, beside the cells or for the whole table. */
const yearOf = (table: FoundTable, sheet: Sheet, path: string, remarks: Array<string>): Description["year"] => {
  if (table.yearColumn !== undefined) return placeOfColumn(table, table.yearColumn)
  if (table.yearRow !== undefined) return { row: table.yearRow }
  const pattern = "((?:19|20)\\d{2})"
  const inText = (text: string) => new RegExp(pattern, "u").test(text)
  if (inText(sheet.name)) return { sheet: true, match: pattern }
  const file = path.split(/[\\/]/).at(-1) ?? ""
  if (inText(file)) return { file: true, match: pattern }
  for (const { cells, row } of table.titles)
    for (const [column, cell] of cells.entries()) if (inText(textOf(cell).normalize("NFKC"))) return { cell: cellName(column, row), match: pattern }
  remarks.push("nothing in the file says of which year its values are: put the year into year: { is: … }")
  return { is: 2003 }
}

/** The variables that the headers name, or a column does, or the title. */
const variablesOf = (table: FoundTable, year: Description["year"], remarks: Array<string>): Pick<Description, "variables" | "variable" | "long"> => {
  const taken = new Set<string>()
  const named = (header: string, more: object): Variables => {
    const name = variableName(header, taken)
    taken.add(name)
    const bare = splitUnit(header).name
    return { [name]: { ...(bare === name ? {} : { header: bare }), ...more } }
  }
  const title =
    table.titles.map(({ cells }) => textOf(cells.find((cell) => textOf(cell) !== ""))).find((text) => text !== "" && !/单位|\bunits?\b/iu.test(text)) ?? "value"
  const crossed = table.yearRow !== undefined || table.entityRow !== undefined
  const labelled = (column: number): ReadonlyArray<string> => [...new Set(table.data.map(({ cells }) => textOf(cells[column])).filter((text) => text !== ""))]
  const label = table.labels.find((column) => labelled(column).length > 1 && labelled(column).length < table.data.length)
  const long = !crossed && table.values.length === 1 && label !== undefined && typeof year === "string"
  if (long) {
    const [variableColumn, value] = [placeOfColumn(table, label), placeOfColumn(table, table.values[0]!)]
    if (typeof variableColumn === "string" && typeof value === "string")
      return {
        long: { variable: variableColumn, value },
        variables: Object.assign(
          {},
          ...labelled(label)
            .slice(0, 200)
            .map((text) => named(text, {}))
        )
      }
  }
  if (crossed && label !== undefined)
    return {
      variable: placeOfColumn(table, label),
      variables: Object.assign({}, ...labelled(label).map((text) => named(text, splitUnit(text).unit === undefined ? {} : { unit: splitUnit(text).unit })))
    }
  const keyRows = [table.yearRow, table.entityRow]
  const headsWithout = table.values.map((column) => ({ column, parts: table.heads[column]!.filter((part) => !isYear(part)) }))
  if (crossed && (table.headers.filter((row) => !keyRows.includes(row)).length === 0 || headsWithout.every(({ parts }) => parts.length === 0))) {
    const name = variableName(title, taken)
    return { variable: { is: name }, variables: { [name]: {} } }
  }
  const wide: Array<Variables> = []
  const seen = new Set<string>()
  for (const { column, parts } of headsWithout) {
    const key = parts.join(" / ")
    if (seen.has(key)) {
      if (!crossed) remarks.push(`the columns headed "${key}" are alike: name the further ones by their letter, column: "${columnLetters(column)}"`)
      continue
    }
    seen.add(key)
    if (parts.length === 0) {
      remarks.push(`column ${columnLetters(column)} has values and no header: it is left out; name it by its letter, column: "${columnLetters(column)}"`)
      continue
    }
    // A lower header that only names a part of the upper one's columns needs both.
    const last = parts.at(-1)!
    const alone = headsWithout.filter((one) => one.parts.includes(last)).length === 1 || crossed
    const { unit } = splitUnit(last)
    wide.push(named(alone ? last : parts.join(" "), { ...(alone ? {} : { header: parts }), ...(unit === undefined ? {} : { unit }) }))
  }
  return { variables: Object.assign({}, ...wide) }
}

/** Proposes a description of a sheet's table; undefined where none is found in it. */
export const propose = (sheet: Sheet, path: string, sheets: "all" | ReadonlyArray<string> | undefined, nameColumn: NameColumn): Proposal | undefined => {
  const table = findTable(sheet, (text) => text !== "" && nameColumn(text) !== undefined)
  if (table === undefined) return undefined
  const remarks: Array<string> = []
  const names =
    table.entityColumn === undefined
      ? (table.rows.find(({ row }) => row === table.entityRow)?.cells ?? [])
      : table.data.map(({ cells }) => cells[table.entityColumn!])
  const texts = [...new Set(names.map((cell: CellValue | undefined) => textOf(cell)))].filter((text) => text !== "")
  const aliases = [...new Set(texts.flatMap((text) => nameColumn(text) ?? []))].filter((column) => column !== "")
  const unknown = texts.filter((text) => nameColumn(text) === undefined && (table.entityColumn !== undefined || kindOf(text) === "text"))
  const passOver = unknown.filter((text) => total.test(squeezed(text)) || total.test(text) || noEntityKind(text) !== undefined)
  const strangers = table.entityColumn === undefined ? [] : unknown.filter((text) => !passOver.includes(text))
  if (strangers.length > 0)
    remarks.push(
      `not in the dictionary: ${strangers
        .slice(0, 10)
        .map((text) => `"${text}"`)
        .join(", ")}${strangers.length > 10 ? ` and ${strangers.length - 10} more` : ""}`
    )
  const year = yearOf(table, sheet, path, remarks)
  const blank = table.entityColumn !== undefined && table.data.some(({ cells }) => textOf(cells[table.entityColumn!]) === "")
  const entity =
    table.entityRow !== undefined ? { row: table.entityRow } : table.entityColumn === undefined ? undefined : placeOfColumn(table, table.entityColumn)
  if (entity === undefined) remarks.push("nothing in the table names entities: say where they are named, entity: …")
  const first = table.data[0]!.row
  const header = table.headers.length === 1 ? table.headers[0]! : table.headers
  const units = unitsOf(table)
  const footnotes = footnotesOf(table)
  const { variables: own, ...named } = variablesOf(table, year, remarks)
  const noted = units !== undefined && typeof units !== "string" && units.cell !== undefined ? unitIn(table, units.cell) : undefined
  const variables = noted === undefined ? own : Object.fromEntries(Object.entries(own).map(([name, variable]) => [name, { unit: noted, ...variable }]))
  return {
    table,
    remarks,
    description: {
      ...(sheets === undefined ? {} : { sheets }),
      ...(header === 1 ? {} : { header: header as Description["header"] }),
      ...(first === (table.headers.at(-1) ?? 0) + 1 ? {} : { first }),
      ...(footnotes.length === 0 ? {} : { footnotes }),
      ...(passOver.length === 0 ? {} : { passOver }),
      ...(blank && sheet.merged.length === 0 ? { fillDown: true } : {}),
      ...styleOf(table),
      ...(entity === undefined ? {} : { entity }),
      ...(aliases.length === 0 ? {} : { aliases }),
      year,
      ...named,
      ...(units === undefined ? {} : { units }),
      variables
    } as Description
  }
}
