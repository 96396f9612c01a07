import type { RunRecord } from "../../../store/runs.ts"

/** The command of a run, as somebody types it to have the same: how it tells of what it does is left out. */
export const commandOf = ({ command }: RunRecord): string => command.filter((word, i) => !(i === 2 && word === "--json")).join(" ")
