/** What a cell of an unknown table looks like. */
import { readNumberText, usualMissing } from "../../stages/ingest/number-text.ts"
import { isUnit, unitInNote } from "../../stages/ingest/unit.ts"
import { readYearText } from "../../stages/ingest/year-text.ts"
import type { CellValue } from "../tabular/sheet.ts"

/** What stands where there is no value in tables of statistical offices, beside what is always taken so. */
export const missingSigns: ReadonlyArray<string> = [
  "…",
  "……",
  "...",
  "—",
  "——",
  "–",
  "－",
  "--",
  "---",
  "..",
  "*",
  "x",
  "X",
  "n/a",
  "N/A",
  "n.a.",
  "#N/A",
  "null",
  "NULL",
  "无",
  "缺",
  "/",
  "空"
]

const style = { missing: usualMissing, decimal: ".", marks: [] } as const

export const textOf = (value: CellValue | undefined): string => (value === null || value === undefined ? "" : String(value).trim())

/** Whether the cell holds a year that data could be of. */
export const isYear = (value: CellValue | undefined): boolean => {
  const year = value === undefined ? undefined : readYearText(value)
  return year !== undefined && year >= 1800 && year <= 2200
}

/** The unit that a note tells (单位：万人); undefined where the text is none such. */
export const noteUnit = (text: string): string | undefined => {
  if (!/单位|\bunits?\b/iu.test(text)) return undefined
  const unit = unitInNote(text)
  return isUnit(unit) ? unit : undefined
}

export type CellKind = "empty" | "number" | "missing" | "text"

/** Digits with a footnote's sign behind them; the sign is the group. */
export const marked = /^[+-]?\d[\d,]*(?:\.\d+)?\s*([①-⑳*†‡#]|[a-z]\)|\([a-z0-9]\)|\[\d\])$/u
/** A number with a decimal comma, which no thousands can be. */
export const decimalComma = /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d{1,2}$|^[+-]?\d+,\d{4,}$/

export const kindOf = (value: CellValue | undefined): CellKind => {
  const text = textOf(value)
  if (text === "") return "empty"
  if (usualMissing.includes(text) || missingSigns.includes(text)) return "missing"
  const read = readNumberText(value ?? null, style, true)
  if (read.kind === "number" || read.kind === "infinite" || marked.test(text.normalize("NFKC")) || marked.test(text) || decimalComma.test(text)) return "number"
  return "text"
}
