import { useEffect, useRef } from "preact/hooks"
import type { NodeDetails, StudyGraph } from "../../messages/graph.ts"
import { addressOf } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import type { Running } from "../shell/use-run.tsx"
import { useAnswer } from "../use-answer.ts"
import { moment, size } from "../wording.ts"
import { type Asked, type AskFor, graphAddress } from "./asked.ts"
import { Chain } from "./chain.tsx"
import { focusBox } from "./focus-box.ts"
import { Mark } from "./mark.tsx"
import { Failures, Inputs, Outputs, Parameters, ReadBy, Warnings } from "./node-facts.tsx"
import { inWords, type State } from "./states.ts"
import { duration } from "./wording.ts"

interface PanelProps {
  readonly graph: StudyGraph
  readonly asked: Asked
  readonly askFor: AskFor
  /** How the node, or file, stands now. */
  readonly state: State | undefined
  readonly running: Running
  readonly readOnly: boolean
}

const SAYS: Readonly<Partial<Record<State, string>>> = {
  fresh: "It is up to date.",
  stale: "It would run:",
  unknown: "It may run: that is decided when its inputs have run.",
  failed: "It failed when it was last executed, and would run again.",
  blocked: "It waits: something that it rests on failed.",
  running: "It is running."
}

const Why = ({ asked, details, state, study }: { readonly study: string; readonly asked: Asked; readonly details: NodeDetails; readonly state: State }) => {
  const { accepted, chain, expected, lacking, lastRan, outputs } = details
  const bytes = outputs.reduce<number | undefined>((sum, one) => (one.bytes === undefined ? sum : (sum ?? 0) + one.bytes), undefined)
  return (
    <section>
      <p>{lacking.length > 0 ? `It would be skipped: there is no program ${lacking.join(" and no program ")} here.` : (SAYS[state] ?? "")}</p>
      <Chain study={study} asked={asked} chain={chain} />
      <dl class="graph-facts">
        {lastRan === undefined ? null : (
          <div>
            <dt>{state === "fresh" ? "Made" : "Last came out well"}</dt>
            <dd>
              {moment(lastRan.at)}, in {duration(lastRan.ms)}
            </dd>
          </div>
        )}
        {lastRan === undefined ? null : (
          <div>
            <dt>Run</dt>
            <dd class="mono">{lastRan.run}</dd>
          </div>
        )}
        {expected === undefined || state === "fresh" ? null : (
          <div>
            <dt>Expected to take</dt>
            <dd>{duration(expected)}</dd>
          </div>
        )}
        {bytes === undefined ? null : (
          <div>
            <dt>Size</dt>
            <dd>{size(bytes)}</dd>
          </div>
        )}
      </dl>
      {accepted.map((sentence) => (
        <p key={sentence}>Its code has changed since: what it is was {sentence}</p>
      ))}
      {lastRan === undefined || lastRan.chain.length === 0 ? null : (
        <details>
          <summary>Why it ran then</summary>
          <Chain study={study} asked={asked} chain={lastRan.chain} />
        </details>
      )}
    </section>
  )
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
export const NodePanel = ({ asked, askFor, graph, readOnly, running, state = "fresh" }: PanelProps) => {
  const { study } = graph
  const node = asked.node!
  const { answer, failure } = useAnswer("graph-node", { study, node })
  const details = answer?.name === node ? answer : undefined
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
          <button type="button" class="primary" disabled={running.asking || state === "running"} onClick={() => void running.run([node])}>
            Run this node
          </button>
        )}
        <button type="button" onClick={() => askFor({ dry: node }, "replace")}>
          Dry run
        </button>
      </p>
      {details === undefined ? null : (
        <>
          <Links study={study} details={details} />
          <Failures study={study} asked={asked} details={details} />
          <Why study={study} asked={asked} details={details} state={state} />
          <Inputs study={study} asked={asked} details={details} />
          <Outputs study={study} asked={asked} details={details} />
          <ReadBy study={study} asked={asked} details={details} />
          <Parameters details={details} />
          <Warnings details={details} />
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
