import type { NodeDetails } from "../../messages/graph.ts"
import { moment, size } from "../wording.ts"
import type { Asked } from "./asked.ts"
import { Chain } from "./chain.tsx"
import type { State } from "./states.ts"
import { duration } from "./wording.ts"

const SAYS: Readonly<Partial<Record<State, string>>> = {
  fresh: "It is up to date.",
  stale: "It would run:",
  unknown: "It may run: that is decided when its inputs have run.",
  failed: "It failed when it was last executed, and would run again.",
  blocked: "It waits: something that it rests on failed, or is not there.",
  running: "It is running."
}

const SETTLED: ReadonlySet<State> = new Set(["fresh", "failed", "blocked", "skipped"])
/** Whether a node has come to stand as it does in a run that goes on, and what is told of it is still of before. */
export const isBehind = (details: NodeDetails, state: State): boolean => state !== details.state && SETTLED.has(state)

const sayOf = ({ hindered, lacking }: NodeDetails, state: State): string => {
  if (lacking.length > 0) return `It would be skipped: there is no program ${lacking.join(" and no program ")} here.`
  return state === "blocked" && hindered.length > 0 ? "It cannot run:" : (SAYS[state] ?? "")
}

/** Why a node stands as it does, and how it came to be what it is. */
export const Why = ({
  asked,
  details,
  state,
  study
}: {
  readonly study: string
  readonly asked: Asked
  readonly details: NodeDetails
  readonly state: State
}) => {
  const { accepted, chain, expected, hindered, lastRan, outputs } = details
  const bytes = outputs.reduce<number | undefined>((sum, one) => (one.bytes === undefined ? sum : (sum ?? 0) + one.bytes), undefined)
  return (
    <section>
      <p>{sayOf(details, state)}</p>
      {hindered.map((fault) => (
        <p key={fault} class="graph-fault">
          {fault}
        </p>
      ))}
      <Chain study={study} asked={asked} chain={chain} />
      <dl class="graph-facts">
        {lastRan === undefined ? null : (
          <div>
            <dt>{state === "fresh" ? "Made" : "Made before"}</dt>
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
        {lastRan?.from === undefined ? null : (
          <div>
            <dt>Where</dt>
            <dd>on another machine: it came from the {lastRan.from}</dd>
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
