import type { StudyGraph } from "../../messages/graph.ts"
import type { LiveRun } from "../live-runs.ts"
import { CancelRun } from "../shell/cancel-run.tsx"
import type { Running } from "../shell/use-run.tsx"
import type { Asked, AskFor } from "./asked.ts"
import { Mark } from "./mark.tsx"
import { type Match, SearchBox } from "./search-box.tsx"
import type { Grouping } from "./shape.ts"
import { ATTENTION, countStates, inWords, type State } from "./states.ts"

interface ToolbarProps {
  readonly asked: Asked
  readonly askFor: AskFor
  readonly graph: StudyGraph
  readonly grouping: Grouping
  readonly groupings: ReadonlyArray<Grouping>
  readonly matches: ReadonlyArray<Match> | undefined
  readonly states: ReadonlyArray<State>
  readonly running: Running
  /** A run of the study that goes on. */
  readonly goingOn: LiveRun | undefined
  readonly readOnly: boolean
  readonly labelOf: (group: string) => string
}

const GROUPINGS: Readonly<Record<Grouping, string>> = { layers: "layers", maps: "maps as one", nodes: "each node" }

/** Nodes by how they stand: pressed, it searches for those. */
const Counts = ({ asked, askFor, graph, states }: Pick<ToolbarProps, "askFor" | "asked" | "graph" | "states">) => {
  const counts = countStates(states.slice(0, graph.nodes.length))
  return (
    <ul class="graph-counts" aria-label="nodes by state">
      {[...ATTENTION].reverse().flatMap((state) =>
        counts.has(state)
          ? [
              <li key={state}>
                <button
                  type="button"
                  class={`graph-chip graph-is-${state}`}
                  aria-pressed={asked.search === inWords(state)}
                  onClick={() => askFor({ search: asked.search === inWords(state) ? "" : inWords(state) }, "replace")}
                >
                  <Mark state={state} /> {counts.get(state)} {inWords(state)}
                </button>
              </li>
            ]
          : []
      )}
    </ul>
  )
}

/** Everything that can be asked of the picture. */
export const Toolbar = ({ asked, askFor, goingOn, graph, grouping, groupings, labelOf, matches, readOnly, running, states }: ToolbarProps) => (
  <div class="graph-toolbar" role="toolbar" aria-label="DAG">
    <SearchBox search={asked.search} matches={matches} onSearch={(search) => askFor({ search }, "replace")} onGo={(node) => askFor({ node, search: "" })} />
    <Counts asked={asked} askFor={askFor} graph={graph} states={states} />
    {graph.others > 0 ? (
      <label class="graph-check" title={`nodes of ${graph.study} that it does not return`}>
        <input type="checkbox" checked={asked.all} onChange={(event) => askFor({ all: event.currentTarget.checked })} />
        <span>
          <span class="graph-wide">and </span>
          {graph.others}
          <span class="graph-narrow"> more</span>
          <span class="graph-wide"> that it does not return</span>
        </span>
      </label>
    ) : null}
    <span class="gap" />
    {groupings.length > 1 ? (
      <label class="graph-grouping">
        <span class="unseen">Group by</span>
        <select value={grouping} onChange={(event) => askFor({ grouping: event.currentTarget.value as Grouping, open: new Set() })}>
          {groupings.map((one) => (
            <option key={one} value={one}>
              {GROUPINGS[one]}
            </option>
          ))}
        </select>
      </label>
    ) : null}
    {[...asked.open].map((group) => (
      <button
        key={group}
        type="button"
        class="graph-chip"
        aria-label={`fold ${labelOf(group)}`}
        onClick={() => askFor({ open: new Set([...asked.open].filter((one) => one !== group)), node: undefined })}
      >
        {labelOf(group)} ×
      </button>
    ))}
    <button type="button" aria-pressed={asked.list} onClick={() => askFor({ list: !asked.list })}>
      {asked.list ? "Picture" : "List"}
    </button>
    <button type="button" onClick={() => askFor({ dry: "" }, "replace")}>
      Dry run
    </button>
    {readOnly ? null : goingOn !== undefined ? (
      <CancelRun run={goingOn} />
    ) : (
      <button type="button" class="primary" disabled={running.asking} onClick={() => void running.run([])}>
        Run all
      </button>
    )}
  </div>
)
