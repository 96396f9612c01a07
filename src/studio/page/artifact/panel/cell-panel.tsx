import type { ArtifactHead, CellAnswer } from "../../../messages/artifact.ts"
import { addressOf } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"

const Value = ({ cell, kind }: { readonly cell: CellAnswer; readonly kind: string }) => {
  if (cell.value === null) return <p class="artifact-exact soft">missing</p>
  if (cell.exact === "" && (kind === "text" || kind === "category")) return <p class="artifact-exact soft">an empty text</p>
  return <p class={`artifact-exact${kind === "text" || kind === "category" ? " artifact-long" : ""}`}>{cell.exact}</p>
}

const Filled = ({ cell, head }: { readonly cell: CellAnswer; readonly head: ArtifactHead }) => {
  if (!cell.filled) return null
  const { how } = cell
  return (
    <p class="artifact-mask">
      <strong>Filled in</strong>
      {how === undefined ? (
        ": this value was not observed."
      ) : (
        <>
          : {how.method}
          {how.note === "" ? "" : `, ${how.note}`} (by <a href={addressOf(head.study, "node", [how.node], { output: how.output })}>{how.node}</a>).
        </>
      )}
    </p>
  )
}

const Source = ({ cell }: { readonly cell: CellAnswer }) => {
  const { place, source } = cell
  if (source === undefined) return null
  if (place === undefined) return <p>{source}</p>
  return (
    <dl class="artifact-facts">
      <div>
        <dt>file</dt>
        <dd>
          <code>{place.file}</code>
        </dd>
      </div>
      {place.sheet === "" ? null : (
        <div>
          <dt>sheet</dt>
          <dd>{place.sheet}</dd>
        </div>
      )}
      <div>
        <dt>cell</dt>
        <dd>
          <code>{place.cell}</code>
        </dd>
      </div>
      {place.note === "" ? null : (
        <div>
          <dt>there</dt>
          <dd>{place.note}</dd>
        </div>
      )}
    </dl>
  )
}

interface CellPanelProps {
  readonly head: ArtifactHead
  /** The row's place in the artifact, from 0. */
  readonly row: number
  readonly column: string
}

/** All that is known of one cell: its value with all digits, whether it was filled in and how, and where it comes from. */
export const CellPanel = ({ column: name, head, row }: CellPanelProps) => {
  const run = head.run === undefined ? {} : { run: head.run.run }
  const { answer, failure, isCurrent } = useAnswer("cell", {
    study: head.study,
    node: head.node,
    output: head.output,
    artifact: head.sha256,
    row,
    column: name,
    ...run
  })
  const column = head.columns.find((one) => one.name === name)
  if (column === undefined) return null
  return (
    <>
      <h2>{name}</h2>
      <p class="soft">
        row {row + 1}
        {answer === undefined ? "" : answer.keys.map(({ column: key, value }) => `, ${key} ${value}`).join("")}
      </p>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {answer === undefined ? null : (
        <div class="artifact-shown" aria-busy={!isCurrent}>
          <Value cell={answer} kind={column.kind} />
          <p class="soft">
            {column.unit}
            {column.unit !== "" && column.description !== "" ? ": " : ""}
            {column.description}
          </p>
          <Filled cell={answer} head={head} />
          <Source cell={answer} />
          {answer.panel === undefined || name === "entity" || name === "year" ? null : (
            <p>
              <a
                class="artifact-trace"
                href={addressOf(head.study, "runs", ["trace"], { node: head.node, entity: answer.panel.entity, year: String(answer.panel.year), column: name })}
              >
                Trace this cell
              </a>
            </p>
          )}
        </div>
      )}
    </>
  )
}
