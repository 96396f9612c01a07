import type { ChainStep } from "../../../messages/estimates/table.ts"
import { addressOf } from "../../route.ts"

const SHOWN = 4
const some = (columns: ReadonlyArray<string>): string =>
  columns.length <= SHOWN + 1 ? columns.join(", ") : `${columns.slice(0, SHOWN).join(", ")} and ${columns.length - SHOWN} more`

/** What lies below, a layer a line, down to the files: each node with the columns that were read of it. */
export const ChainBelow = ({ steps, study }: { readonly study: string; readonly steps: ReadonlyArray<ChainStep> }) =>
  steps.length === 0 ? null : (
    <section>
      <h4>How it got there</h4>
      <ol class="estimates-chain">
        {steps.map(({ files, nodes }) => (
          <li key={nodes.map(({ node }) => node).join(" ")}>
            {nodes.map(({ columns, node, stage }) => (
              <div key={node}>
                <a href={addressOf(study, "node", [node], columns.length === 1 ? { column: columns[0]! } : {})}>{node}</a> <span class="soft">{stage}</span>
                {columns.length === 0 ? null : <div class="estimates-columns">{some(columns)}</div>}
              </div>
            ))}
            {files.map((file) => (
              <div key={file} class="estimates-file">
                <code>{file}</code>
              </div>
            ))}
          </li>
        ))}
      </ol>
    </section>
  )
