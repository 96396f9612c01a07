import type { Signal } from "@preact/signals"
import type { Answer } from "../../../messages/questions.ts"
import { significant } from "../words.ts"

/** By which column: the entities' names (-1), or the position of a year. */
export interface Sorting {
  readonly by: number
  readonly down: boolean
}

type Value = Answer<"lineage-grid">["values"][number]

const inWords = (value: Value): string => (value === null ? "—" : typeof value === "number" ? significant(value) : String(value))

/** What is missing stands last, whichever way. */
const compare = (a: Value, b: Value, down: boolean): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  const smaller = typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1
  return down ? -smaller : smaller
}

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }

/** Moves the focus between the cells of a table. */
const onArrow = (event: KeyboardEvent): void => {
  const cell = (event.target as HTMLElement).closest("td")
  const step = STEPS[event.key]
  if (cell === null || step === undefined) return
  const row = cell.parentElement as HTMLTableRowElement
  const body = row.parentElement as HTMLTableSectionElement
  const to = body.rows[row.sectionRowIndex + step[0]]?.cells[cell.cellIndex + step[1]]?.querySelector("a")
  if (to === null || to === undefined) return
  event.preventDefault()
  to.focus()
}

interface Props {
  readonly rows: Answer<"lineage-rows">
  readonly grid: Answer<"lineage-grid">
  readonly sort: Signal<Sorting>
  readonly address: (entity: string, year: number) => string
}

/** A variable's values, a row an entity and a column a year; each leads on. */
export const ValueGrid = ({ address, grid, rows: { entities, years }, sort }: Props) => {
  const { by, down } = sort.value
  const at = (entity: number, year: number) => entity * years.length + year
  const order = entities.map((_, i) => i)
  if (by >= 0) order.sort((a, b) => compare(grid.values[at(a, by)] ?? null, grid.values[at(b, by)] ?? null, down))
  else if (down) order.reverse()
  const sortBy = (column: number) => () => (sort.value = { by: column, down: by === column ? !down : false })
  const sorted = (column: number) => (by === column ? (down ? "descending" : "ascending") : undefined)
  return (
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
                const filled = grid.filled[at(i, j)] ?? 0
                return (
                  <td key={year} class={filled > 0 ? "time-has-filled" : undefined}>
                    <a
                      href={address(entities[i]!, year)}
                      title={`${entities[i]}, ${year}${filled > 0 ? `: ${filled} of ${grid.behind} behind it filled in` : ""}`}
                    >
                      {inWords(grid.values[at(i, j)] ?? null)}
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
  )
}
