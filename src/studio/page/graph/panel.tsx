import { useEffect, useRef } from "preact/hooks"
import type { NodeDetails, StudyGraph } from "../../messages/graph.ts"
import { addressOf } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import type { Running } from "../shell/use-run.tsx"
import { useAnswer } from "../use-answer.ts"
import { type Asked, type AskFor, graphAddress } from "./asked.ts"
import { focusBox } from "./focus-box.ts"
import { Mark } from "./mark.tsx"
import { Failures, Inputs, Outputs, Parameters, ReadBy, Warnings } from "./node-facts.tsx"
import { inWords, type State } from "./states.ts"
import { isBehind, Why } from "./why.tsx"

interface PanelProps {
  readonly graph: StudyGraph
  readonly asked: Asked
  readonly askFor: AskFor
  /** How the node, or file, stands now. */
  readonly state: State | undefined
  readonly running: Running
  /** A run of the study goes on: another is not begun beside it. */
  readonly goesOn: boolean
  readonly readOnly: boolean
}

/** Types of tables that are shown among the estimates, and what that is called. */
const AMONG_ESTIMATES: Readonly<Record<string, string>> = { PrintedTable: "As it is printed", Estimates: "Estimates", CurveEstimates: "Specification curve" }

const Links = ({ details: { name, outputs }, study }: { readonly study: string; readonly details: NodeDetails }) => {
  const shown = AMONG_ESTIMATES[outputs[0]?.type ?? ""]
  const links: ReadonlyArray<readonly [title: string, address: string]> = [
    ["Artifact", addressOf(study, "node", [name])],
    ...(shown === undefined ? [] : [[shown, addressOf(study, "estimates", [name])] as const]),
    ["What if", addressOf(study, "what-if", [], { node: name })],
    ["Runs", addressOf(study, "runs")]
  ]
  return (
    <ul class="graph-links">
      {links.map(([title, address]) => (
        <li key={title}>
          <a href={address}>{title}</a>
        </li>
      ))}
    </ul>
  )
}

const PanelHead = ({ askFor, name, state }: { readonly askFor: AskFor; readonly name: string; readonly state: State }) => (
  <>
    <h2>{name}</h2>
    <button
      type="button"
      class="graph-close"
      aria-label="close the panel"
      onClick={() => {
        askFor({ node: undefined })
        focusBox(name)
      }}
    >
      ×
    </button>
    <p class={`graph-state graph-is-${state}`}>
      <Mark state={state} /> {inWords(state)}
    </p>
  </>
)

/** Escape closes the panel from within. */
const closing =
  (askFor: AskFor, name: string) =>
  ({ key }: KeyboardEvent): void => {
    if (key !== "Escape") return
    askFor({ node: undefined })
    focusBox(name)
  }

/** All that there is to tell of the node that is chosen, and what may be done with it. */
export const NodePanel = ({ asked, askFor, goesOn, graph, readOnly, running, state = "fresh" }: PanelProps) => {
  const { study } = graph
  const node = asked.node!
  const { answer, failure } = useAnswer("graph-node", { study, node })
  const details = answer?.name === node ? answer : undefined
  const behind = details !== undefined && isBehind(details, state)
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    panel.current?.scrollTo({ top: 0 })
  }, [node])
  return (
    <aside class="graph-panel" aria-label={`node ${node}`} ref={panel} onKeyDown={closing(askFor, node)}>
      <header>
        <PanelHead askFor={askFor} name={node} state={state} />
        {details === undefined ? null : (
          <p class="soft">
            stage {details.stage}, {details.code}
          </p>
        )}
      </header>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      <p class="graph-actions">
        {readOnly ? null : (
          <button type="button" class="primary" disabled={running.asking || goesOn} onClick={() => void running.run([node])}>
            {goesOn ? "a run goes on…" : "Run this node"}
          </button>
        )}
        <button type="button" onClick={() => askFor({ dry: node }, "replace")}>
          Dry run
        </button>
      </p>
      {details === undefined ? null : (
        <>
          <Links study={study} details={details} />
          {behind ? (
            <p>It has just come to this. What came of it is told as soon as it is recorded.</p>
          ) : (
            <>
              <Failures study={study} asked={asked} details={details} />
              <Why study={study} asked={asked} details={details} state={state} />
            </>
          )}
          <Inputs study={study} asked={asked} details={details} />
          {behind ? null : <Outputs study={study} asked={asked} details={details} />}
          <ReadBy study={study} asked={asked} details={details} />
          <Parameters details={details} />
          {behind ? null : <Warnings details={details} />}
        </>
      )}
    </aside>
  )
}

/** A source, and who reads it. */
export const FilePanel = ({ asked, askFor, graph, state = "source" }: PanelProps) => {
  const path = asked.node!
  const item = graph.nodes.length + graph.files.findIndex((file) => file.path === path)
  const readers = graph.edges.from.flatMap((from, i) => (from === item ? [graph.nodes[graph.edges.to[i]!]!.name] : []))
  return (
    <aside class="graph-panel" aria-label={`file ${path}`} onKeyDown={closing(askFor, path)}>
      <header>
        <PanelHead askFor={askFor} name={path} state={state} />
      </header>
      <p>
        {state === "edited"
          ? "It is not what it was when it was last read."
          : state === "missing"
            ? "There is no such file."
            : "It is what it was when it was last read."}
      </p>
      <h3>Read by</h3>
      <ul class="graph-names">
        {readers.map((name) => (
          <li key={name}>
            <a href={graphAddress(graph.study, { ...asked, node: name })}>{name}</a>
          </li>
        ))}
      </ul>
    </aside>
  )
}
