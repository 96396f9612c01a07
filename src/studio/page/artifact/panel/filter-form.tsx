import { useSignal } from "@preact/signals"
import type { ArtifactColumn, ColumnSummary } from "../../../messages/artifact.ts"
import type { Condition } from "../../../messages/table-query/filter.ts"

interface Fields {
  readonly from: string
  readonly to: string
  readonly contains: string
  readonly values: ReadonlyArray<string>
  readonly missing: "" | "yes" | "no"
  readonly filled: "" | "yes" | "no"
}

const yesOrNo = (own: ReadonlyArray<Condition>, is: "missing" | "filled"): Fields["missing"] => {
  const found = own.find((one) => one.is === is)
  return found === undefined ? "" : "not" in found && found.not === true ? "no" : "yes"
}

/** What a form shows of a column's conditions. */
const fieldsOf = (own: ReadonlyArray<Condition>): Fields => {
  const ranges = own.filter((one) => one.is === "range")
  const from = ranges.find((one) => one.from !== undefined)?.from
  const to = ranges.find((one) => one.to !== undefined)?.to
  const contains = own.find((one) => one.is === "contains" && one.not !== true)
  const values = own.find((one) => one.is === "one-of" && one.not !== true)
  return {
    from: from === undefined ? "" : String(from),
    to: to === undefined ? "" : String(to),
    contains: contains?.is === "contains" ? contains.text : "",
    values: values?.is === "one-of" ? values.values : [],
    missing: yesOrNo(own, "missing"),
    filled: yesOrNo(own, "filled")
  }
}

const numberOf = (text: string): number | undefined => (text.trim() === "" || Number.isNaN(Number(text)) ? undefined : Number(text))

/** A range; an end that is what it was is left out itself where it was. */
const rangeOf = (column: string, low: number | undefined, high: number | undefined, own: ReadonlyArray<Condition>): ReadonlyArray<Condition> => {
  const above = low !== undefined && own.some((one) => one.is === "range" && one.from === low && one.above === true)
  const below = high !== undefined && own.some((one) => one.is === "range" && one.to === high && one.below === true)
  if (!above && !below) return low === undefined && high === undefined ? [] : [{ column, is: "range", from: low, to: high }]
  return [
    ...(low === undefined ? [] : [{ column, is: "range", from: low, to: undefined, ...(above ? { above } : {}) } as const]),
    ...(high === undefined ? [] : [{ column, is: "range", from: undefined, to: high, ...(below ? { below } : {}) } as const])
  ]
}

/** What the form comes to, with those conditions that it does not show (not one of, not containing) as they were. */
const conditionsOf = (column: string, { contains, filled, from, missing, to, values }: Fields, own: ReadonlyArray<Condition>): ReadonlyArray<Condition> => {
  return [
    ...rangeOf(column, numberOf(from), numberOf(to), own),
    ...own.filter((one) => (one.is === "contains" || one.is === "one-of") && one.not === true),
    ...(contains === "" ? [] : [{ column, is: "contains", text: contains } as const]),
    ...(values.length === 0 ? [] : [{ column, is: "one-of", values } as const]),
    ...(missing === "" ? [] : [{ column, is: "missing", ...(missing === "no" ? { not: true as const } : {}) } as const]),
    ...(filled === "" ? [] : [{ column, is: "filled", ...(filled === "no" ? { not: true as const } : {}) } as const])
  ]
}

interface FormProps {
  readonly column: ArtifactColumn
  readonly summary: ColumnSummary | undefined
  /** The conditions of this column that hold now. */
  readonly own: ReadonlyArray<Condition>
  readonly onFilter: (conditions: ReadonlyArray<Condition>) => void
}

const Choice = ({
  label,
  onChange,
  value,
  words
}: {
  readonly label: string
  readonly value: string
  readonly words: readonly [string, string]
  readonly onChange: (value: Fields["missing"]) => void
}) => (
  <label class="artifact-field">
    <span>{label}</span>
    <select value={value} onChange={(event) => onChange(event.currentTarget.value as Fields["missing"])}>
      <option value="">all rows</option>
      <option value="yes">{words[0]}</option>
      <option value="no">{words[1]}</option>
    </select>
  </label>
)

/** Which rows are shown, by what one column has in them. What it comes to stands in the address as text. */
export const FilterForm = ({ column, onFilter, own, summary }: FormProps) => {
  const fields = useSignal(fieldsOf(own))
  const now = fields.value
  const set = (some: Partial<Fields>) => {
    fields.value = { ...fields.peek(), ...some }
  }
  const numeric = column.kind === "number" || column.kind === "integer"
  const offered = summary?.values?.top.filter(({ cut }) => !cut).map(({ value }) => value) ?? []
  const values = numeric ? [] : [...new Set([...now.values, ...offered])]
  return (
    <form
      class="artifact-form"
      onSubmit={(event) => {
        event.preventDefault()
        onFilter(conditionsOf(column.name, fields.peek(), own))
      }}
    >
      <h3>Rows where {column.name} is …</h3>
      {numeric ? (
        <div class="artifact-range">
          <label class="artifact-field">
            <span>from</span>
            <input inputMode="decimal" value={now.from} onInput={(event) => set({ from: event.currentTarget.value })} />
          </label>
          <label class="artifact-field">
            <span>to</span>
            <input inputMode="decimal" value={now.to} onInput={(event) => set({ to: event.currentTarget.value })} />
          </label>
        </div>
      ) : null}
      {column.kind === "text" || column.kind === "category" ? (
        <label class="artifact-field">
          <span>contains</span>
          <input value={now.contains} onInput={(event) => set({ contains: event.currentTarget.value })} />
        </label>
      ) : null}
      {values.length > 0 && (column.kind !== "text" || (summary?.values?.distinct ?? 0) <= 200) ? (
        <fieldset class="artifact-choices">
          <legend>one of</legend>
          {values.map((value) => (
            <label key={value}>
              <input
                type="checkbox"
                checked={now.values.includes(value)}
                onChange={(event) => set({ values: event.currentTarget.checked ? [...now.values, value] : now.values.filter((one) => one !== value) })}
              />
              <span>{value === "" ? '""' : value}</span>
            </label>
          ))}
        </fieldset>
      ) : null}
      {column.missing > 0 ? <Choice label="missing" value={now.missing} words={["missing", "not missing"]} onChange={(missing) => set({ missing })} /> : null}
      {column.filled ? <Choice label="filled in" value={now.filled} words={["filled in", "not filled in"]} onChange={(filled) => set({ filled })} /> : null}
      <p class="artifact-buttons">
        <button type="submit" class="primary">
          Show these rows
        </button>
        {own.length === 0 ? null : (
          <button type="button" onClick={() => onFilter([])}>
            All rows again
          </button>
        )}
      </p>
    </form>
  )
}
