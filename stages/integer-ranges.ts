/** Ascending whole numbers (years, columns of a table) as a reader writes them: `2003-2005, 2008`. */
export const integerRanges = (numbers: ReadonlyArray<number>): string => {
  const ranges: Array<[from: number, to: number]> = []
  for (const n of numbers) {
    const last = ranges.at(-1)
    if (last !== undefined && n === last[1] + 1) last[1] = n
    else ranges.push([n, n])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ")
}
