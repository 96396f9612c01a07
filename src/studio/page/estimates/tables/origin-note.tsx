import type { CellDetail, Origin } from "../../../messages/estimates/table.ts"
import { addressOf } from "../../route.ts"

/** An output as it is named: that which is called `output` by its node alone. */
const outputName = ({ node, output }: Origin): string => (output === "output" ? node : `${node}.${output}`)
const rowOf = ({ column, key, row }: Origin): string =>
  `${column}${key.length === 0 ? ` in row ${row + 1}` : ""} ${key.map(([name, value]) => `${name} ${value}`).join(", ")}`

const ArtifactRow = ({ origin, study }: { readonly study: string; readonly origin: Origin }) => (
  <a href={addressOf(study, "node", [origin.node], { output: origin.output, row: String(origin.row), column: origin.column })}>{outputName(origin)}</a>
)

/** Where its lineage begins: at the term's own variable, as far as one is read under that name. */
const traced = ({ key, node }: Origin, chain: CellDetail["chain"]): Readonly<Record<string, string>> => {
  const term = key.find(([name]) => name === "term")?.[1]
  const column = chain[1]?.nodes[0]?.columns
  return { node, ...(term === undefined ? {} : { term }), ...(term === undefined || column?.length !== 1 ? {} : { column: column[0]! }) }
}

interface OriginProps {
  readonly study: string
  /** The table. */
  readonly node: string
  readonly cell: CellDetail
}

/** Which cell of which artifact the number is, and where to go from there. */
export const OriginNote = ({ cell: { artifactRow, chain, computedFrom, origins, value }, node, study }: OriginProps) => {
  const [first, ...others] = origins
  return (
    <section>
      <h4>Where it is from</h4>
      {first === undefined ? (
        <p>
          {value === null ? "There is no number behind it. " : "The table computed it"}
          {computedFrom.length === 0 ? "" : " of "}
          {computedFrom.map((name, i) => (
            <span key={name}>
              {i > 0 ? ", " : ""}
              <a href={addressOf(study, "node", [name])}>{name}</a>
            </span>
          ))}
          {value === null ? "" : "."}
        </p>
      ) : (
        <p>
          <ArtifactRow study={study} origin={first} />: {rowOf(first)}
          {first.scale === 1 ? "" : `, multiplied by ${first.scale}`}
        </p>
      )}
      <ul class="estimates-ways">
        {first === undefined ? null : (
          <>
            {first.model ? (
              <li>
                <a href={addressOf(study, "estimates", [first.node])}>the model</a>
              </li>
            ) : null}
            <li>
              <a href={addressOf(study, "node", [first.node], { output: first.output, row: String(first.row), column: first.column })}>
                its row in the artifact
              </a>
            </li>
            <li>
              <a href={addressOf(study, "graph", [], { node: first.node })}>in the DAG</a>
            </li>
            <li>
              <a href={addressOf(study, "runs", ["trace"], traced(first, chain))}>down to the yearbook</a>
            </li>
            <li>
              <a href={addressOf(study, "what-if", [], { node: first.node })}>what if it were otherwise</a>
            </li>
          </>
        )}
        <li>
          <a href={addressOf(study, "node", [node], { row: String(artifactRow) })}>its row in the table</a>
        </li>
      </ul>
      {others.length === 0 ? null : (
        <details>
          <summary>{others.length === 1 ? "one other cell holds" : `${others.length} other cells hold`} the same number</summary>
          <ul>
            {others.map((origin) => (
              <li key={`${origin.node} ${origin.output} ${origin.row} ${origin.column}`}>
                <ArtifactRow study={study} origin={origin} />: {rowOf(origin)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
