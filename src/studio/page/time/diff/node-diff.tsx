import { useSignal } from "@preact/signals"
import type { OutputDetails } from "../../../messages/time/run-diff.ts"
import { addressOf } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { count } from "../../wording.ts"
import { ChangedCells } from "./changed-cells.tsx"
import { Pager } from "./pager.tsx"
import { type Pair, pairQuery } from "./pair.ts"

const ROWS = 20

const RowList = ({ node, output, pair, which }: { pair: Pair; node: string; output: string; which: "added" | "removed" }) => {
  const start = useSignal(0)
  const { answer, failure } = useAnswer("run-diff-rows", { ...pair, node, output, which, start: start.value, count: ROWS }, ["store"])
  return (
    <>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      <ul class="time-row-list">
        {answer?.rows.map((row) => (
          <li key={row}>{row}</li>
        ))}
      </ul>
      <Pager start={start} count={ROWS} total={answer?.total ?? 0} what="rows" />
    </>
  )
}

const Rows = ({ node, one, pair }: { readonly pair: Pair; readonly node: string; readonly one: OutputDetails }) => {
  const shown = useSignal<"added" | "removed" | undefined>(undefined)
  const { rows } = one
  if (rows === null) return null
  const toggle = (which: "added" | "removed") => () => (shown.value = shown.value === which ? undefined : which)
  return (
    <>
      <p>
        {count(rows.after, "row")}
        {rows.after === rows.before ? "" : ` (${rows.before} before)`}, {rows.changed} with a cell that differs
        {rows.key.length === 0 ? "; matched by their position" : `; matched by ${rows.key.join(", ")}`}.{" "}
        {rows.added === 0 ? null : (
          <button type="button" aria-expanded={shown.value === "added"} onClick={toggle("added")}>
            {rows.added} more
          </button>
        )}{" "}
        {rows.removed === 0 ? null : (
          <button type="button" aria-expanded={shown.value === "removed"} onClick={toggle("removed")}>
            {rows.removed} fewer
          </button>
        )}
      </p>
      {shown.value === undefined ? null : <RowList key={shown.value} pair={pair} node={node} output={one.output} which={shown.value} />}
    </>
  )
}

const Columns = ({ columns }: { readonly columns: OutputDetails["columns"] }) => {
  const told = [
    ["new columns", columns.added],
    ["columns that are gone", columns.removed],
    ["other unit or description", columns.described]
  ] as const
  return (
    <>
      {told.map(([words, names]) =>
        names.length === 0 ? null : (
          <p key={words}>
            {words}: {names.join(", ")}
          </p>
        )
      )}
    </>
  )
}

const Output = ({ node, one, pair }: { readonly pair: Pair; readonly node: string; readonly one: OutputDetails }) => {
  const column = useSignal<string | undefined>(undefined)
  return (
    <div class="time-output">
      {one.output === "output" ? null : <h4>{one.output}</h4>}
      {one.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <Columns columns={one.columns} />
      <Rows pair={pair} node={node} one={one} />
      {one.cells.length === 0 ? null : (
        <ul class="time-columns">
          {one.cells.map((change) => (
            <li key={change.column}>
              <button
                type="button"
                aria-expanded={column.value === change.column}
                onClick={() => (column.value = column.value === change.column ? undefined : change.column)}
              >
                {change.column}
              </button>
              <span>
                {count(change.cells, "cell")}, {change.cells === 1 ? "" : "most "}at {change.at}: <span class="time-number">{change.before}</span> →{" "}
                <span class="time-number">{change.after}</span>
              </span>
              {column.value === change.column ? <ChangedCells pair={pair} node={node} output={one.output} column={change.column} /> : null}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** One node in the two runs: why, and its tables, columns, rows and cells. */
export const NodeDiff = ({ node, pair }: { readonly pair: Pair; readonly node: string }) => {
  const { answer, failure } = useAnswer("run-diff-node", { ...pair, node }, ["store"])
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (answer === undefined) return <p class="soft">Comparing…</p>
  return (
    <div class="time-node-diff">
      <p>
        <a href={addressOf(pair.study, "runs", [], { ...pairQuery(pair), node })}>Its path</a>
        {answer.madeBefore === undefined ? null : (
          <>
            {" · "}
            <a href={addressOf(pair.study, "node", [node], { run: answer.madeBefore })}>the artifact of before</a>
          </>
        )}
        {answer.madeAfter === undefined || answer.outputs.length === 0 ? null : (
          <>
            {" · "}
            <a href={addressOf(pair.study, "node", [node], { run: answer.madeAfter })}>of after</a>
          </>
        )}
        {" · "}
        <a href={addressOf(pair.study, "graph", [], { node })}>in the DAG</a>
      </p>
      {answer.faults.map((fault) => (
        <p key={fault} class="time-fault">
          {fault}
        </p>
      ))}
      {answer.why.length === 0 ? null : (
        <ul class="time-whys">
          {answer.why.map((why) => (
            <li key={why}>{why}</li>
          ))}
        </ul>
      )}
      {answer.outputs.map((one) => (
        <Output key={one.output} pair={pair} node={node} one={one} />
      ))}
    </div>
  )
}
