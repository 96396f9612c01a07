import type { ArtifactColumn } from "../../messages/artifact.ts"
import type { OpenedColumn, OpenedTable } from "./opened-table.ts"

/** Rows that are looked at to see how a column is best shown. */
const SAMPLE = 400
/** Significant digits of a column's larger numbers. */
const DIGITS = 5
/** Decimals of numbers that were typed in, at most. */
const TYPED = 4
/** A share of them. */
const MOST = 0.9

/** All rows of a small table; of a large one some that no period of it meets (multiples of the golden ratio). */
const sampled = (rows: number): ReadonlyArray<number> =>
  rows <= SAMPLE ? Array.from({ length: rows }, (_, row) => row) : Array.from({ length: SAMPLE }, (_, i) => Math.floor(((i * 0.6180339887498949) % 1) * rows))

/** Decimals with which all numbers of a column are written; undefined where they are too large or too small for that, and each is written with a power of ten. */
const decimalsOf = (values: ReadonlyArray<number>): number | undefined => {
  const sizes = values.filter((x) => Number.isFinite(x) && x !== 0).map(Math.abs)
  if (sizes.some((x) => x >= 1e15)) return undefined
  // As they were typed in, where that is short: a few that were interpolated do not give all of them digits that say nothing.
  for (let decimals = 0; decimals <= TYPED; decimals++)
    if (values.filter((x) => !Number.isFinite(x) || Number(x.toFixed(decimals)) === x).length >= MOST * values.length) return decimals
  const largest = Math.max(...sizes)
  if (largest >= 1e12 || largest < 1e-5) return undefined
  return Math.min(8, Math.max(1, DIGITS - 1 - Math.floor(Math.log10(largest))))
}

const widthOf = (text: string): number => {
  let width = 0
  for (const letter of text) width += letter.codePointAt(0)! >= 0x1100 ? 2 : 1
  return width
}

/** How a column is best shown: with so many decimals, so many letters wide. */
const layoutOf = ({ cells, kind }: OpenedColumn, rows: number) => {
  if (cells.levels !== undefined) return { width: Math.max(1, ...cells.levels.slice(0, SAMPLE).map((level) => widthOf(level.slice(0, 60)))) }
  const there = sampled(rows).filter((row) => cells.present(row))
  if (kind === "flag") return { width: 5 }
  if (kind === "text") return { width: Math.max(1, ...there.map((row) => widthOf(cells.text(row).slice(0, 60)))) }
  const values = there.map((row) => cells.number(row))
  const decimals = kind === "integer" ? 0 : decimalsOf(values)
  const texts = values.map((x) => (decimals === undefined ? x.toExponential(DIGITS - 1) : x.toFixed(decimals)))
  return { width: Math.max(1, ...texts.map((text) => text.length)), ...(decimals === undefined ? {} : { decimals }) }
}

/** The columns of a table, those aside that tell of another. */
export const shownColumns = (table: OpenedTable): ReadonlyArray<ArtifactColumn> =>
  table.keep("columns ", 1, () =>
    table.visible.map(({ description, kind, name, nulls, unit }) => {
      const column = table.column(name)!
      return {
        name,
        kind,
        unit,
        description,
        missing: nulls,
        filled: table.filled(name) !== undefined,
        source: table.source(name) !== undefined,
        ...layoutOf(column, table.rows)
      }
    })
  )
