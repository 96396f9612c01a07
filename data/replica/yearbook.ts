/** Raw tables as a yearbook leaves them: rounded figures with gaps, and the text of the file. */
import type { Stream } from "../../src/stats/random.ts"
import { CELLS, FIRST_YEAR, YEARS } from "./panel.ts"
import { names } from "./profile.ts"

/** Whether a cell was left blank; gaps are single years inside a series, so that the years on both sides are printed. */
export type Gaps = Uint8Array
/** Blanks about `share` of the cells: never the first or last year, never beside another gap, never where `avoid` says so. */
export const gapsOf = (random: Stream, share: number, avoid: (cell: number) => boolean = () => false): Gaps => {
  const gaps = new Uint8Array(CELLS)
  for (let cell = 0; cell < CELLS; cell++) {
    const t = cell % YEARS
    if (random.uniform() < (share * YEARS) / (YEARS - 2) && t > 0 && t < YEARS - 1 && gaps[cell - 1] === 0 && !avoid(cell)) gaps[cell] = 1
  }
  return gaps
}
/** A cell as linear interpolation leaves it. */
export const printedOrFilled = (x: Float64Array, gaps: Gaps, cell: number): number => (gaps[cell] === 1 ? (x[cell - 1]! + x[cell + 1]!) / 2 : x[cell]!)
/** What linear interpolation makes of a column. */
export const filled = (x: Float64Array, gaps: Gaps): Float64Array => x.map((_, cell) => printedOrFilled(x, gaps, cell))

export interface RawColumn {
  readonly name: string
  readonly values: Float64Array
  readonly decimals: number
  readonly gaps?: Gaps
}
export const rounded = (x: Float64Array, decimals: number): Float64Array => x.map((value) => Number(value.toFixed(decimals)))

/** A wide table by province and year; `from` leaves out earlier years. */
export const wideCsv = (columns: ReadonlyArray<RawColumn>, from = 0): string => {
  const lines = [["entity", "year", ...columns.map((column) => column.name)].join(",")]
  for (let cell = 0; cell < CELLS; cell++) {
    const t = cell % YEARS
    if (t < from) continue
    const cells = columns.map(({ decimals, gaps, values }) => (gaps?.[cell] === 1 ? "" : String(Number(values[cell]!.toFixed(decimals)))))
    lines.push([names[Math.floor(cell / YEARS)]!, String(FIRST_YEAR + t), ...cells].join(","))
  }
  return lines.join("\n") + "\n"
}
