/** The first of some lines, and how many there are more. */
export const limited = (lines: ReadonlyArray<string>, most: number, all: boolean): ReadonlyArray<string> =>
  all || lines.length <= most + 1 ? lines : [...lines.slice(0, most), `and ${lines.length - most} more: --all`]
