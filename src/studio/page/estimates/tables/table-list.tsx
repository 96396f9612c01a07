import { useSignal } from "@preact/signals"
import type { TableHead } from "../../../messages/estimates/outline.ts"
import { addressOf } from "../../route.ts"
import { standingWords } from "../../standing-words.ts"
import { TallyBar } from "./tally.tsx"

const named = ({ node, title }: TableHead): string => (title === "" ? node : title)
const found = (tables: ReadonlyArray<TableHead>, words: string): ReadonlyArray<TableHead> => {
  const parts = words.toLowerCase().split(/\s+/)
  return tables.filter((table) => parts.every((part) => `${table.node} ${table.title}`.toLowerCase().includes(part)))
}
const groupsOf = (tables: ReadonlyArray<TableHead>) =>
  [
    ["beside the published numbers", tables.filter(({ tally }) => tally !== null)],
    ["the run's alone", tables.filter(({ made, tally }) => tally === null && made)],
    ["not made yet", tables.filter(({ made, tally }) => tally === null && !made)]
  ] as const

interface ListProps {
  readonly study: string
  readonly tables: ReadonlyArray<TableHead>
  readonly current: string
  readonly query: Readonly<Record<string, string>>
}

/** The tables by whether something is published beside them. */
export const TableList = ({ current, query, study, tables }: ListProps) => {
  const words = useSignal("")
  return (
    <nav class="estimates-list" aria-label="tables">
      <input
        type="search"
        placeholder="find a table"
        aria-label="find a table"
        value={words.value}
        onInput={(event) => (words.value = event.currentTarget.value)}
      />
      {groupsOf(found(tables, words.value)).map(([heading, own]) =>
        own.length === 0 ? null : (
          <section key={heading}>
            <h2>{heading}</h2>
            <ul>
              {own.map((table) => (
                <li key={table.node}>
                  <a href={addressOf(study, "estimates", [table.node], query)} aria-current={table.node === current ? "true" : undefined}>
                    <span class="estimates-list-title">{named(table)}</span>
                    <span class="estimates-list-foot">
                      <code>{table.node}</code>
                      {table.state === "fresh" || !table.made ? null : <span class="estimates-tag">{standingWords[table.state]}</span>}
                      {table.tally === null ? null : (
                        <span class="estimates-share">
                          {table.tally.rounding + table.tally.tolerance} of {table.tally.numbers}
                        </span>
                      )}
                    </span>
                    {table.tally === null ? null : <TallyBar tally={table.tally} />}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )
      )}
      {found(tables, words.value).length === 0 ? <p class="soft">no table is called that</p> : null}
    </nav>
  )
}

interface SelectProps {
  readonly tables: ReadonlyArray<TableHead>
  readonly current: string
  readonly onChoose: (node: string) => void
}

/** The same where there is no room for a list. */
export const TableSelect = ({ current, onChoose, tables }: SelectProps) => (
  <label class="estimates-select">
    <span>Table</span>
    <select value={current} onChange={(event) => onChoose(event.currentTarget.value)}>
      {groupsOf(tables).map(([heading, own]) =>
        own.length === 0 ? null : (
          <optgroup key={heading} label={heading}>
            {own.map((table) => (
              <option key={table.node} value={table.node}>
                {named(table)}
                {table.tally === null ? "" : ` (${table.tally.rounding + table.tally.tolerance} of ${table.tally.numbers})`}
              </option>
            ))}
          </optgroup>
        )
      )}
    </select>
  </label>
)
