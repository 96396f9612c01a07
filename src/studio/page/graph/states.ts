/** How nodes and files stand, in words, and which of several asks for most attention. */
import type { Standing } from "../../messages/graph.ts"
import { standingWords } from "../standing-words.ts"

/** What a box shows: how its node stands, `running`, or what became of a file. */
export type State = Standing | "running" | "source" | "edited" | "missing"

/** Of several in one box, the first of these tells. */
export const ATTENTION: ReadonlyArray<State> = ["running", "failed", "missing", "blocked", "stale", "skipped", "unknown", "edited", "fresh", "source"]

const WORDS: Readonly<Record<State, string>> = {
  ...standingWords,
  running: "running",
  missing: "missing",
  edited: "edited",
  source: "source"
}
export const inWords = (state: State): string => WORDS[state]

export type Counts = ReadonlyMap<State, number>
export const countStates = (states: Iterable<State>): Counts => {
  const counts = new Map<State, number>()
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1)
  return counts
}
/** The state that asks for most attention. */
export const foremost = (counts: Counts): State => ATTENTION.find((state) => counts.has(state)) ?? "fresh"

/** `3 stale, 12 may be cut off, 40 fresh`. */
export const countsInWords = (counts: Counts): string =>
  ATTENTION.flatMap((state) => (counts.has(state) ? [`${counts.get(state)} ${WORDS[state]}`] : [])).join(", ")
