import type { RowGroup } from "../row-groups.ts"

/** One value that is the source's own: neither missing nor filled in. */
export interface Cell {
  readonly row: number
  readonly year: number
  readonly value: number
}
interface Series {
  readonly entity: string
  /** In the order of the years. */
  readonly cells: ReadonlyArray<Cell>
}

/** A variable as the checks see it. */
export interface CheckedVariable {
  readonly name: string
  readonly unit: string
  readonly series: ReadonlyArray<Series>
  /** Whether changes and outliers are taken in logarithms: of quantities above 0 that differ by more than a factor of ten. Zeros are left out of these then. */
  readonly log: boolean
  /** The share of neighbouring years that have the same value. */
  readonly repeats: number
}

/** A variable that has zeros in a tenth of its cells or less is taken in logarithms without them. */
const FEW_ZEROS = 0.1
const WIDE = 10

export const checkedVariable = (
  name: string,
  { filled, unit, values }: { readonly filled: Uint8Array | undefined; readonly unit: string; readonly values: Float64Array },
  year: Int32Array,
  groups: ReadonlyArray<RowGroup>
): CheckedVariable => {
  const series = groups.map(({ label, rows }) => ({
    entity: label,
    cells: rows.flatMap(
      (row): ReadonlyArray<Cell> => (Number.isNaN(values[row]!) || filled?.[row] === 1 ? [] : [{ row, year: year[row]!, value: values[row]! }])
    )
  }))
  const all = series.flatMap(({ cells }) => cells.map(({ value }) => value))
  const positive = all.filter((value) => value > 0)
  const fewZeros = all.every((value) => value >= 0) && all.length - positive.length <= FEW_ZEROS * all.length
  const wide = positive.length > 0 && positive.reduce((a, b) => Math.max(a, b)) > WIDE * positive.reduce((a, b) => Math.min(a, b))
  const pairs = series.flatMap(({ cells }) => cells.slice(1).map((cell, i) => cell.value === cells[i]!.value))
  return { name, unit, series, log: fewZeros && wide && unit !== "%", repeats: pairs.filter((same) => same).length / Math.max(pairs.length, 1) }
}

/** A value on the scale of its variable's checks; undefined of a zero that is left out. */
export const onScale = ({ log }: CheckedVariable, value: number): number | undefined => (log ? (value > 0 ? Math.log(value) : undefined) : value)
