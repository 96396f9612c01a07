import { useSignal, useSignalEffect } from "@preact/signals"
import { useEffect } from "preact/hooks"
import type { Answer, Asks, Questions } from "../messages/questions.ts"
import { type AskFailure, ask } from "./ask.ts"
import { changes, connection } from "./live.ts"

/** What a question came to so far. While it is asked again, what was answered before stands; where that fails, only if the same was asked before. What was wrong with one question is told of no other. */
export interface Answered<A> {
  readonly answer: A | undefined
  readonly failure: AskFailure | undefined
  readonly asking: boolean
  /** The answer is to what is asked now; false where it is to what was asked before. */
  readonly isCurrent: boolean
}

/** Each with what it is to. */
interface State<A> {
  readonly answered: { readonly key: string; readonly answer: A } | undefined
  readonly failed: { readonly key: string; readonly failure: AskFailure } | undefined
  readonly asking: boolean
}

/** That the studio was away, or let nobody in, says nothing of what was asked. */
const UNHEARD: ReadonlySet<string> = new Set(["away", "token", "no-answer"])

/**
 * Asks when what is asked changes, and again when what the answer rests on does (`restsOn`). What the studio did not hear is asked again when it is there. An answer to an earlier question than the last is not taken.
 */
export const useAnswer = <Name extends keyof Questions>(
  name: Name,
  asked: Asks<Name> | undefined,
  restsOn: ReadonlyArray<keyof typeof changes> = ["studies", "store"]
): Answered<Answer<Name>> => {
  const state = useSignal<State<Answer<Name>>>({ answered: undefined, failed: undefined, asking: asked !== undefined })
  const key = asked === undefined ? undefined : JSON.stringify(asked)
  // Read here, so that whoever asks is drawn again when one goes up.
  const generation = restsOn.reduce((sum, one) => sum + changes[one].value, 0)
  const again = useSignal(0)
  useSignalEffect(() => {
    if (connection.value === "live" && state.peek().failed?.failure.errors.some(({ code }) => UNHEARD.has(code))) again.value = again.peek() + 1
  })
  // What is asked is compared by its text, and asked again when the generation changes.
  useEffect(() => {
    if (key === undefined) return
    const stop = new AbortController()
    state.value = { ...state.peek(), asking: true }
    ask(name, JSON.parse(key), stop.signal).then(
      (answer) => {
        if (stop.signal.aborted) return
        state.value = { answered: { key, answer }, failed: undefined, asking: false }
      },
      (failure) => {
        if (stop.signal.aborted) return
        const { answered } = state.peek()
        state.value = { answered: answered?.key === key ? answered : undefined, failed: { key, failure }, asking: false }
      }
    )
    return () => stop.abort()
  }, [name, key, generation, again.value])
  const { answered, asking, failed } = state.value
  return { answer: answered?.answer, failure: failed?.key === key ? failed?.failure : undefined, asking, isCurrent: answered?.key === key }
}
