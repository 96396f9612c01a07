import type { CellValue } from "../../src/tabular/sheet.ts"
import { digitSign, withoutMarks } from "./marks.ts"

/** The year that a cell writes: 2003, ２００３, 2003年, 2003.0, with declared footnote marks behind it; undefined where it is no year. Nothing is said of which years are likely. */
export const readYearText = (value: CellValue, marks: ReadonlyArray<string> = []): number | undefined => {
  if (value === null || typeof value === "boolean") return undefined
  if (typeof value === "number") return Number.isInteger(value) && Math.abs(value) < 1e9 ? value : undefined
  const bare = withoutMarks(value, marks)
  if (digitSign(bare) !== undefined) return undefined
  const text = bare.normalize("NFKC").trim()
  const found = /^([+-]?\d{1,9})(?:\.0+)?\s*(?:年度?)?$/u.exec(text)
  return found === null ? undefined : Number(found[1])
}
