import type { ChainLink } from "../../messages/graph.ts"
import { type Asked, graphAddress } from "./asked.ts"

interface ChainProps {
  readonly study: string
  readonly asked: Asked
  readonly chain: ReadonlyArray<ChainLink>
}

/** From a node back to the edit: each link is a node, with why it runs. */
export const Chain = ({ asked, chain, study }: ChainProps) => (
  <ol class="graph-chain">
    {chain.map(({ node, why }) => (
      <li key={node}>
        <a href={graphAddress(study, { ...asked, node })}>{node}</a>
        {why.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </li>
    ))}
  </ol>
)
