import { useEffect } from "preact/hooks"
import { addressOf, goTo } from "../../route.ts"
import { ArtifactFailure } from "../../shell/not-made.tsx"
import { useAnswer } from "../../use-answer.ts"
import { NodeState } from "../node-state.tsx"
import { CellPanel } from "./cell-panel.tsx"
import { focusNumber } from "./focus-number.ts"
import { MarksLegend } from "./marks.tsx"
import { isOnly, ONLY, type Only, shownLines } from "./only.ts"
import { PrintedTableView } from "./printed-table.tsx"
import { placeIn } from "./table-keys.ts"
import { TallySentence } from "./tally.tsx"

interface PageProps {
  readonly study: string
  readonly node: string
  readonly query: Readonly<Record<string, string>>
}

/** One printed table: what of it agrees with what is published, the table, and what there is to tell of the number that is chosen. */
export const TablePage = ({ node, query, study }: PageProps) => {
  const { answer: table, failure } = useAnswer("estimates-table", { study, node })
  const chosen = placeIn(query["cell"])
  const only: Only = isOnly(query["only"]) ? query["only"] : "all"
  const address = (cell: string | undefined, which: Only = only) =>
    addressOf(study, "estimates", [node], { ...(which === "all" ? {} : { only: which }), ...(cell === undefined ? {} : { cell }) })
  const shown = table !== undefined
  const cell = query["cell"]
  useEffect(() => {
    if (shown && cell !== undefined) document.querySelector(`[data-number="${cell}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" })
  }, [shown, cell])
  const close = () => {
    goTo(address(undefined))
    if (chosen !== undefined) focusNumber(chosen)
  }
  return (
    <div class={`estimates-page ${chosen === undefined ? "" : "estimates-with-panel"}`}>
      <section class="estimates-table" aria-label={table?.title ?? node}>
        {failure === undefined ? null : <ArtifactFailure failure={failure} study={study} node={node} />}
        {table === undefined ? null : (
          <>
            <h2>{table.title === "" ? node : table.title}</h2>
            <p class="estimates-links">
              <code>{node}</code> <a href={addressOf(study, "node", [node])}>artifact</a> <a href={addressOf(study, "graph", [], { node })}>DAG</a>{" "}
              {[...new Set(table.models)].map((model) =>
                model === null ? null : (
                  <a key={model} href={addressOf(study, "estimates", [model])}>
                    {model}
                  </a>
                )
              )}
            </p>
            <NodeState study={study} {...table} />
            {table.tally === null ? null : (
              <div class="estimates-judged">
                <TallySentence tally={table.tally} />
                <label>
                  show{" "}
                  <select value={only} onChange={(event) => goTo(address(query["cell"], event.currentTarget.value as Only), "replace")}>
                    {Object.entries(ONLY).map(([which, words]) => (
                      <option key={which} value={which}>
                        {words}
                      </option>
                    ))}
                  </select>
                </label>
              </div>
            )}
            <PrintedTableView table={table} lines={shownLines(table.lines, only)} chosen={chosen} onChoose={(cell) => goTo(address(cell))} />
            {table.tally === null ? null : <MarksLegend byPrint={table.comparedBy === null} />}
            <div class="estimates-notes">
              {table.notes.map((note) => (
                <p key={note}>{note}</p>
              ))}
            </div>
          </>
        )}
      </section>
      {chosen === undefined ? null : <CellPanel key={`${chosen.row}.${chosen.column}`} study={study} node={node} {...chosen} onClose={close} />}
    </div>
  )
}
