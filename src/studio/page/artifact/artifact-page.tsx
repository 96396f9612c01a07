import type { ArtifactHead } from "../../messages/artifact.ts"
import { addressOf, type Route } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import { useAnswer } from "../use-answer.ts"
import { change, changed, lookedAt } from "./address.ts"
import { TableView } from "./table-view.tsx"
import { bytesInWords, counted, durationInWords, momentInWords } from "./words.ts"

const TABS = [{ show: "table", title: "Table" }] as const

const Facts = ({ head }: { readonly head: ArtifactHead }) => {
  const { bytes, columns, made, rows, type } = head
  return (
    <p class="artifact-head-facts soft">
      {type === "" ? "" : `${type}, `}
      {counted(rows, "row")}, {counted(columns.length, "column")}, {bytesInWords(bytes)}; made {momentInWords(made.at)} in {durationInWords(made.ms)}
    </p>
  )
}

const Choices = ({ head, route }: { readonly head: ArtifactHead; readonly route: Route }) => {
  const { run } = lookedAt(route)
  const fresh = { row: "", column: "", filter: "", sort: "" }
  return (
    <div class="artifact-which">
      {head.outputs.length > 1 ? (
        <label>
          <span>output</span>
          <select value={head.output} onChange={(event) => change(route, { ...fresh, output: event.currentTarget.value })}>
            {head.outputs.map(({ output }) => (
              <option key={output} value={output}>
                {output}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <label>
        <span>as of</span>
        <select value={head.run?.run ?? ""} onChange={(event) => change(route, { run: event.currentTarget.value })}>
          <option value="">today</option>
          {run !== undefined && head.run !== undefined && head.runs.every((one) => one.run !== head.run!.run) ? (
            <option value={head.run.run}>{momentInWords(head.run.at)}</option>
          ) : null}
          {head.runs.map((one) => (
            <option key={one.run} value={one.run}>
              {momentInWords(one.at)} {one.tag ?? one.run.slice(-8)}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

const Remarks = ({ head }: { readonly head: ArtifactHead }) => {
  const { notes, stale, warnings } = head
  if (stale === undefined && notes.length === 0 && warnings.length === 0) return null
  return (
    <ul class="artifact-remarks">
      {stale === undefined ? null : <li class="artifact-stale">Not up to date: {stale}. This is the artifact of before.</li>}
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
      {warnings.map((warning) => (
        <li key={warning} class="artifact-warning">
          {warning}
        </li>
      ))}
    </ul>
  )
}

/** One artifact: its rows, what it is, and where it comes from. */
export const ArtifactPage = ({ route, study }: { readonly route: Route; readonly study: string }) => {
  const { node, output, run, show } = lookedAt(route)
  const { answer, failure } = useAnswer("artifact", {
    study,
    node,
    ...(output === undefined ? {} : { output }),
    ...(run === undefined ? {} : { run })
  })
  // While another artifact is asked for, the one of before is not shown under its name.
  const head = answer?.study === study && answer.node === node ? answer : undefined
  const shown = show ?? "table"
  return (
    <div class="artifact-page">
      <div class="artifact-title">
        <h1>
          <a href={addressOf(study, "node")}>Artifacts</a> <span aria-hidden="true">/</span> {node}
        </h1>
        {head === undefined ? null : <Choices head={head} route={route} />}
      </div>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {head === undefined ? null : (
        <>
          <Facts head={head} />
          <Remarks head={head} />
          <nav class="artifact-tabs" aria-label="of this artifact">
            {TABS.map((tab) => (
              <a key={tab.show} href={changed(route, { show: tab.show === "table" ? "" : tab.show })} aria-current={shown === tab.show ? "page" : undefined}>
                {tab.title}
              </a>
            ))}
          </nav>
          {shown === "table" ? <TableView key={head.sha256} head={head} route={route} /> : null}
        </>
      )}
    </div>
  )
}
