import { useSignal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"
import type { SqlAsked } from "../../messages/sql.ts"
import { type AskFailure, ask } from "../ask.ts"
import { changes } from "../live.ts"
import { noteInHistory } from "./history.ts"
import type { Outcome } from "./outcome-view.tsx"

interface QueryState {
  readonly outcome: Outcome | undefined
  readonly failure: AskFailure | undefined
  readonly running: boolean
}

const NOTHING: QueryState = { outcome: undefined, failure: undefined, running: false }

const generationNow = (): number => changes.store.peek() + changes.studies.peek()

/** A query that runs, or what the last one came to; whoever leaves ends it. */
export const useQuery = () => {
  const state = useSignal(NOTHING)
  const stop = useRef<AbortController | undefined>(undefined)
  const running = useRef<SqlAsked | undefined>(undefined)
  useEffect(() => () => stop.current?.abort(), [])
  const run = async (asked: SqlAsked): Promise<void> => {
    stop.current?.abort()
    const own = new AbortController()
    stop.current = own
    running.current = asked
    const generation = generationNow()
    // Rows stay in sight until there are others; what was wrong with an earlier query is nothing of this one.
    const before = state.peek().outcome
    state.value = { outcome: before !== undefined && "rows" in before.answer ? before : undefined, failure: undefined, running: true }
    noteInHistory(asked.study, asked.query, null)
    try {
      const answer = await ask("sql", asked, own.signal)
      if (own.signal.aborted) return
      if ("rows" in answer) noteInHistory(asked.study, asked.query, answer.count)
      state.value = { ...NOTHING, outcome: { asked, answer, generation } }
    } catch (failure) {
      if (!own.signal.aborted) state.value = { ...NOTHING, failure: failure as AskFailure }
    }
  }
  const forget = () => {
    stop.current?.abort()
    state.value = NOTHING
  }
  /** Ends it: the server ends a query that nobody waits for. */
  const cancel = () => {
    const asked = running.current
    forget()
    if (asked !== undefined)
      state.value = { ...NOTHING, outcome: { asked, answer: { fault: { kind: "cancelled", message: "cancelled", at: null } }, generation: generationNow() } }
  }
  const { outcome } = state.value
  const outdated = outcome !== undefined && outcome.asked.run === null && changes.store.value + changes.studies.value !== outcome.generation
  return { ...state.value, outdated, run, cancel, forget }
}
