import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { AskFailure, ask } from "../ask.ts"
import { Windows } from "./grid/windows.ts"

/** The rows that are looked at. While others are asked for, those of before stand. */
export interface Selected {
  readonly windows: Windows | undefined
  /** Where among them the row is that was looked for; -1: the filter leaves it out. */
  readonly position: number | undefined
  /** What is wrong with the filter or the order. */
  readonly failure: AskFailure | undefined
  readonly busy: boolean
}

/** The rows of an artifact that meet a filter, in an order. `find`: a row's place in the artifact. */
export const useSelection = (artifact: string, filter: string, sort: string, names: ReadonlyArray<string>, find: number | undefined): Selected => {
  const state = useSignal<Selected>({ windows: undefined, position: undefined, failure: undefined, busy: true })
  useEffect(() => {
    const stop = new AbortController()
    const first = state.peek().windows === undefined
    const selection = { artifact, filter, sort }
    state.value = { ...state.peek(), busy: true }
    ask("rows", { ...selection, columns: [], from: 0, count: 0, ...(find === undefined || !first ? {} : { find }) }, stop.signal).then(
      ({ matching, position }) => {
        state.peek().windows?.close()
        state.value = { windows: new Windows(selection, matching, names), position, failure: undefined, busy: false }
      },
      (error) => {
        if (!stop.signal.aborted && error instanceof AskFailure) state.value = { ...state.peek(), failure: error, busy: false }
      }
    )
    return () => stop.abort()
  }, [artifact, filter, sort, names])
  return state.value
}
