import { useSignal } from "@preact/signals"
import type { StudyGraph } from "../../messages/graph.ts"
import { size } from "../wording.ts"
import { type Asked, graphAddress } from "./asked.ts"
import { Mark } from "./mark.tsx"
import { inWords, type State } from "./states.ts"
import { duration } from "./wording.ts"

interface NodeListProps {
  readonly study: string
  readonly asked: Asked
  readonly graph: StudyGraph
  readonly states: ReadonlyArray<State>
  /** Positions in the nodes followed by the files. */
  readonly items: ReadonlyArray<number>
}

/** So many rows at first: more are asked for. */
const ROWS = 300

/** The same as the picture, as a table: for whoever hears it, and for a phone. */
export const NodeList = ({ asked, graph, items, states, study }: NodeListProps) => {
  const all = useSignal(false)
  const nodes = items.filter((item) => item < graph.nodes.length)
  const files = items.filter((item) => item >= graph.nodes.length)
  const rows = all.value ? nodes : nodes.slice(0, ROWS)
  return (
    <div class="graph-list">
      <table>
        <caption class="unseen">Nodes of {study}, inputs first</caption>
        <thead>
          <tr>
            <th scope="col">state</th>
            <th scope="col">node</th>
            <th scope="col">stage</th>
            <th scope="col">why</th>
            <th scope="col" class="graph-figure">
              time
            </th>
            <th scope="col" class="graph-figure">
              size
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((item) => {
            const { bytes, ms, name, stage, why = [] } = graph.nodes[item]!
            const state = states[item]!
            return (
              <tr key={name} class={asked.node === name ? "graph-row-selected" : undefined}>
                <td class={`graph-is-${state}`}>
                  <Mark state={state} /> {inWords(state)}
                </td>
                <th scope="row">
                  <a href={graphAddress(study, { ...asked, node: name })} aria-current={asked.node === name ? "true" : undefined}>
                    {name}
                  </a>
                </th>
                <td>{stage}</td>
                <td>{state === "fresh" ? "" : why.map((one) => graph.texts[one]!).join("; ")}</td>
                <td class="graph-figure">{ms === undefined ? "" : `${state === "fresh" ? "" : "about "}${duration(ms)}`}</td>
                <td class="graph-figure">{bytes === undefined ? "" : size(bytes)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {rows.length < nodes.length ? (
        <button type="button" onClick={() => (all.value = true)}>
          all {nodes.length} nodes
        </button>
      ) : null}
      {files.length === 0 ? null : (
        <>
          <h2>Sources</h2>
          <ul>
            {files.map((item) => {
              const { path } = graph.files[item - graph.nodes.length]!
              const state = states[item]!
              return (
                <li key={path} class={`graph-is-${state}`}>
                  <Mark state={state} /> <a href={graphAddress(study, { ...asked, node: path })}>{path}</a> {state === "source" ? "" : inWords(state)}
                </li>
              )
            })}
          </ul>
        </>
      )}
    </div>
  )
}
