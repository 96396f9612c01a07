import { nameBeforeKey } from "./chain.ts"

const NAMES = 8

/** Names in a line, those of one map together: `sample[…] (6), table4`; the first of them, unless all are asked for. */
export const namesTogether = (names: ReadonlyArray<string>, all: boolean): string => {
  const groups = [...Map.groupBy(names, nameBeforeKey)].map(([name, own]) => (own.length === 1 ? own[0]! : `${name} (${own.length})`))
  return all || groups.length <= NAMES ? groups.join(", ") : `${groups.slice(0, NAMES).join(", ")} and ${groups.length - NAMES} more`
}
