import type { FormField, JsonValue } from "../../../messages/form.ts"
import { FaultNote } from "./fault-note.tsx"
import { type FieldProps, innerPath } from "./field-props.ts"
import { blank, isList, isRecord, same } from "./form-value.ts"

const shown = (field: FormField, items: ReadonlyArray<JsonValue>): boolean =>
  !field.optional || items.some((one) => isRecord(one) && one[field.name] !== undefined)

/** A list of structures as a table: a row each; columns that no row has are left out until one is asked for. */
export const TableField = (props: FieldProps) => {
  const { base, form, Inner, label, onChange, path, value } = props
  if (form.kind !== "list" || form.item.kind !== "struct") return null
  const { item, least } = form
  const items = isList(value) ? value : []
  const own = isList(base) ? base : []
  const named = (row: JsonValue): string => (isRecord(row) && typeof row["name"] === "string" ? row["name"] : "")
  const before = (row: JsonValue, i: number): JsonValue | undefined =>
    own.find((one) => named(one) !== "" && named(one) === named(row)) ?? (named(row) === "" ? own[i] : undefined)
  const columns = item.fields.filter((field) => shown(field, items))
  const others = item.fields.filter((field) => !columns.includes(field))
  const put = (i: number, name: string, now: JsonValue | undefined) =>
    onChange(
      items.map((row, j) => {
        if (j !== i || !isRecord(row)) return row
        const { [name]: _, ...rest } = row
        return now === undefined || (now === "" && item.fields.some((field) => field.name === name && field.optional)) ? rest : { ...row, [name]: now }
      })
    )
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section class="what-if-rows" aria-label={label} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map(({ name, title }) => (
                <th key={name} scope="col">
                  {title ?? name}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {items.map((row, i) => (
              <tr key={i} class={same(row, before(row, i)) ? "" : "what-if-changed"}>
                {columns.map((field) => (
                  <td key={field.name}>
                    <Inner
                      {...props}
                      form={field.form}
                      value={isRecord(row) ? row[field.name] : undefined}
                      base={undefined}
                      path={innerPath(innerPath(path, i), field.name)}
                      label={`${field.title ?? field.name} of ${named(row) || `${label}, ${i + 1}`}`}
                      onChange={(now) => put(i, field.name, now)}
                    />
                  </td>
                ))}
                <td>
                  {items.length > least ? (
                    <button
                      type="button"
                      class="what-if-small"
                      aria-label={`remove ${named(row) || `${label}, ${i + 1}`}`}
                      title="remove"
                      onClick={() => onChange(items.filter((_, j) => j !== i))}
                    >
                      ×
                    </button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="what-if-adding">
        <button type="button" class="what-if-small" aria-label={`add to ${label}`} onClick={() => onChange([...items, blank(item)])}>
          + add
        </button>
        {items.length === 0
          ? null
          : others.map(({ form: inner, name }) => (
              <button
                key={name}
                type="button"
                class="what-if-small"
                aria-label={`+ column ${name}, of the first row`}
                onClick={() => put(0, name, blank(inner) ?? "")}
              >
                + column {name}
              </button>
            ))}
      </p>
      <FaultNote {...props} />
    </>
  )
}
