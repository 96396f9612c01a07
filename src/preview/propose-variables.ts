/** Proposes the variables of a table, by its headers, a column of labels, or its title. */
import type { SourceDescription } from "../../stages/ingest/source-params.ts"
import { isUnit, splitUnit, unitInNote } from "../../stages/ingest/unit.ts"
import { columnLetters } from "../tabular/a1.ts"
import { isYear, noteUnit, textOf } from "./cell-kind.ts"
import { type FoundTable, headsIn, longest, placeOfColumn } from "./find-table.ts"
import { variablePattern } from "./year-form.ts"

type Description = (typeof SourceDescription)["Encoded"]
type Variables = Description["variables"]
export type NamedVariables = Pick<Description, "variables" | "variable" | "long">

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

/** A header row of nothing but units. */
export const unitRowOf = ({ headers, rows, values }: FoundTable): number | undefined =>
  [...headers].reverse().find((header) => {
    const { cells } = rows.find(({ row }) => row === header)!
    const units = values.map((column) => textOf(cells[column])).filter((text) => text !== "")
    return units.length > 0 && units.every((text) => isUnit(unitInNote(text)))
  })

/** What heads a column of units, in the languages of those who have used it. */
const HEADS_UNITS = /^(?:(?:计量)?单位|units?(?: of measure(?:ment)?)?|(?:mess|maß)?einheit(?:en)?|unités?|unidad(?:es)?|unità)$/iu

/** A column that tells the unit of each row. */
export const unitColumnOf = ({ heads, labels }: FoundTable): number | undefined =>
  labels.find((column) => heads[column]!.some((text) => HEADS_UNITS.test(text.trim())))

/** Whether most texts of a column's cells have a percent sign. */
const isPercent = ({ data }: FoundTable, columns: ReadonlyArray<number>): boolean => {
  const texts = data.flatMap(({ cells }) => columns.map((column) => textOf(cells[column]))).filter((text) => /^[+-]?[\d.,]/.test(text))
  return texts.length > 0 && texts.filter((text) => /[%％]$/u.test(text)).length > 0.5 * texts.length
}

/** How variables are named: each text once, with its own unit, or the percent sign that its cells have. */
const naming = (table: FoundTable) => {
  const taken = new Set<string>()
  const named = (header: string, unitOf: string, columns: ReadonlyArray<number>, more: object = {}): Variables => {
    const name = variableName(header, taken)
    taken.add(name)
    const bare = splitUnit(header).name
    const unit = splitUnit(unitOf).unit ?? (isPercent(table, columns) ? "%" : undefined)
    return { [name]: { ...(bare === name ? {} : { header: bare }), ...more, ...(unit === undefined ? {} : { unit }) } }
  }
  return { named, single: (title: string) => Object.keys(named(title, title, table.values))[0]! }
}

/** The first text above the table that is no unit. */
const titleOf = ({ titles }: FoundTable): string =>
  titles
    .map(({ cells }) => textOf(cells.find((cell) => textOf(cell) !== "")))
    .find((text) => text !== "" && noteUnit(text) === undefined)
    ?.slice(0, 60) ?? "value"

const byLabels = (table: FoundTable, column: number, named: ReturnType<typeof naming>["named"]): Variables => {
  const labels = [...new Set(table.data.map(({ cells }) => textOf(cells[column])).filter((text) => text !== "" && text.length <= longest))]
  return Object.assign({}, ...labels.slice(0, 200).map((text) => named(text, text, [])))
}

/** Variables that stand in the headers together with the years: gdp_2003, pop_2003. */
const besideYears = (table: FoundTable, named: ReturnType<typeof naming>["named"]): NamedVariables | undefined => {
  if (table.yearRow === undefined) return undefined
  const row = table.spread.get(table.yearRow)!
  const texts = table.values.map((column) => row[column]!).filter((text) => text !== "")
  if (texts.some(isYear)) return undefined
  const match = variablePattern(texts)
  if (match === undefined) return undefined
  const stems = [...new Set(texts.map((text) => new RegExp(match, "u").exec(text)![1]!.trim()))]
  return { variable: { row: table.yearRow, match }, variables: Object.assign({}, ...stems.map((stem) => named(stem, stem, []))) }
}

export const variablesOf = (table: FoundTable, isLong: boolean, sheetNames: ReadonlyArray<string> | undefined, remarks: Array<string>): NamedVariables => {
  const { named, single } = naming(table)
  const crossed = table.yearRow !== undefined || table.entityRow !== undefined
  const distinct = (column: number): number => new Set(table.data.map(({ cells }) => textOf(cells[column])).filter((text) => text !== "")).size
  const unitColumn = unitColumnOf(table)
  const ofVariables = table.labels.filter((column) => column !== unitColumn)
  const label = ofVariables.find((column) => distinct(column) > (crossed ? 0 : 1) && (crossed || distinct(column) < table.data.length))
  if (!crossed && isLong && table.values.length === 1 && label !== undefined) {
    const [variable, value] = [placeOfColumn(table, label), placeOfColumn(table, table.values[0]!)]
    if (typeof variable === "string" && typeof value === "string") return { long: { variable, value }, variables: byLabels(table, label, named) }
  }
  // Of several columns of text the variables' is the one that is no unit and has the fewest texts but more than one.
  const labels = ofVariables.filter((column) => !table.data.every(({ cells }) => textOf(cells[column]) === "" || isUnit(textOf(cells[column]))))
  if (crossed && labels.length > 0 && (table.entityRow !== undefined || table.entityColumn !== undefined || table.yearRow !== undefined)) {
    const columns = labels.filter((column) => distinct(column) > 1)
    const chosen = [...(columns.length === 0 ? labels : columns)].sort((a, b) => distinct(a) - distinct(b))[0]!
    if (!table.data.every(({ cells }) => textOf(cells[chosen]) === "" || table.names.nameIn(textOf(cells[chosen])) === ""))
      return { variable: placeOfColumn(table, chosen), variables: byLabels(table, chosen, named) }
  }
  if (table.variableHeading !== undefined) {
    const column = table.variableHeading
    const texts = [...new Set(table.headings.map(({ cells }) => textOf(cells[column])))]
    return { variable: { heading: columnLetters(column) }, variables: Object.assign({}, ...texts.slice(0, 200).map((text) => named(text, text, []))) }
  }
  const beside = besideYears(table, named)
  if (beside !== undefined) return beside
  const units = unitRowOf(table)
  const heads = headsIn(table.spread, table.width, (row) => row !== table.yearRow && row !== table.entityRow && row !== units)
  const headed = table.values.map((column) => ({ column, parts: heads[column]!.filter((part) => !isYear(part)) }))
  if (crossed && headed.every(({ parts }) => parts.length === 0)) {
    if (sheetNames !== undefined) return { variable: { sheet: true }, variables: Object.assign({}, ...sheetNames.map((name) => named(name, name, []))) }
    const title = titleOf(table)
    const { unit } = splitUnit(title)
    const name = single(title)
    const told = unit ?? (isPercent(table, table.values) ? "%" : undefined)
    return { variable: { is: name }, variables: { [name]: told === undefined ? {} : { unit: told } } }
  }
  const wide: Array<Variables> = []
  const keyOf = (parts: ReadonlyArray<string>): string => parts.join(" / ")
  const keys = Map.groupBy(headed, ({ parts }) => keyOf(parts))
  for (const [key, columns] of keys) {
    const [{ column, parts }] = columns as [(typeof headed)[number]]
    if (parts.length === 0) {
      const letters = columns
        .map((one) => columnLetters(one.column))
        .slice(0, 5)
        .join(", ")
      remarks.push(
        `values without a header are left out, in ${columns.length === 1 ? "column" : "columns"} ${letters}: name one by its letter, column: "${columnLetters(column)}"`
      )
      continue
    }
    if (columns.length > 1 && !crossed)
      remarks.push(`the columns headed "${key}" are alike: name the further ones by their letter, column: "${columnLetters(columns[1]!.column)}"`)
    // A lower header that several upper ones have needs both.
    const last = parts.at(-1)!
    const alone = [...keys.keys()].filter((one) => keys.get(one)![0]!.parts.includes(last)).length === 1
    const unitOf = [...parts].reverse().find((part) => splitUnit(part).unit !== undefined) ?? last
    const own = columns.map((one) => one.column)
    if (parts.some((part) => part.length > longest)) {
      wide.push({ [columnLetters(column).toLowerCase()]: { column: columnLetters(column) } })
      continue
    }
    wide.push(named(alone ? last : parts.map((part) => splitUnit(part).name).join(" "), unitOf, own, alone ? {} : { header: parts }))
  }
  return { variables: Object.assign({}, ...wide) }
}
