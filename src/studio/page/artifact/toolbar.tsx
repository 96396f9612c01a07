import { useSignal } from "@preact/signals"
import { useEffect, useMemo } from "preact/hooks"
import type { ArtifactHead } from "../../messages/artifact.ts"
import type { Route } from "../route.ts"
import { change, lookedAt } from "./address.ts"
import { counted, countInWords } from "./words.ts"

interface ToolbarProps {
  readonly head: ArtifactHead
  readonly route: Route
  /** undefined while they are looked for, or where the filter cannot be read. */
  readonly matching: number | undefined
  readonly busy: boolean
  /** In the order in which they are shown. */
  readonly columns: ReadonlyArray<string>
  readonly onColumn: (column: number) => void
}

const FilterField = ({ route }: { readonly route: Route }) => {
  const { filter } = lookedAt(route)
  const typed = useSignal(filter)
  useEffect(() => {
    typed.value = filter
  }, [filter])
  return (
    <form
      class="artifact-filter"
      onSubmit={(event) => {
        event.preventDefault()
        change({ filter: typed.peek().trim(), row: "" })
      }}
    >
      <label>
        <span class="unseen">Filter: which rows are shown</span>
        <input
          type="search"
          spellcheck={false}
          placeholder="filter, as in: gdp > 1000 and province = Hebei"
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value
          }}
        />
      </label>
      <button type="submit">Filter</button>
      {filter === "" ? null : (
        <button type="button" onClick={() => change({ filter: "", row: "" })}>
          All rows
        </button>
      )}
    </form>
  )
}

const Find = ({ columns, onColumn }: Pick<ToolbarProps, "columns" | "onColumn">) => {
  // Of a thousand columns it is made once.
  const offered = useMemo(
    () => (
      <datalist id="artifact-columns">
        {columns.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    ),
    [columns]
  )
  const go = (input: HTMLInputElement) => {
    const wanted = input.value.toLowerCase()
    const at = [
      columns.indexOf(input.value),
      columns.findIndex((name) => name.toLowerCase().startsWith(wanted)),
      columns.findIndex((name) => name.toLowerCase().includes(wanted))
    ].find((one) => one >= 0)
    if (wanted !== "" && at !== undefined) onColumn(at)
  }
  return (
    <label class="artifact-find">
      <span class="unseen">Go to column</span>
      <input
        list="artifact-columns"
        placeholder="go to column"
        onChange={(event) => go(event.currentTarget)}
        onKeyDown={(event) => {
          if (event.key === "Enter") go(event.currentTarget)
        }}
      />
      {offered}
    </label>
  )
}

/** Above the table: which rows, how many, and the way to a column. */
export const Toolbar = ({ busy, columns, head, matching, onColumn, route }: ToolbarProps) => {
  const { filter, sort } = lookedAt(route)
  return (
    <div class="artifact-toolbar">
      <FilterField route={route} />
      {columns.length > 8 ? <Find columns={columns} onColumn={onColumn} /> : null}
      {sort === "" ? null : (
        <button type="button" onClick={() => change({ sort: "", row: "" })}>
          As it was made
        </button>
      )}
      <p class="artifact-matching soft" role="status">
        {filter === ""
          ? counted(head.rows, "row")
          : matching === undefined
            ? busy
              ? "looking…"
              : ""
            : `${countInWords(matching)} of ${counted(head.rows, "row")}`}
      </p>
    </div>
  )
}
