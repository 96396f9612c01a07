/** Intervals as they are printed: `1.2 to 3.4 and 5.6 to 7.8`. */
export const ranges = (intervals: ReadonlyArray<readonly [number, number]>): string =>
  intervals.map(([from, to]) => `${from.toPrecision(4)} to ${to.toPrecision(4)}`).join(" and ")
