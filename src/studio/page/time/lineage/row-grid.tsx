import { type Signal, useSignal } from "@preact/signals"
import type { Answer } from "../../../messages/questions.ts"
import type { Variable } from "../../../messages/time/lineage.ts"
import { addressOf, goTo } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { count } from "../../wording.ts"
import { type Sorting, ValueGrid } from "./value-grid.tsx"

interface Props {
  readonly study: string
  readonly query: Readonly<Record<string, string>>
  readonly rows: Answer<"lineage-rows">
}

const hint = ({ behind, filled, values }: Answer<"lineage-grid">): string => {
  const cells = count(values.filter((value) => value !== null).length, "cell")
  const touched = filled.filter((one) => one > 0).length
  if (behind === 0) return cells
  return `${cells}; behind ${touched} of them at least one was filled in (of ${count(behind, "column")} that may be), which a corner marks`
}

const VariableValues = ({ query, rows, sort, study, variable }: Props & { readonly variable: Variable; readonly sort: Signal<Sorting> }) => {
  const { answer, failure } = useAnswer("lineage-grid", {
    study,
    node: rows.node,
    output: rows.output,
    of: variable.node,
    ofOutput: variable.output,
    column: variable.column
  })
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (answer === undefined) return <p class="soft">Reading the values…</p>
  const base = { ...query, node: rows.node, of: variable.node, column: variable.column }
  return (
    <>
      <p class="soft">{hint(answer)}. Choose a cell to see what it is made of.</p>
      <ValueGrid
        rows={rows}
        grid={answer}
        sort={sort}
        address={(entity, year) => addressOf(study, "runs", ["trace"], { ...base, entity, year: String(year) })}
      />
    </>
  )
}

/** The rows that a model was given, entities by years, of one variable at a time; each cell leads on. */
export const RowGrid = ({ query, rows, study }: Props) => {
  const sort = useSignal<Sorting>({ by: -1, down: false })
  const { variables } = rows
  const named = variables.find(({ column, node }) => column === query["column"] && (query["of"] === undefined || query["of"] === node))
  // A coefficient's own variable is what one looks for first.
  const variable = named ?? variables.find(({ column }) => column === query["term"]) ?? variables[0]
  if (variable === undefined) return <p>It read no variable of a panel.</p>
  const choose = (position: number) => {
    const { column, node: of } = variables[position]!
    goTo(addressOf(study, "runs", ["trace"], { ...query, node: rows.node, of, column }))
  }
  return (
    <>
      <h1 id="time-title">{rows.isPanel ? `Rows of ${rows.node}` : `Rows that ${rows.node} was estimated from`}</h1>
      <p class="time-section-head">
        <label>
          variable{" "}
          <select value={variables.indexOf(variable)} onChange={(event) => choose(Number(event.currentTarget.value))}>
            {variables.map(({ column, node, output }, i) => (
              <option key={`${node} ${output} ${column}`} value={i}>
                {column}
                {rows.isPanel ? "" : ` of ${node}`}
              </option>
            ))}
          </select>
        </label>
        <span class="soft">
          {variable.description}
          {variable.unit === "" ? "" : ` (${variable.unit})`}
        </span>
      </p>
      <VariableValues key={`${variable.node} ${variable.output} ${variable.column}`} study={study} query={query} rows={rows} variable={variable} sort={sort} />
    </>
  )
}
