import { useSignal } from "@preact/signals"
import type { Answer } from "../../../messages/questions.ts"
import { addressOf, goTo } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { count, significant } from "../words.ts"

type Value = Answer<"lineage-grid">["values"][number]

interface Props {
  readonly study: string
  readonly query: Readonly<Record<string, string>>
  readonly rows: Answer<"lineage-rows">
}

const inWords = (value: Value): string => (value === null ? "—" : typeof value === "number" ? significant(value) : String(value))

const smaller = (a: Value, b: Value): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1
}

/** Moves the focus between the cells of a table. */
const onArrow = (event: KeyboardEvent): void => {
  const cell = (event.target as HTMLElement).closest("td")
  const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key]
  if (cell === null || step === undefined) return
  const row = cell.parentElement as HTMLTableRowElement
  const body = row.parentElement as HTMLTableSectionElement
  const to = body.rows[row.sectionRowIndex + step[0]!]?.cells[cell.cellIndex + step[1]!]?.querySelector("a")
  if (to === null || to === undefined) return
  event.preventDefault()
  to.focus()
}

/** The rows that a model was given, entities by years, of one variable at a time; each cell leads on. */
export const RowGrid = ({ query, rows, study }: Props) => {
  const named = rows.variables.find(({ column, node }) => column === query["column"] && (query["of"] === undefined || query["of"] === node))
  // A coefficient's own variable is what one looks for first.
  const variable = named ?? rows.variables.find(({ column }) => column === query["term"]) ?? rows.variables[0]
  const sort = useSignal<{ readonly by: number; readonly down: boolean }>({ by: -1, down: false })
  const { answer, failure } = useAnswer(
    "lineage-grid",
    variable && { study, node: rows.node, output: rows.output, of: variable.node, ofOutput: variable.output, column: variable.column }
  )
  if (variable === undefined) return <p>It read no variable of a panel.</p>
  const { entities, years } = rows
  const base = { ...query, node: rows.node, of: variable.node, column: variable.column }
  const valueAt = (entity: number, year: number) => answer?.values[entity * years.length + year] ?? null
  const filledAt = (entity: number, year: number) => answer?.filled[entity * years.length + year] ?? 0
  const { by, down } = sort.value
  const order = entities.map((_, i) => i)
  if (by >= 0) order.sort((a, b) => (down ? -1 : 1) * smaller(valueAt(a, by), valueAt(b, by)))
  else if (down) order.reverse()
  const present = answer?.values.filter((value) => value !== null).length ?? 0
  const touched = answer?.filled.filter((filled) => filled > 0).length ?? 0
  const sortBy = (column: number) => () => (sort.value = { by: column, down: by === column ? !down : false })
  const sorted = (column: number) => (by === column ? (down ? "descending" : "ascending") : undefined)
  return (
    <>
      <h1 id="time-title">{rows.isPanel ? `Rows of ${rows.node}` : `Rows that ${rows.node} was estimated from`}</h1>
      <p class="time-section-head">
        <label>
          variable{" "}
          <select
            value={`${variable.node} ${variable.output} ${variable.column}`}
            onChange={(event) => {
              const [of = "", , column = ""] = event.currentTarget.value.split(" ")
              goTo(addressOf(study, "runs", ["trace"], { ...base, of, column }))
            }}
          >
            {rows.variables.map((one) => (
              <option key={`${one.node} ${one.output} ${one.column}`} value={`${one.node} ${one.output} ${one.column}`}>
                {one.column}
                {rows.isPanel ? "" : ` of ${one.node}`}
              </option>
            ))}
          </select>
        </label>
        <span class="soft">
          {variable.description}
          {variable.unit === "" ? "" : ` (${variable.unit})`}
        </span>
      </p>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {answer === undefined ? null : (
        <p class="soft">
          {count(present, "cell")}
          {answer.behind === 0
            ? ""
            : `; behind ${touched} of them is at least one that was filled in (of ${count(answer.behind, "column")} that may be): they are marked by a corner`}
          . Choose a cell to see what it is made of.
        </p>
      )}
      <div class="time-grid-scroll">
        <table class="time-grid" onKeyDown={onArrow}>
          <thead>
            <tr>
              <th scope="col" aria-sort={sorted(-1)}>
                <button type="button" onClick={sortBy(-1)}>
                  entity
                </button>
              </th>
              {years.map((year, i) => (
                <th key={year} scope="col" aria-sort={sorted(i)}>
                  <button type="button" onClick={sortBy(i)}>
                    {year}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {order.map((i) => (
              <tr key={entities[i]}>
                <th scope="row">{entities[i]}</th>
                {years.map((year, j) => {
                  const filled = filledAt(i, j)
                  const value = valueAt(i, j)
                  return (
                    <td key={year} class={filled > 0 ? "time-has-filled" : undefined}>
                      <a
                        href={addressOf(study, "runs", ["trace"], { ...base, entity: entities[i]!, year: String(year) })}
                        title={`${entities[i]}, ${year}${filled > 0 ? `: ${filled} of ${answer!.behind} behind it filled in` : ""}`}
                      >
                        {inWords(value)}
                        {filled > 0 ? <span class="unseen"> ({filled} filled in)</span> : null}
                      </a>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
