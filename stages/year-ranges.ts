/** Ascending years as a reader writes them: `2003-2005, 2008`. */
export const yearRanges = (years: ReadonlyArray<number>): string => {
  const ranges: Array<[from: number, to: number]> = []
  for (const year of years) {
    const last = ranges.at(-1)
    if (last !== undefined && year === last[1] + 1) last[1] = year
    else ranges.push([year, year])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ")
}
