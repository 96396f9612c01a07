import { CsvError, parse } from "csv-parse/sync"
import { didYouMean } from "../dag/near-matches.ts"
import { type AuditFault, faultAt } from "./faults.ts"
import type { Interval } from "./interval.ts"
import { numberFault, roundingInterval, withHyphen } from "./printed-number.ts"

/** What a printed number may be. */
export const kinds = [
  "estimate",
  "std_error",
  "statistic",
  "p_value",
  "critical",
  "conf_low",
  "conf_high",
  "nobs",
  "r2",
  "mean",
  "sd",
  "min",
  "max",
  "weight",
  "individual_weight",
  "rank",
  "attribute",
  "dimension",
  "flag",
  "title",
  "group",
  "note"
] as const
export type Kind = (typeof kinds)[number]

/** One printed thing. */
export interface Cell {
  readonly table: string
  readonly column: string
  readonly heading: string
  readonly term: string
  readonly kind: Kind
  /** The number as printed; empty where the thing is a word. */
  readonly printed: string
  /** What the number may have been before it was rounded to the decimals that are printed. */
  readonly interval: Interval
  readonly stars: number
  readonly text: string
  readonly file: string
  readonly row: number
}

const required = ["table", "column", "term", "kind", "value"] as const
const optional = ["column_label", "label", "stars", "text"] as const

const recordsOf = (file: string, text: string, faults: Array<AuditFault>): ReadonlyArray<ReadonlyArray<string>> => {
  try {
    return parse(text, { relax_column_count: true, skip_empty_lines: false, bom: true, trim: true })
  } catch (error) {
    const row = error instanceof CsvError && typeof error["records"] === "number" ? error["records"] + 1 : 1
    faults.push(faultAt(file, row, undefined, "not-csv", `not CSV: ${(error as Error).message}; correct the quotes`))
    return []
  }
}

const STARS = /^\*{0,3}$/
/** Kinds of which a number says how many there are, so that no rounding is in it. */
const COUNTS: ReadonlySet<Kind> = new Set(["nobs", "rank"])

/** The cells of a CSV file of printed numbers (docs/audit.md has the format). Faults are added to `faults`; rows that have some are left out. */
export const readCells = (file: string, text: string, faults: Array<AuditFault>): ReadonlyArray<Cell> => {
  const [header, ...rows] = recordsOf(file, text, faults)
  if (header === undefined) {
    if (faults.length === 0)
      faults.push(faultAt(file, 1, undefined, "empty-file", `the file is empty; its first row names the columns: ${required.join(", ")}`))
    return []
  }
  const known: ReadonlyArray<string> = [...required, ...optional]
  for (const name of required)
    if (!header.includes(name))
      faults.push(faultAt(file, 1, name, "missing-column", `there is no column "${name}"; ${didYouMean(name, header)}it has ${header.join(", ")}`))
  for (const name of header)
    if (!known.includes(name))
      faults.push(faultAt(file, 1, name, "unknown-column", `a column "${name}" means nothing here; ${didYouMean(name, known)}columns are ${known.join(", ")}`))
  for (const name of known)
    if (header.indexOf(name) !== header.lastIndexOf(name)) faults.push(faultAt(file, 1, name, "two-columns", `two columns are named "${name}"`))
  if (required.some((name) => !header.includes(name))) return []
  const seen = new Map<string, number>()
  const cells: Array<Cell> = []
  rows.forEach((values, i) => {
    const row = i + 2
    if (values.every((value) => value === "")) return
    const before = faults.length
    const at = (name: string): string => values[header.indexOf(name)] ?? ""
    if (values.length !== header.length)
      faults.push(faultAt(file, row, undefined, "cells", `${values.length} cells, and the header has ${header.length}; put text with a comma in quotes`))
    const kind = at("kind") as Kind
    if (!kinds.includes(kind))
      faults.push(faultAt(file, row, "kind", "unknown-kind", `"${kind}" is no kind of number; ${didYouMean(kind, kinds)}kinds are ${kinds.join(", ")}`))
    if (at("table") === "") faults.push(faultAt(file, row, "table", "no-table", "no table is named; write its number, or text for what stands in the text"))
    const printed = withHyphen(at("value"))
    const wrong = printed === "" ? undefined : numberFault(printed, kind === "p_value")
    if (wrong !== undefined) faults.push(faultAt(file, row, "value", "not-a-number", wrong))
    const stars = at("stars")
    if (!STARS.test(stars)) faults.push(faultAt(file, row, "stars", "stars", `"${stars}" are no stars; write *, **, ***, or nothing`))
    if (kind === "nobs" && printed !== "" && !/^\d+$/.test(printed))
      faults.push(faultAt(file, row, "value", "not-a-count", `"${printed}" is no number of observations; write a whole number`))
    const key = `${at("table")}.${at("column")} ${at("term")} ${kind}`
    // A ranking is a list under one term.
    const isOne = printed !== "" && kind !== "rank"
    if (isOne && seen.has(key))
      faults.push(faultAt(file, row, undefined, "twice", `${key} stands in row ${seen.get(key)} already; one row is one printed number`))
    if (isOne) seen.set(key, row)
    if (faults.length > before) return
    cells.push({
      table: at("table"),
      column: at("column"),
      heading: at("column_label"),
      term: at("term"),
      kind,
      printed,
      interval: printed === "" ? { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY } : roundingInterval(printed, COUNTS.has(kind)),
      stars: stars.length,
      text: at("text"),
      file,
      row
    })
  })
  return cells
}
