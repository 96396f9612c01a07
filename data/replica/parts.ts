/** Columns that are parts of a total: services of all services, robots of all robots. */
import { stream } from "../../src/stats/random.ts"
import { autoregression, build, CELLS } from "./panel.ts"
import { gapsOf, printedOrFilled, type RawColumn, rounded } from "./yearbook.ts"

/**
 * Splits a total into parts of about the given shares, some cells of which are left blank. Where interpolation puts another number into a blank, the
 * largest part that is printed makes up for it, so that the parts as interpolated still sum to the total.
 */
export const splitWithGaps = (
  seed: number,
  total: Float64Array,
  parts: ReadonlyArray<{ readonly name: string; readonly share: number }>,
  gapShare: number,
  decimals: number
): ReadonlyArray<RawColumn> => {
  const noise = parts.map((_, k) => autoregression(stream(seed, 10 + k), 0.9))
  const raw = parts.map(({ share }, k) => build((_p, _t, cell) => share * Math.exp(0.12 * noise[k]![cell]!)))
  const values = raw.map((shares) =>
    rounded(
      build((_p, _t, cell) => (total[cell]! * shares[cell]!) / raw.reduce((sum, one) => sum + one[cell]!, 0)),
      decimals
    )
  )
  const taken = new Uint8Array(CELLS)
  // The largest part that is printed makes up for a blank.
  const largest = (cell: number, printed: (k: number) => boolean): number =>
    values.reduce((best, part, k) => (printed(k) && (best === -1 || part[cell]! > values[best]![cell]!) ? k : best), -1)
  const gaps = values.map((part, k) => {
    // A blank whose neighbours' mean is far from what stood there could not be made up for; nor could blanks of two parts in the same or neighbouring years.
    const blank = gapsOf(stream(seed, 20 + k), gapShare, (cell) => {
      const change = Math.abs((part[cell - 1]! + part[cell + 1]!) / 2 - part[cell]!)
      return taken[cell] === 1 || change > values[largest(cell, (other) => other !== k)]![cell]! / 2
    })
    for (let cell = 0; cell < CELLS; cell++) if (blank[cell] === 1) taken.fill(1, cell - 1, cell + 2)
    return blank
  })
  const settle = (cell: number): void => {
    const whole = values.reduce((sum, part, k) => sum + printedOrFilled(part, gaps[k]!, cell), 0)
    values[largest(cell, (k) => gaps[k]![cell] === 0)]![cell]! += total[cell]! - whole
  }
  const blanks = build(() => 0).map((_, cell) => (gaps.some((blank) => blank[cell] === 1) ? 1 : 0))
  for (const stage of [0, 1]) for (let cell = 0; cell < CELLS; cell++) if (blanks[cell] === stage) settle(cell)
  return parts.map(({ name }, k) => ({ name, values: rounded(values[k]!, decimals), decimals, gaps: gaps[k]! }))
}
