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
  /** When it began, of one that runs. */
  readonly since: number | undefined
  /** How often the store had changed when it was asked. */
  readonly generation: number
}

const NOTHING: QueryState = { outcome: undefined, failure: undefined, since: undefined, generation: 0 }

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
    state.value = { ...state.peek(), failure: undefined, since: Date.now() }
    noteInHistory(asked.study, asked.query, null)
    try {
      const answer = await ask("sql", asked, own.signal)
      if (own.signal.aborted) return
      if ("rows" in answer) noteInHistory(asked.study, asked.query, answer.count)
      state.value = { outcome: { asked, answer }, failure: undefined, since: undefined, generation }
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
    if (asked !== undefined) state.value = { ...NOTHING, outcome: { asked, answer: { fault: { kind: "cancelled", message: "cancelled", at: null } } } }
  }
  const { outcome } = state.value
  const outdated = outcome !== undefined && outcome.asked.run === null && changes.store.value + changes.studies.value !== state.value.generation
  return { ...state.value, outdated, run, cancel, forget }
}
