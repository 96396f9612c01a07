import { useSignal } from "@preact/signals"
import { layerStates } from "../../../messages/time/strata.ts"
import { addressOf, goTo } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { moment } from "../../wording.ts"
import { narrow } from "../narrow.ts"
import { Legend, stateWords } from "./bands.tsx"
import { outcomeWords } from "./outcome.tsx"
import { referenceOf } from "./picks.ts"

/** Nodes that are told at first. */
const SHOWN = 80
const MARKS: Readonly<Record<(typeof layerStates)[number], string>> = {
  changed: "●",
  same: "○",
  found: "↺",
  fresh: "",
  failed: "✕",
  blocked: "–",
  skipped: "·",
  cancelled: "…"
}

const matching = (nodes: ReadonlyArray<string>, text: string) =>
  nodes.flatMap((node, i) => (node.toLowerCase().includes(text.toLowerCase()) ? [{ node, position: i }] : []))

/** Which runs touched which nodes: a row a node, a column a run, newest first. */
export const StrataMap = ({ query, study }: { readonly study: string; readonly query: Readonly<Record<string, string>> }) => {
  const shownRuns = narrow.value ? 5 : 16
  const from = Math.max(0, Number(query["at"] ?? 0) || 0)
  const { answer, failure } = useAnswer("strata-map", { study, from, count: shownRuns }, ["store"])
  const find = useSignal("")
  const all = useSignal(false)
  if (answer === undefined) return failure === undefined ? <p class="soft">Reading the runs…</p> : <FailureNote failure={failure} />
  const stateOf = answer.touched.map((pairs) => new Map(Array.from({ length: pairs.length / 2 }, (_, i) => [pairs[2 * i]!, layerStates[pairs[2 * i + 1]!]!])))
  const found = matching(answer.nodes, find.value)
  const shown = all.value ? found : found.slice(0, SHOWN)
  const go = (at: number) => goTo(addressOf(study, "runs", ["map"], at === 0 ? {} : { at: String(at) }))
  return (
    <section aria-labelledby="time-title">
      <h1 id="time-title">Which runs touched which nodes</h1>
      {failure === undefined ? null : <FailureNote about="What is shown is what was there before:" failure={failure} />}
      <Legend />
      <div class="time-map-tools">
        <label>
          Nodes <input type="search" value={find.value} placeholder="part of a name" onInput={(event) => (find.value = event.currentTarget.value)} />
        </label>
        <button type="button" disabled={from === 0} onClick={() => go(Math.max(0, from - shownRuns))}>
          Newer runs
        </button>
        <button type="button" disabled={from + answer.runs.length >= answer.total} onClick={() => go(from + shownRuns)}>
          Older runs
        </button>
        <span class="soft">
          runs {answer.from + 1} to {answer.from + answer.runs.length} of {answer.total}, newest first
        </span>
      </div>
      <div class="time-map-scroll">
        <table class="time-map">
          <thead>
            <tr>
              <th scope="col">node</th>
              {answer.runs.map((one) => (
                <th key={`${one.run} ${one.study}`} scope="col">
                  <a
                    href={addressOf(study, "runs", ["run", one.run], one.study === study ? {} : { study: one.study })}
                    title={`${one.run} ${outcomeWords[one.outcome]}`}
                  >
                    <span>{moment(one.at).slice(5, 10)} </span>
                    <span>{moment(one.at).slice(11, 16)}</span>
                    <span class="unseen"> {outcomeWords[one.outcome]}</span>
                    {one.tag === undefined ? null : <span class="time-map-tag">{one.tag}</span>}
                    {one.study === study ? null : <span class="time-map-tag">{referenceOf(study, one).slice(one.run.length)}</span>}
                  </a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ node, position }) => (
              <tr key={node}>
                <th scope="row">
                  <a href={addressOf(study, "graph", [], { node })}>{node}</a>
                </th>
                {answer.runs.map((one, i) => {
                  const state = stateOf[i]!.get(position)
                  return (
                    <td key={`${one.run} ${one.study}`} class={state === undefined ? undefined : `time-is-${state}`}>
                      {state === undefined ? null : (
                        <a href={addressOf(one.study, "node", [node], { run: one.run })} aria-label={`${node}: ${stateWords[state]}`} title={stateWords[state]}>
                          {MARKS[state]}
                        </a>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < found.length ? (
        <button type="button" onClick={() => (all.value = true)}>
          All {found.length} nodes
        </button>
      ) : null}
      {answer.nodes.length === 0 ? <p class="soft">These runs touched no node: all were fresh.</p> : null}
    </section>
  )
}
