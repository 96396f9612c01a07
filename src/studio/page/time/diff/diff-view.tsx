import { addressOf } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { PathSection } from "../path/path-section.tsx"
import { DiffSides } from "./diff-sides.tsx"
import { EditList } from "./edit-list.tsx"
import { EstimatesMoved } from "./estimates-moved.tsx"
import { NodesThatDiffer } from "./nodes-that-differ.tsx"
import type { Pair } from "./pair.ts"

interface Props {
  readonly study: string
  readonly query: Readonly<Record<string, string>>
}

/** How two runs differ: from which edits, in which nodes, columns, cells and estimates, and by which path. */
export const DiffView = ({ query, study }: Props) => {
  const named: Pair = {
    study,
    ...(query["from"] === undefined ? {} : { from: query["from"] }),
    ...(query["to"] === undefined ? {} : { to: query["to"] })
  }
  const { answer, asking, failure } = useAnswer("run-diff", named, ["store"])
  if (failure !== undefined && answer === undefined)
    return (
      <>
        <h1>What changed</h1>
        <FailureNote failure={failure} />
        <p>
          {named.from === undefined && named.to !== undefined ? (
            <>
              <a href={addressOf(study, "runs", ["run", named.to])}>What that run did</a>
              {" · "}
            </>
          ) : null}
          <a href={addressOf(study, "runs")}>Choose two runs</a>
        </p>
      </>
    )
  if (answer === undefined) return <p class="soft">Comparing…</p>
  // Whatever they are called by, all that is asked of them is asked of the runs that these are now. Where one alone is named it is compared with what it found when it began, which no other run is.
  const pair = { study, ...(named.from === undefined && named.to !== undefined ? {} : { from: answer.from.reference }), to: answer.to.reference }
  const edit = query["edit"] === undefined ? undefined : Number(query["edit"])
  return (
    <section class="time-diff" aria-labelledby="time-title" aria-busy={asking}>
      <h1 id="time-title">What changed</h1>
      {failure === undefined ? null : <FailureNote about="What is shown is what was there before:" failure={failure} />}
      <DiffSides study={study} diff={answer} />
      {answer.nodes.length === 0 ? (
        <p>Nothing: every node is in both runs what it was.</p>
      ) : (
        <>
          <EditList pair={pair} diff={answer} edit={edit} />
          <PathSection key={JSON.stringify(pair)} pair={pair} diff={answer} query={query} />
          <EstimatesMoved key={`estimates ${JSON.stringify(pair)} ${edit}`} pair={pair} diff={answer} edit={edit} />
          <NodesThatDiffer key={`nodes ${JSON.stringify(pair)} ${edit}`} pair={pair} diff={answer} edit={edit} opened={query["open"]} />
        </>
      )}
    </section>
  )
}
