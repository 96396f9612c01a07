import type { Interval } from "./interval.ts"

/**
 * What a check came to. `contradiction`: the printed numbers, however they were rounded, cannot all be right under what is said of them. `doubt`: they could be, but
 * only by a coincidence or a convention that is not told. `note`: what a reader saw that no printed number can be held against. `holds`: looked at, and in order.
 */
export type Verdict = "contradiction" | "doubt" | "note" | "holds"

export interface Find {
  readonly check: string
  readonly verdict: Verdict
  /** The cells that it is about, as `table.column term`. */
  readonly where: ReadonlyArray<string>
  /** One sentence. */
  readonly says: string
  /** The printed numbers with their rounding, what they imply, and why that does not go together; a line each. */
  readonly arithmetic: ReadonlyArray<string>
}

/** A number with as many digits as are needed to read an argument. */
export const shown = (value: number): string => {
  if (value === Number.POSITIVE_INFINITY) return "∞"
  if (value === Number.NEGATIVE_INFINITY) return "-∞"
  const size = Math.abs(value)
  // What outward rounding leaves of a zero.
  if (size < 1e-14) return "0"
  return size >= 1e6 || size < 1e-4 ? value.toExponential(3) : String(Number(value.toPrecision(size >= 1000 ? 7 : 5)))
}

export const shownInterval = ({ high, low }: Interval): string => (low === high ? shown(low) : `[${shown(low)}, ${shown(high)}]`)
