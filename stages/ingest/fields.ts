/** The columns of a sheet that hold values, and what their headers say of these. */
import type { Fault } from "@sediment/sediment"
import { columnLetters, columnOfLetters } from "../../src/tabular/a1.ts"
import { columnsNamed, headText, unitOfHead } from "./heads.ts"
import { columnWith, type KeyPlace, type SheetTop } from "./key-places.ts"
import { sheetFault } from "./sheet-place.ts"
import type { SourceVariable } from "./source-params.ts"
import { unitInNote } from "./unit.ts"
import { readYearText } from "./year-text.ts"

/** A column of values. What is undefined here is told by each row, or by the sheet. */
export interface Field {
  readonly column: number
  readonly head: string
  readonly variable: string | undefined
  readonly entity: string | undefined
  /** The year as it is written. */
  readonly year: string | undefined
  /** The unit that the header says, or a row of units, or the file's format. */
  readonly unit: string | undefined
}

export interface Keys {
  readonly entity: KeyPlace
  readonly year: KeyPlace
  /** Undefined where the headers name the variables. */
  readonly variable: KeyPlace | undefined
  readonly units: KeyPlace | undefined
}

/** The label by which a file may call a variable, where one text does. */
export const labelOf = (name: string, { header }: SourceVariable): string =>
  header === undefined ? name : typeof header === "string" ? header : header.join(" / ")

const textAt = (key: KeyPlace | undefined, column: number): string | undefined => (key?.per === "column" ? (key.texts[column] ?? "") : undefined)

/**
 * The fields of a sheet. Where headers name the variables, each declared one must have its column (one for each entity or year that a header row tells apart);
 * otherwise the fields are the columns that have an entity or a year above them, or the one `value` column of a long table.
 */
export const fieldsOf = (
  top: SheetTop,
  { entity, units, variable, year }: Keys,
  variables: Readonly<Record<string, SourceVariable>>,
  value: string | undefined,
  faults: Array<Fault>,
  marks: ReadonlyArray<string>
): { readonly fields: ReadonlyArray<Field>; readonly notYears: ReadonlyArray<string> } => {
  const stub = new Set([entity, year, variable, units].flatMap((key) => (key?.per === "row" ? [key.column] : [])))
  const field = (column: number, name: string | undefined): Field => {
    const head = top.heads.find((one) => one.column === column)
    return {
      column,
      head: head === undefined ? "" : headText(head),
      variable: name,
      entity: textAt(entity, column),
      year: textAt(year, column),
      unit: unitInNote(textAt(units, column) ?? "") || (head === undefined ? undefined : (unitOfHead(head) ?? top.unitOf(column)))
    }
  }
  if (value !== undefined) {
    const head = columnWith(top, value, faults)
    return { fields: head === undefined ? [] : [field(head.column, undefined)], notYears: [] }
  }
  const crossed = entity.per === "column" || year.per === "column"
  if (variable !== undefined && variable.per !== "column") {
    if (crossed) return crossing(top, stub, field, entity, year, marks)
    faults.push(
      sheetFault(
        top,
        "no-values",
        undefined,
        "the variable is named beside the cells or for the whole sheet, and nothing tells which column holds its values; say long: { variable, value }",
        {
          parameter: "variable"
        }
      )
    )
    return { fields: [], notYears: [] }
  }
  const above =
    variable?.per === "column" ? top.heads.map(({ column }) => ({ column, parts: [variable.texts[column] ?? ""].filter((text) => text !== "") })) : top.names
  const fields = Object.entries(variables).flatMap(([name, declared]): ReadonlyArray<Field> => {
    if (declared.column !== undefined) return [field(columnOfLetters(declared.column), name)]
    const wanted = declared.header ?? name
    if (crossed) {
      const found = columnsNamed(above, wanted).filter(({ column }) => !stub.has(column))
      if (found.length > 0) return found.map(({ column }) => field(column, name))
    }
    const head = columnWith({ ...top, heads: above }, wanted, faults)
    return head === undefined ? [] : [field(head.column, name)]
  })
  return withYears(fields, marks)
}

const withYears = (fields: ReadonlyArray<Field>, marks: ReadonlyArray<string>) => {
  const isYear = ({ year }: Field) => year === undefined || readYearText(year, marks) !== undefined
  return { fields: fields.filter(isYear), notYears: fields.filter((one) => !isYear(one)).map(({ column, year }) => year || `column ${columnLetters(column)}`) }
}

/** The columns under a year or an entity. A column with a text there that is no year (remarks, a growth rate) holds no values, which is told. */
const crossing = (
  top: SheetTop,
  stub: ReadonlySet<number>,
  field: (column: number, name: undefined) => Field,
  entity: KeyPlace,
  year: KeyPlace,
  marks: ReadonlyArray<string>
) => {
  const width = Math.max(entity.per === "column" ? entity.texts.length : 0, year.per === "column" ? year.texts.length : 0, top.heads.length)
  const columns = Array.from({ length: width }, (_, column) => column).filter((column) => !stub.has(column))
  const fields = columns.map((column) => field(column, undefined)).filter((one) => one.entity !== "" && one.year !== "")
  return withYears(fields, marks)
}
