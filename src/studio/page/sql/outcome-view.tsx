import { useSignal } from "@preact/signals"
import type { SqlAsked, SqlFault, SqlResult } from "../../messages/sql.ts"
import { type AskFailure, ask } from "../ask.ts"
import { counted, numberText } from "../chart/number-text.ts"
import { FailureNote } from "../shell/failure.tsx"
import { duration } from "../wording.ts"
import { FaultNote } from "./fault-note.tsx"
import { ResultGrid } from "./result-grid.tsx"

/** What a query came to. */
export interface Outcome {
  readonly asked: SqlAsked
  readonly answer: SqlResult | SqlFault
  /** How often studies and store had changed when it was asked. */
  readonly generation: number
}

const saveAs = (address: string, name: string): void => {
  const link = document.createElement("a")
  link.href = address
  link.download = name
  link.click()
}

/** Buttons that fetch the whole result. */
const Downloads = ({ asked }: { readonly asked: SqlAsked }) => {
  const state = useSignal<{ readonly doing?: string; readonly wrong?: string }>({})
  const fetchFile = async (format: "csv" | "parquet") => {
    state.value = { doing: format }
    try {
      const made = await ask("sql-file", { ...asked, format })
      state.value = "fault" in made ? { wrong: made.fault.message } : {}
      if ("file" in made) saveAs(`/sql/${made.file}`, `query.${format}`)
    } catch (error) {
      state.value = { wrong: (error as AskFailure).message }
    }
  }
  const { doing, wrong } = state.value
  return (
    <span class="sql-downloads">
      {wrong === undefined ? null : <span role="alert">{wrong}</span>}
      {(["csv", "parquet"] as const).map((format) => (
        <button key={format} type="button" disabled={doing !== undefined} onClick={() => void fetchFile(format)}>
          {doing === format ? "writing …" : { csv: "CSV", parquet: "Parquet" }[format]}
          <span class="unseen"> of the whole result</span>
        </button>
      ))}
    </span>
  )
}

const Told = ({ result: { count, loading, more, read, rows, running } }: { readonly result: SqlResult }) => {
  const stale = read.filter((table) => table.stale).map(({ name }) => name)
  return (
    <div class="sql-told" role="status">
      <strong>{more ? `more than ${counted(count, "row")}` : counted(count, "row")}</strong>
      {rows.length < count ? <span>the first {numberText(rows.length)} are shown; the files have all</span> : null}
      <span class="soft">
        in {duration(running)}
        {loading > 20 ? `, after ${duration(loading)} of loading` : ""}
      </span>
      {read.length > 0 ? <span class="soft">read {read.map((table) => `${table.name} (${counted(table.rows, "row")})`).join(", ")}</span> : null}
      {stale.length > 0 ? <span class="sql-stale">not up to date: {stale.join(", ")}; these are the artifacts of before</span> : null}
    </div>
  )
}

/** The result of a query, or what is wrong with it. */
export const OutcomeView = ({
  failure,
  onGo,
  outcome
}: {
  readonly outcome: Outcome | undefined
  readonly failure: AskFailure | undefined
  readonly onGo: (at: number) => void
}) => {
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (outcome === undefined) return null
  const { answer, asked } = outcome
  if ("fault" in answer) return <FaultNote fault={answer.fault} query={asked.query} onGo={onGo} />
  return (
    <>
      <div class="sql-result-bar">
        <Told result={answer} />
        <Downloads asked={asked} />
      </div>
      <ResultGrid result={answer} />
    </>
  )
}
