import type { NodeDetails } from "../../messages/graph.ts"
import { addressOf } from "../route.ts"
import { Facts } from "../shell/facts.tsx"
import { moment, size } from "../wording.ts"
import { type Asked, graphAddress } from "./asked.ts"

interface FactsProps {
  readonly study: string
  readonly asked: Asked
  readonly details: NodeDetails
}

/** So many are named before the rest is unfolded. */
const NAMED = 12

const Names = ({ asked, names, study }: { readonly study: string; readonly asked: Asked; readonly names: ReadonlyArray<string> }) => (
  <ul class="graph-names">
    {names.map((name) => (
      <li key={name}>
        <a href={graphAddress(study, { ...asked, node: name })}>{name}</a>
      </li>
    ))}
  </ul>
)

export const Inputs = ({ asked, details: { inputs }, study }: FactsProps) => (
  <section>
    <h3>Inputs</h3>
    {inputs.length === 0 ? <p class="soft">It reads nothing.</p> : null}
    <ul class="graph-wires">
      {inputs.map(({ file, input, node, output, read }) => (
        <li key={`${input} ${node ?? file} ${output ?? ""}`}>
          <span class="soft">{input}</span>{" "}
          {node === undefined ? (
            <a href={graphAddress(study, { ...asked, ...(file === undefined ? {} : { node: file }) })}>{file}</a>
          ) : (
            <a href={graphAddress(study, { ...asked, node })}>
              {node}
              {output === "output" ? "" : `.${output}`}
            </a>
          )}
          {read.length === 0 ? null : <p>{read.join(", ")}</p>}
        </li>
      ))}
    </ul>
  </section>
)

export const Outputs = ({ details: { name, outputs }, study }: FactsProps) => (
  <section>
    <h3>Outputs</h3>
    <ul class="graph-wires">
      {outputs.map(({ artifact, bytes, output, type }) => (
        <li key={output}>
          {artifact === undefined ? <span>{output}</span> : <a href={addressOf(study, "node", [name], output === "output" ? {} : { output })}>{output}</a>}{" "}
          <span class="soft">
            {type}
            {bytes === undefined ? "" : `, ${size(bytes)}`}
          </span>
          {artifact === undefined ? <p>not made yet</p> : <p class="mono graph-artifact">{artifact}</p>}
        </li>
      ))}
    </ul>
  </section>
)

export const ReadBy = ({ asked, details: { readBy }, study }: FactsProps) => (
  <section>
    <h3>Read by</h3>
    {readBy.length === 0 ? <p class="soft">Nothing reads it.</p> : <Names study={study} asked={asked} names={readBy.slice(0, NAMED)} />}
    {readBy.length <= NAMED ? null : (
      <details>
        <summary>and {readBy.length - NAMED} more</summary>
        <Names study={study} asked={asked} names={readBy.slice(NAMED)} />
      </details>
    )}
  </section>
)

export const Parameters = ({ details: { params } }: Pick<FactsProps, "details">) => (
  <section>
    <h3>Parameters</h3>
    {params.length === 0 ? <p class="soft">It has none.</p> : null}
    <Facts class="graph-params" facts={params.map(({ name, value }) => [name, value])} />
  </section>
)

export const Failures = ({ asked, details: { failed, name }, study }: FactsProps) =>
  failed.length === 0 ? null : (
    <section class="graph-failures">
      <h3>{failed.some(({ node }) => node === name) ? "It failed" : "What it rests on failed"}</h3>
      {failed.map(({ at, faults, node, run }) => (
        <div key={node}>
          <p class="soft">
            {node === name ? null : <a href={graphAddress(study, { ...asked, node })}>{node}</a>} {moment(at)}, run {run}
          </p>
          {faults.map(({ message }) => (
            <p key={message} class="graph-fault">
              {message}
            </p>
          ))}
        </div>
      ))}
    </section>
  )

export const Warnings = ({ details: { warnings } }: Pick<FactsProps, "details">) =>
  warnings.length === 0 ? null : (
    <section>
      <h3>Warnings</h3>
      <ul class="graph-warnings">
        {warnings.slice(0, NAMED).map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
      {warnings.length <= NAMED ? null : (
        <details>
          <summary>and {warnings.length - NAMED} more</summary>
          <ul class="graph-warnings">
            {warnings.slice(NAMED).map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
