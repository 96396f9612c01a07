import { useSignal } from "@preact/signals"
import type { ArtifactHead } from "../../messages/artifact.ts"
import type { Asks } from "../../messages/questions.ts"
import { AskFailure, ask } from "../ask.ts"
import type { Route } from "../route.ts"
import { size } from "../wording.ts"
import { lookedAt } from "./address.ts"

type Format = Asks<"artifact-file">["format"]
const FORMATS: ReadonlyArray<readonly [Format, string]> = [
  ["csv", "CSV"],
  ["xlsx", "Excel (.xlsx)"],
  ["dta", "Stata (.dta)"],
  ["parquet", "Parquet"],
  ["arrow", "Arrow"]
]

/** Files of the artifact, or of the rows that are shown in their order. */
export const Downloads = ({ head, route }: { readonly head: ArtifactHead; readonly route: Route }) => {
  const { filter, sort } = lookedAt(route)
  const selected = filter !== "" || sort !== ""
  const shown = useSignal(true)
  const told = useSignal<ReadonlyArray<string>>([])
  const making = useSignal<Format | undefined>(undefined)
  const get = async (format: Format) => {
    making.value = format
    told.value = []
    const own = selected && shown.peek()
    const base = head.output === "output" ? head.node : `${head.node}.${head.output}`
    try {
      const made = await ask("artifact-file", {
        artifact: head.sha256,
        format,
        name: own ? `${base}-selection` : base,
        filter: own ? filter : "",
        sort: own ? sort : ""
      })
      told.value = [`${made.name}, ${size(made.bytes)}`, ...made.told]
      const link = document.createElement("a")
      link.href = `/download/${made.file}/${encodeURIComponent(made.name)}`
      link.click()
    } catch (error) {
      told.value = error instanceof AskFailure ? error.errors.map(({ message }) => message) : [String(error)]
    }
    making.value = undefined
  }
  return (
    <details class="artifact-downloads">
      <summary>Download</summary>
      <div class="card">
        {selected ? (
          <label class="artifact-only">
            <input type="checkbox" checked={shown.value} onChange={(event) => (shown.value = event.currentTarget.checked)} />
            only the rows that are shown, in their order
          </label>
        ) : null}
        <ul>
          {FORMATS.map(([format, title]) => (
            <li key={format}>
              <button type="button" disabled={making.value !== undefined} onClick={() => void get(format)}>
                {title}
              </button>
            </li>
          ))}
        </ul>
        <div role="status" class="soft">
          {making.value === undefined ? told.value.map((line) => <p key={line}>{line}</p>) : <p>making the file…</p>}
        </div>
      </div>
    </details>
  )
}
