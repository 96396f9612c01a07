import type { RunRecord } from "../../../store/runs.ts"

/** A command of more words than these is told in short by so many of them. */
const [MOST, TOLD] = [10, 7]

const wordsOf = ({ command }: Pick<RunRecord, "command">): ReadonlyArray<string> => command.filter((word, i) => !(i === 2 && word === "--json"))

/** The command of a run, as somebody types it to have the same: how it tells of what it does is left out. */
export const commandOf = (run: Pick<RunRecord, "command">): string => wordsOf(run).join(" ")

/** The same where there is little room: a run of many nodes names all of them. */
export const shortCommandOf = (run: Pick<RunRecord, "command">): string => {
  const words = wordsOf(run)
  return words.length <= MOST ? words.join(" ") : `${words.slice(0, TOLD).join(" ")} … and ${words.length - TOLD} more`
}
