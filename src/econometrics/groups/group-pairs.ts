/** Two groups by their positions, and what their difference is called: that of the first less that of the second. */
export interface GroupPair {
  readonly a: number
  readonly b: number
  readonly name: string
}

/** Every pair of groups, the earlier group first. */
export const groupPairs = (groups: ReadonlyArray<{ readonly name: string }>): ReadonlyArray<GroupPair> =>
  groups.flatMap((first, a) => groups.slice(a + 1).map((second, i) => ({ a, b: a + 1 + i, name: `${first.name} - ${second.name}` })))
