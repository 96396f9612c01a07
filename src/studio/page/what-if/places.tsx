import { useSignal } from "@preact/signals"
import type { Answer } from "../../messages/questions.ts"
import type { Draft } from "../../messages/what-if.ts"
import { addressOf } from "../route.ts"

/** So many nodes are shown; the rest is found by typing more of a name. */
const SHOWN = 40

interface PlacesProps {
  readonly places: Answer<"what-if">
  readonly chosen: string
  /** Whether something of a node or of a data file is other, or wrong. */
  readonly isMarked: (kind: keyof Draft, name: string) => boolean
}

/** Where something can be changed: data files, and nodes that have parameters, found by their names, stages and parameters. */
export const Places = ({ chosen, isMarked, places }: PlacesProps) => {
  const sought = useSignal("")
  const { base, data, nodes } = places
  const words = sought.value.toLowerCase().split(/\s+/).filter(Boolean)
  const found = nodes.filter(
    ({ node, parameters, stage }) => parameters.length > 0 && words.every((word) => `${node} ${stage} ${parameters.join(" ")}`.toLowerCase().includes(word))
  )
  const sorted = [...found].sort((a, b) => Number(isMarked("params", b.node)) - Number(isMarked("params", a.node)))
  return (
    <nav class="what-if-places" aria-label="what can be changed">
      <h2>Change</h2>
      <h3>Data files</h3>
      <ul>
        {data.map(({ file, name }) => (
          <li key={name}>
            <a href={addressOf(base, "what-if", [], { data: name })} aria-current={chosen === `data ${name}` ? "true" : undefined}>
              <span class={isMarked("data", name) ? "what-if-marked" : ""}>{name}</span> <small>{file}</small>
            </a>
          </li>
        ))}
      </ul>
      <h3>Parameters of nodes</h3>
      <input
        type="search"
        aria-label="find a node"
        placeholder="node, stage or parameter"
        value={sought.value}
        onInput={(event) => (sought.value = event.currentTarget.value)}
      />
      <ul class="what-if-nodes">
        {sorted.slice(0, SHOWN).map(({ node, stage }) => (
          <li key={node}>
            <a href={addressOf(base, "what-if", [], { node })} aria-current={chosen === `node ${node}` ? "true" : undefined}>
              <span class={isMarked("params", node) ? "what-if-marked" : ""}>{node}</span> <small>{stage}</small>
            </a>
          </li>
        ))}
      </ul>
      <p class="soft" role="status">
        {found.length > SHOWN ? `and ${found.length - SHOWN} more: type more of a name` : found.length === 0 ? "No node is called so." : ""}
      </p>
    </nav>
  )
}
