import type { Cell, ResultColumn } from "./database.ts"

/** A file that rows are written to as they come. */
export interface Sink {
  readonly write: (rows: ReadonlyArray<ReadonlyArray<Cell>>) => void | Promise<void>
  /** Ends the file. What became different by its format, in a sentence each. Throws SnapshotFailure where the format cannot hold the values. */
  readonly finish: () => ReadonlyArray<string> | Promise<ReadonlyArray<string>>
  /** Lets the file go as it is. */
  readonly abandon: () => void
}
export type MakeSink = (path: string, columns: ReadonlyArray<ResultColumn>) => Promise<Sink>

/** Whether a double has all the digits of a decimal: so up to fifteen that count. */
const isWhole = (digits: string): boolean =>
  digits
    .replace(/^[+-]|[eE].*$/g, "")
    .replace(".", "")
    .replace(/^0+|0+$/g, "").length <= 15

/** Exact decimals as doubles, with a count of those that lose digits by it. */
export const doubles = (
  columns: ReadonlyArray<ResultColumn>
): { readonly of: (value: Cell, column: number) => Cell; readonly told: () => ReadonlyArray<string> } => {
  const rounded = columns.map(() => 0)
  return {
    of: (value, column) => {
      if (typeof value !== "string" || columns[column]!.kind !== "decimal") return value
      if (/^[+-]?[\d.]/.test(value) && !isWhole(value)) rounded[column]!++
      // NaN and Infinity, which numeric has too.
      return Number(value)
    },
    told: () =>
      columns.flatMap(({ name }, i) =>
        rounded[i] === 0
          ? []
          : [
              `${name}: ${rounded[i] === 1 ? "1 number has" : `${rounded[i]} numbers have`} more digits than a double holds, and ${rounded[i] === 1 ? "is" : "are"} rounded; CSV keeps them`
            ]
      )
  }
}
