import { useSignal } from "@preact/signals"
import { useCallback, useEffect, useRef } from "preact/hooks"
import type { ArtifactHead, MadeFile } from "../../messages/artifact.ts"
import type { Answer, Asks } from "../../messages/questions.ts"
import { AskFailure, ask } from "../ask.ts"
import type { Route } from "../route.ts"
import { useEscape } from "../shell/use-escape.ts"
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

type Made = { readonly making: Format } | Answer<"artifact-file"> | { readonly wrong: ReadonlyArray<string> }

const addressOfFile = ({ file, name }: MadeFile): string => `/download/${file}/${encodeURIComponent(name)}`

const MadeNote = ({ made }: { readonly made: Made | undefined }) => {
  if (made === undefined) return null
  if ("making" in made) return <p>making the file…</p>
  if ("wrong" in made) return made.wrong.map((line) => <p key={line}>{line}</p>)
  const { metadata, table, told } = made
  return (
    <>
      <p>
        {table.name}, {size(table.bytes)}
      </p>
      {metadata === undefined ? null : (
        <p>
          its units and descriptions:{" "}
          <a href={addressOfFile(metadata)} download={metadata.name}>
            {metadata.name}
          </a>
        </p>
      )}
      {told.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </>
  )
}

/** Files of the artifact, or of the rows that are shown in their order. */
export const Downloads = ({ head, route }: { readonly head: ArtifactHead; readonly route: Route }) => {
  const { filter, sort } = lookedAt(route)
  const selected = filter !== "" || sort !== ""
  const shown = useSignal(true)
  const made = useSignal<Made | undefined>(undefined)
  const isOpen = useSignal(false)
  const menu = useRef<HTMLDetailsElement>(null)
  const close = useCallback(() => {
    isOpen.value = false
    menu.current?.querySelector("summary")?.focus()
  }, [])
  useEscape(isOpen.value, close)
  useEffect(() => {
    const elsewhere = (event: PointerEvent) => {
      if (menu.current?.contains(event.target as Node) !== true) isOpen.value = false
    }
    addEventListener("pointerdown", elsewhere)
    return () => removeEventListener("pointerdown", elsewhere)
  }, [])
  // What was made of other rows, or of another artifact, is told no more.
  useEffect(() => {
    made.value = undefined
  }, [head.sha256, filter, sort])
  const get = async (format: Format) => {
    const making: Made = { making: format }
    made.value = making
    /** Meanwhile other rows, or another artifact, may be looked at. */
    const isAsked = () => made.peek() === making
    const own = selected && shown.peek()
    const base = head.output === "output" ? head.node : `${head.node}.${head.output}`
    try {
      const answer = await ask("artifact-file", {
        artifact: head.sha256,
        format,
        name: own ? `${base}-selection` : base,
        filter: own ? filter : "",
        sort: own ? sort : ""
      })
      if (!isAsked()) return
      made.value = answer
      const link = document.createElement("a")
      link.href = addressOfFile(answer.table)
      link.click()
    } catch (error) {
      if (isAsked()) made.value = { wrong: error instanceof AskFailure ? error.errors.map(({ message }) => message) : [String(error)] }
    }
  }
  return (
    <details ref={menu} class="artifact-downloads" open={isOpen.value} onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
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
              <button type="button" disabled={made.value !== undefined && "making" in made.value} onClick={() => void get(format)}>
                {title}
              </button>
            </li>
          ))}
        </ul>
        <div role="status" class="soft">
          <MadeNote made={made.value} />
        </div>
      </div>
    </details>
  )
}
