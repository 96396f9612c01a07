import { addressOf } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import { useAnswer } from "../use-answer.ts"
import type { ViewProps } from "../view-props.ts"
import { Branches } from "./branches.tsx"
import { Comparison } from "./comparison.tsx"
import { DataForm } from "./data-form.tsx"
import { DraftPanel } from "./draft-panel.tsx"
import { draftOf, isEmpty } from "./draft-state.ts"
import { NodeForm } from "./node-form.tsx"
import { Places } from "./places.tsx"
import { isOther, useCheck } from "./use-check.ts"

/** Something other than the study says: a form of it, a run as a branch, and what that came to beside the study itself. */
export const WhatIfView = ({ route, study }: ViewProps) => {
  const { answer: places, failure } = useAnswer("what-if", { study }, ["studies"])
  const base = places?.base ?? study
  const draft = draftOf(base)
  const check = useCheck(base, draft)
  const kept = useAnswer("what-if-branches", { study: base })
  const { branch, data, node } = route.query
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (places === undefined) return <p class="soft">…</p>
  const shown = branch ?? (base === study || node !== undefined || data !== undefined ? undefined : study)
  const branches = kept.answer?.branches ?? []
  // A branch that is asked for may have been removed, here or in another window.
  const isGone = shown !== undefined && kept.answer !== undefined && !kept.asking && branches.every((one) => one.study !== shown)
  return (
    <div class={isEmpty(draft) ? "what-if" : "what-if what-if-with-draft"}>
      <div class="what-if-head">
        <h1>What if</h1>
        <p class="soft">
          {base === study ? (
            <>What would {base} come to, if this were otherwise? Nothing in dag.ts changes.</>
          ) : (
            <>
              {study} is a branch that was made here: what is changed below is changed of <a href={addressOf(base, "what-if")}>{base}</a>.
            </>
          )}
        </p>
      </div>
      <Places
        isMarked={(kind, name) => isOther(draft, check, kind, name)}
        places={places}
        chosen={node !== undefined ? `node ${node}` : data !== undefined ? `data ${data}` : ""}
      />
      {isEmpty(draft) ? null : <DraftPanel base={base} branches={branches.map(({ name }) => name)} check={check} />}
      <div class="what-if-main">
        {node === undefined ? null : <NodeForm key={node} base={base} node={node} checked={check.answer} />}
        {data === undefined ? null : <DataForm key={data} base={base} name={data} checked={check.answer} />}
        {node === undefined && data === undefined && shown === undefined ? (
          <p class="what-if-hint card">
            Choose a node or a data file, and change what you like. It is run as a branch beside the study, and compared with it; a patch tells what to write
            for it to become the study.
          </p>
        ) : null}
        {shown === undefined ? null : isGone ? (
          <p class="what-if-hint card" role="status">
            There is no branch {shown.slice(shown.indexOf("@"))} any more: it was removed. What its runs made is still in the history, under{" "}
            <a href={addressOf(base, "runs")}>Time</a>.
          </p>
        ) : (
          <Comparison key={shown} branch={shown} />
        )}
      </div>
      <Branches base={base} kept={kept} />
    </div>
  )
}
