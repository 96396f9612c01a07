import { useSignal } from "@preact/signals"
import { useEffect, useMemo, useRef } from "preact/hooks"
import { addressOf, goTo } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import { useAnswer } from "../use-answer.ts"
import type { ViewProps } from "../view-props.ts"
import { Editor, insertText } from "./editor.tsx"
import { examplesFor } from "./examples.ts"
import { draftOf, historyOf, keepDraft, noteInHistory } from "./history.ts"
import { OutcomeView } from "./outcome-view.tsx"
import { RunChoice } from "./run-choice.tsx"
import { SidePanel } from "./side-panel.tsx"
import { useQuery } from "./use-query.ts"

/** SQL on what the nodes made. The query and the run that are asked about stand in the address; it is run when somebody says so, or where it was run before in this browser. */
export const SqlView = ({ route, study }: ViewProps) => {
  const { query: linked = "", run: runNamed } = route.query
  const run = runNamed ?? null
  const { answer: known, failure: unknown } = useAnswer("sql-tables", { study, run })
  const text = useSignal(linked === "" ? draftOf(study) : linked)
  /** What was last written here, and so came from nowhere else. */
  const written = useRef(linked === "" ? text.peek() : "")
  const field = useRef<HTMLTextAreaElement>(null)
  const query = useQuery()
  const fromElsewhere = useSignal(false)
  useEffect(() => {
    if (linked === "") return
    text.value = linked
    const ranBefore = historyOf(study).some((one) => one.query === linked)
    fromElsewhere.value = !ranBefore && written.current !== linked
    if (ranBefore) void query.run({ study, run, query: linked })
    else query.forget()
  }, [study, linked, run])
  const setText = (next: string) => {
    text.value = next
    written.current = next
    keepDraft(study, next)
  }
  const runIt = () => {
    const asked = text.peek()
    fromElsewhere.value = false
    if (asked === linked || asked.trim() === "") return void query.run({ study, run, query: asked })
    // It is run when it stands in the address, as when one comes back to it.
    noteInHistory(study, asked, null)
    goTo(addressOf(study, "sql", [], { query: asked, ...(run === null ? {} : { run }) }))
  }
  const examples = useMemo(() => (known === undefined ? [] : examplesFor(known.tables, known.columns)), [known])
  const insert = (name: string) => {
    const own = field.current!
    const before = own.value.slice(0, own.selectionStart)
    insertText(own, /[\s(.,]$|^$/.test(before) ? name : ` ${name}`)
  }
  const pick = (picked: string) => {
    const own = field.current!
    own.select()
    insertText(own, picked)
  }
  const go = (at: number) => {
    field.current!.focus()
    field.current!.setSelectionRange(at, at)
  }
  const fault =
    query.outcome !== undefined && "fault" in query.outcome.answer && query.outcome.asked.query === text.value ? query.outcome.answer.fault : undefined
  return (
    <div class="sql">
      <h1 class="unseen">SQL on the artifacts of {study}</h1>
      {unknown === undefined ? null : <FailureNote failure={unknown} />}
      <SidePanel known={known} examples={examples} study={study} onInsert={insert} onPick={pick} />
      <section class="sql-main" aria-label="query and result">
        <Editor field={field} text={text.value} onText={setText} onRun={runIt} wrong={fault?.at ?? null} />
        <div class="sql-bar">
          {!query.running ? (
            <button type="button" class="primary" onClick={runIt} title="Ctrl+Enter">
              Run
            </button>
          ) : (
            <button type="button" onClick={query.cancel}>
              Cancel
            </button>
          )}
          <RunChoice study={study} run={run} runs={known?.runs ?? []} query={text.value} />
          <span class="soft sql-hint" id="sql-keys">
            Ctrl+Enter runs it; Tab indents, and leaves after Escape
          </span>
          {query.running ? <span role="status">running …</span> : null}
        </div>
        {fromElsewhere.value ? <p class="sql-note">This query came with the address. Read it, then run it.</p> : null}
        {query.outdated && !query.running ? <p class="sql-note">Artifacts have changed since: run it again to see what it comes to now.</p> : null}
        <OutcomeView outcome={query.outcome} failure={query.failure} onGo={go} />
      </section>
    </div>
  )
}
