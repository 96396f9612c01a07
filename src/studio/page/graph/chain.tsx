import type { ChainLink } from "../../messages/graph.ts"
import { type Asked, graphAddress } from "./asked.ts"

interface ChainProps {
  readonly study: string
  readonly asked: Asked
  readonly chain: ReadonlyArray<ChainLink>
}

/** So many reasons of a link are told before the rest is unfolded. */
const TOLD = 3

const Sentences = ({ sentences }: { readonly sentences: ReadonlyArray<string> }) => (
  <>
    {sentences.map((sentence) => (
      <p key={sentence}>{sentence}</p>
    ))}
  </>
)

/** From a node back to the edit: each link is a node, with why it runs. */
export const Chain = ({ asked, chain, study }: ChainProps) => (
  <ol class="graph-chain">
    {chain.map(({ node, why }) => (
      <li key={node}>
        <a href={graphAddress(study, { ...asked, node })}>{node}</a>
        <Sentences sentences={why.length <= TOLD + 1 ? why : why.slice(0, TOLD)} />
        {why.length <= TOLD + 1 ? null : (
          <details>
            <summary>and {why.length - TOLD} more</summary>
            <Sentences sentences={why.slice(TOLD)} />
          </details>
        )}
      </li>
    ))}
  </ol>
)
