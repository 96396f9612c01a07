import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import type { ColumnSummary } from "../../messages/artifact.ts"
import { ask } from "../ask.ts"

/** Columns of one question: each may take a while. */
const TOGETHER = 6

interface Kept {
  readonly of: string
  readonly summaries: ReadonlyMap<string, ColumnSummary>
}

/** What columns come to in the rows that meet a filter, asked for as they come into view. */
export const useSummaries = (artifact: string, filter: string, columns: ReadonlyArray<string>): ReadonlyMap<string, ColumnSummary> => {
  const of = `${artifact} ${filter}`
  const kept = useSignal<Kept>({ of, summaries: new Map() })
  useEffect(() => {
    const known = kept.peek().of === of ? kept.peek().summaries : new Map<string, ColumnSummary>()
    const wanted = columns.filter((column) => !known.has(column))
    const own = new AbortController()
    const askThem = async () => {
      for (let i = 0; i < wanted.length && !own.signal.aborted; i += TOGETHER)
        try {
          const { summaries } = await ask("columnSummaries", { artifact, filter, columns: wanted.slice(i, i + TOGETHER) }, own.signal)
          const before = kept.peek().of === of ? kept.peek().summaries : []
          kept.value = { of, summaries: new Map([...before, ...summaries.map((one) => [one.column, one] as const)]) }
        } catch {
          // What is wrong with the filter is told where its rows are asked for.
          return
        }
    }
    void askThem()
    return () => own.abort()
  }, [of, columns])
  return kept.value.of === of ? kept.value.summaries : new Map()
}
