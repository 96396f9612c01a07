import { numberText } from "../chart/number-text.ts"
import { moment } from "../wording.ts"
import type { Example } from "./examples.ts"
import { forgetHistory, historyOf } from "./history.ts"

interface PickProps {
  readonly onPick: (query: string) => void
}

export const ExampleList = ({ examples, onPick }: PickProps & { readonly examples: ReadonlyArray<Example> }) =>
  examples.length === 0 ? (
    <p class="soft">There are examples when a node has an artifact.</p>
  ) : (
    <ul class="sql-queries">
      {examples.map(({ query, title }) => (
        <li key={title}>
          <button type="button" onClick={() => onPick(query)}>
            <span>{title}</span>
            <code>{query}</code>
          </button>
        </li>
      ))}
    </ul>
  )

/** The queries that were run in this browser. */
export const HistoryList = ({ onPick, study }: PickProps & { readonly study: string }) => {
  const entries = historyOf(study)
  if (entries.length === 0) return <p class="soft">What you run is kept here, in this browser.</p>
  return (
    <>
      <ul class="sql-queries">
        {entries.map(({ at, query, rows }) => (
          <li key={query}>
            <button type="button" onClick={() => onPick(query)}>
              <span>
                <time dateTime={new Date(at).toISOString()}>{moment(at)}</time>
                {rows === null ? "" : `, ${numberText(rows)} ${rows === 1 ? "row" : "rows"}`}
              </span>
              <code>{query}</code>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => forgetHistory(study)}>
        Forget these
      </button>
    </>
  )
}
