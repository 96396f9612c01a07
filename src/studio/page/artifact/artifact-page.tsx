import type { ArtifactHead } from "../../messages/artifact.ts"
import { addressOf, type Route } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import { ArtifactFailure, RunToMake } from "../shell/not-made.tsx"
import { useAnswer } from "../use-answer.ts"
import { duration, moment, size } from "../wording.ts"
import { change, changed, lookedAt } from "./address.ts"
import { ColumnsView } from "./columns-view.tsx"
import { Downloads } from "./downloads.tsx"
import { OriginView } from "./origin-view.tsx"
import { isDrawn, PictureView } from "./picture-view.tsx"
import { TableView } from "./table-view.tsx"
import { counted } from "./words.ts"

const TABS = [
  { show: "picture", title: "Picture" },
  { show: "table", title: "Table" },
  { show: "columns", title: "Columns" },
  { show: "origin", title: "Made by, read by" }
] as const
type Show = (typeof TABS)[number]["show"]

/** What is shown: as the address says, or what suits the artifact. */
const shownOf = (show: string | undefined, head: ArtifactHead): Show => TABS.find((tab) => tab.show === show)?.show ?? (isDrawn(head) ? "picture" : "table")

const Shown = ({ head, route, show }: { readonly head: ArtifactHead; readonly route: Route; readonly show: Show }) => {
  if (show === "picture" && isDrawn(head)) return <PictureView head={head} />
  if (show === "columns") return <ColumnsView head={head} route={route} />
  if (show === "origin") return <OriginView head={head} route={route} />
  return <TableView key={head.sha256} head={head} route={route} />
}

const Facts = ({ head }: { readonly head: ArtifactHead }) => {
  const { bytes, columns, made, rows, type } = head
  return (
    <p class="artifact-head-facts soft">
      {type === "" ? "" : `${type}, `}
      {counted(rows, "row")}, {counted(columns.length, "column")}, {size(bytes)}; made {moment(made.at)} in {duration(made.ms)}
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
          <select value={head.output} onChange={(event) => change({ ...fresh, output: event.currentTarget.value })}>
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
        <select value={head.run?.run ?? ""} onChange={(event) => change({ run: event.currentTarget.value })}>
          <option value="">today</option>
          {run !== undefined && head.run !== undefined && head.runs.every((one) => one.run !== head.run!.run) ? (
            <option value={head.run.run}>{moment(head.run.at)}</option>
          ) : null}
          {head.runs.map((one) => (
            <option key={one.run} value={one.run}>
              {moment(one.at)} {one.tag ?? one.run.slice(-8)}
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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: many remarks scroll, by keyboard too
    <ul class="artifact-remarks" tabIndex={0} aria-label="remarks">
      {stale === undefined ? null : (
        <li class="artifact-stale">
          Not up to date: {stale}. This is the artifact of before.
          <RunToMake study={head.study} nodes={[head.node]} />
        </li>
      )}
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
  const { answer, failure, isCurrent } = useAnswer("artifact", {
    study,
    node,
    ...(output === undefined ? {} : { output }),
    ...(run === undefined ? {} : { run })
  })
  // While another artifact is asked for, the one of before is not shown under its name; of another run or output, it is, and nothing of it is to be clicked.
  const head = isCurrent || answer?.node === node ? answer : undefined
  return (
    <div class="artifact-page">
      <div class="artifact-title">
        <h1>
          <a href={addressOf(study, "node")}>Artifacts</a> <span aria-hidden="true">/</span> {node}
        </h1>
        {head === undefined ? null : <Choices head={head} route={route} />}
      </div>
      {failure === undefined ? null : run === undefined ? (
        <ArtifactFailure failure={failure} study={study} node={node} />
      ) : (
        <>
          <FailureNote failure={failure} />
          <p>
            <a href={changed(route, { run: "" })}>As it is today</a>
          </p>
        </>
      )}
      {head === undefined && failure === undefined ? <p class="soft">opening…</p> : null}
      {head === undefined ? null : (
        <div class="artifact-shown" inert={!isCurrent} aria-busy={!isCurrent}>
          <Facts head={head} />
          <Remarks head={head} />
          <div class="artifact-tabs">
            <nav aria-label="of this artifact">
              {TABS.filter((tab) => tab.show !== "picture" || isDrawn(head)).map((tab) => (
                <a key={tab.show} href={changed(route, { show: tab.show })} aria-current={shownOf(show, head) === tab.show ? "page" : undefined}>
                  {tab.title}
                </a>
              ))}
            </nav>
            <Downloads head={head} route={route} />
          </div>
          <Shown head={head} route={route} show={shownOf(show, head)} />
        </div>
      )}
    </div>
  )
}
