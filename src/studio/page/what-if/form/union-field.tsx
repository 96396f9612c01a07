import type { Form, JsonValue } from "../../../messages/form.ts"
import { FaultNote, faultAttributes } from "./fault-note.tsx"
import { type FieldProps, idOf } from "./field-props.ts"
import { blank, fits } from "./form-value.ts"

/** A single value, or a kind of value that has a form. */
type Entry =
  | { readonly label: string; readonly form: undefined; readonly value: JsonValue }
  | { readonly label: string; readonly form: Form; readonly value: undefined }

/** One of several kinds of value: single values and kinds are chosen from one list, and the parts of a kind stand below it. */
export const UnionField = (props: FieldProps) => {
  const { form, Inner, label, onChange, value } = props
  if (form.kind !== "union") return null
  const entries = form.options.flatMap(
    (option): ReadonlyArray<Entry> =>
      option.form.kind === "choice"
        ? option.form.options.map((one) => ({ label: String(one), form: undefined, value: one }))
        : [{ label: option.label, form: option.form, value: undefined }]
  )
  const at = entries.findIndex((one) => (one.form === undefined ? one.value === value : fits(one.form, value)))
  // What fits none, as long as it is being typed, is of the kind that it was begun as.
  const likely =
    at !== -1
      ? at
      : entries.findIndex((one) => one.form !== undefined && (typeof value === "object") === (one.form.kind === "struct" || one.form.kind === "list"))
  const chosen = entries[likely]
  return (
    <div class="what-if-union">
      <select
        id={idOf({ of: props.of, path: `${props.path} kind` })}
        aria-label={`${label}: which`}
        value={String(likely)}
        {...(chosen?.form === undefined ? faultAttributes(props) : {})}
        onChange={(event) => {
          const one = entries[Number(event.currentTarget.value)]
          if (one !== undefined) onChange(one.form === undefined ? one.value : blank(one.form))
        }}
      >
        {likely === -1 ? <option value="-1">choose</option> : null}
        {entries.map((one, i) => (
          <option key={one.label} value={String(i)}>
            {one.label}
          </option>
        ))}
      </select>
      {chosen?.form === undefined ? <FaultNote {...props} whole /> : <Inner {...props} form={chosen.form} base={undefined} />}
    </div>
  )
}
