import type { Answer } from "../../../messages/questions.ts"
import { addressOf } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { RowGrid } from "./row-grid.tsx"
import { RowTree } from "./row-tree.tsx"

interface Props {
  readonly study: string
  readonly query: Readonly<Record<string, string>>
}

const Steps = ({ query, study }: Props) => {
  const { column, entity, node = "", output, term, year } = query
  const base = { node, ...(output === undefined ? {} : { output }), ...(term === undefined ? {} : { term }) }
  return (
    <nav class="time-steps" aria-label="on the way">
      <ol>
        <li>
          <a href={addressOf(study, "graph", [], { node })}>{node}</a>
          {term === undefined ? null : ` · ${term}`}
        </li>
        <li>
          <a
            href={addressOf(study, "runs", ["trace"], { ...base, ...(column === undefined ? {} : { column }) })}
            aria-current={entity === undefined ? "page" : undefined}
          >
            rows
          </a>
        </li>
        {entity === undefined ? null : (
          <li>
            <a href={addressOf(study, "runs", ["trace"], query)} aria-current="page">
              {entity}, {year}
            </a>
          </li>
        )}
      </ol>
    </nav>
  )
}

/** What is of no one entity and year rests on what is. */
const Through = ({ query: { term }, rows, study }: Props & { readonly rows: Answer<"lineage-rows"> }) => (
  <>
    <h1 id="time-title">{rows.node}</h1>
    <p>Nothing of it is of one entity and year. It rests on these, which were estimated from, or are, such rows:</p>
    <ul>
      {rows.through.map(({ node, stage }) => (
        <li key={node}>
          <a href={addressOf(study, "runs", ["trace"], { node, ...(term === undefined ? {} : { term }) })}>{node}</a> <span class="soft">{stage}</span>
        </li>
      ))}
    </ul>
  </>
)

/** From a number of a model to the rows that it was estimated from, and from one of these to the cells of the files. */
export const LineageView = ({ query, study }: Props) => {
  const { entity, node, output, year } = query
  const asked = node === undefined ? undefined : { study, node, ...(output === undefined ? {} : { output }) }
  const { answer, failure } = useAnswer("lineage-rows", asked)
  if (asked === undefined)
    return (
      <>
        <h1>Lineage</h1>
        <p>
          Choose a number of a model in <a href={addressOf(study, "estimates")}>Estimates</a>, or a cell of a panel: from there the way leads to the cells of
          the files that it rests on.
        </p>
      </>
    )
  return (
    <section class="time-lineage" aria-labelledby="time-title">
      <Steps study={study} query={query} />
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {answer === undefined ? null : (
        <>
          {answer.stale.length === 0 ? null : <p class="time-stale">Not up to date: {answer.stale.join(", ")}. What is shown is of the artifacts of before.</p>}
          {answer.through.length > 0 ? (
            <Through study={study} query={query} rows={answer} />
          ) : entity === undefined || year === undefined ? (
            <RowGrid study={study} query={query} rows={answer} />
          ) : (
            <RowTree key={`${entity} ${year} ${query["column"]}`} study={study} query={query} entity={entity} year={Number(year)} />
          )}
        </>
      )}
    </section>
  )
}
