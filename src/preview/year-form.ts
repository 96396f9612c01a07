/** How the headers of a table write years: 2003, 2003年; or with something about them: 2003A, 2003-12-31, gdp_2003, 2003年产值. */
import type { CellValue } from "../tabular/sheet.ts"
import { isYear, kindOf, textOf } from "./cell-kind.ts"

/** A year with anything about it but digits. */
export const YEAR_PATTERN = "((?:19|20)\\d{2})"
const within = /(?<!\d)(?:19|20)\d{2}(?!\d)/gu
/** `2003-12-31`, with or without a time behind it. */
const date = /^(?:19|20)\d{2}[-/](?:0?[1-9]|1[0-2])(?:[-/]\d{1,2})?(?:[T ].*)?$/u

/** A text that has one year in it, with little about it; undefined for a year that stands alone as ingest reads it. */
export const yearWithin = (value: CellValue | undefined): string | undefined => {
  const text = textOf(value).normalize("NFKC")
  if (text.length > 40 || isYear(value) || typeof value === "number") return undefined
  if (date.test(text)) return text.slice(0, 4)
  if (kindOf(text) === "number") return undefined
  const found = text.match(within)
  return found?.length === 1 && !/^\d+$/.test(text) ? found[0] : undefined
}

export const hasYear = (value: CellValue | undefined): boolean => isYear(value) || yearWithin(value) !== undefined

/** What stands about the year. */
const stemOf = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(within, "")
    .replace(/[\s_.:\-年度末()]+/gu, "")

/** The patterns that take a variable's name from headers with years in them; undefined where all say the same beside the year, or where neither pattern fits. */
export const variablePattern = (texts: ReadonlyArray<string>): string | undefined => {
  if (texts.some((text) => date.test(text)) || new Set(texts.map(stemOf)).size < 2) return undefined
  const patterns = ["^(\\D+?)[\\s_.:-]*(?:19|20)\\d{2}", "^(?:19|20)\\d{2}\\s*年?[\\s_.:-]*(\\D+)$"]
  return patterns.find((pattern) => texts.every((text) => new RegExp(pattern, "u").test(text)))
}
