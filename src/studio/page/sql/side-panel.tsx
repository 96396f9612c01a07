import { useSignal } from "@preact/signals"
import type { Answer } from "../../messages/questions.ts"
import type { Example } from "./examples.ts"
import { ExampleList, HistoryList } from "./query-lists.tsx"
import { TableList } from "./table-list.tsx"

interface SidePanelProps {
  readonly known: Answer<"sql-tables"> | undefined
  readonly examples: ReadonlyArray<Example>
  readonly study: string
  /** Writes a name into the query. */
  readonly onInsert: (text: string) => void
  /** Puts another query in its place. */
  readonly onPick: (query: string) => void
}

const TABS = { tables: "Tables", examples: "Examples", history: "History" } as const
type Tab = keyof typeof TABS
const names = Object.keys(TABS) as ReadonlyArray<Tab>

/** What helps to write a query: tables and columns, examples, what was run before. */
export const SidePanel = ({ examples, known, onInsert, onPick, study }: SidePanelProps) => {
  const tab = useSignal<Tab>("tables")
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    tab.value = names[(names.indexOf(tab.value) + step + names.length) % names.length]!
    document.getElementById(`sql-tab-${tab.value}`)?.focus()
  }
  return (
    <details class="sql-side" open={matchMedia("(min-width: 60rem)").matches}>
      <summary>Tables, examples, history</summary>
      <div class="sql-tabs" role="tablist" aria-label="help with the query" onKeyDown={onKeyDown}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`sql-tab-${name}`}
            aria-selected={tab.value === name}
            aria-controls="sql-tab-panel"
            tabIndex={tab.value === name ? 0 : -1}
            onClick={() => (tab.value = name)}
          >
            {TABS[name]}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="sql-tab-panel" aria-labelledby={`sql-tab-${tab.value}`} class="sql-tab-panel">
        {tab.value === "tables" && known !== undefined ? <TableList study={study} known={known} onInsert={onInsert} /> : null}
        {tab.value === "examples" ? <ExampleList examples={examples} onPick={onPick} /> : null}
        {tab.value === "history" ? <HistoryList study={study} onPick={onPick} /> : null}
      </div>
    </details>
  )
}
