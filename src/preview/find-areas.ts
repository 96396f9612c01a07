/** Finds tables that stand side by side in a sheet, or one below the other, by their headers, which are alike. */
import { squeezed } from "../../stages/ingest/heads.ts"
import { cellName } from "../tabular/a1.ts"
import type { SheetRow } from "../tabular/sheet.ts"
import { textOf } from "./cell-kind.ts"
import type { FoundTable } from "./find-table.ts"

/** More tables in a sheet are not looked for. */
const most = 50

const textsOf = ({ cells }: SheetRow): ReadonlyArray<string> => cells.map((cell) => squeezed(textOf(cell)))
const filled = (row: SheetRow): number => textsOf(row).filter((text) => text !== "").length

/** 地区 | 数值 | 地区 | 数值: columns of entities under one header, with other entities in each. */
const sideBySide = ({ data, headers, rows, width }: FoundTable, isEntity: (text: string) => boolean): ReadonlyArray<string> | undefined => {
  const header = rows.find(({ row }) => row === headers.at(-1))
  if (header === undefined || data.length === 0) return undefined
  const heads = textsOf(header)
  const named = Array.from({ length: width }, (_, column) => column).filter((column) => data.filter(({ cells }) => isEntity(textOf(cells[column]))).length >= 2)
  const [first, second] = named
  if (first === undefined || second === undefined || named.length > most || named.some((column) => heads[column] !== heads[first])) return undefined
  if (data.some(({ cells }) => textOf(cells[first]) !== "" && squeezed(textOf(cells[first])) === squeezed(textOf(cells[second])))) return undefined
  // Columns before the names (a number, say) belong to each part if they are headed alike.
  const step = second - first
  let before = 0
  while (before < first && heads[first - before - 1] === heads[second - before - 1]) before++
  const [top, bottom] = [headers[0]!, data.at(-1)!.row]
  return named.map((column, i) => {
    const right = named[i + 1] === undefined ? Math.max(column + step - 1, width - 1) : named[i + 1]! - before - 1
    return `${cellName(column - before, top)}:${cellName(right, bottom)}`
  })
}

/** Tables whose last header row comes again below, with other years perhaps: each begins with as many rows above it as all of them have. */
const stacked = ({ headers, rows }: FoundTable): ReadonlyArray<string> | undefined => {
  const header = rows.find(({ row }) => row === headers.at(-1))
  if (header === undefined) return undefined
  const keyOf = (row: SheetRow): string =>
    JSON.stringify(textsOf(row).map((text) => text.replace(/(?:19|20)\d{2}/gu, "YYYY")))
      .replace(/(?:,"[^"]*YYYY[^"]*")+/gu, ',"YYYY"')
      .replace(/(?:,"")+\]$/, "]")
  const starts = rows.flatMap((one, i) => (keyOf(one) === keyOf(header) ? [i] : []))
  if (starts.length < 2 || starts.length > most) return undefined
  const depth = headers.length - 1
  // Titles and units above: rows of one text.
  const above = starts.map((at, i) => {
    const end = i === 0 ? 0 : starts[i - 1]! + 1
    let from = Math.max(end, at - depth)
    while (from > end && filled(rows[from - 1]!) === 1) from--
    return rows[at]!.row - rows[from]!.row
  })
  const least = Math.min(...above)
  const tops = starts.map((at) => Math.max(1, rows[at]!.row - least))
  return tops.map((top, i) => `${top}:${tops[i + 1] === undefined ? rows.at(-1)!.row : tops[i + 1]! - 1}`)
}

/** The areas of a sheet of which this table is the first; undefined where it is the only one. */
export const findAreas = (table: FoundTable, isEntity: (text: string) => boolean): ReadonlyArray<string> | undefined =>
  stacked(table) ?? sideBySide(table, isEntity)
