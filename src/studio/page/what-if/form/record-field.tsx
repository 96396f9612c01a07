import { useSignal } from "@preact/signals"
import { FaultNote } from "./fault-note.tsx"
import { type FieldProps, innerPath } from "./field-props.ts"
import { blank, isRecord } from "./form-value.ts"

/** Values by names of one's own. */
export const RecordField = (props: FieldProps) => {
  const { base, form, Inner, label, onChange, path, value } = props
  const added = useSignal("")
  if (form.kind !== "record") return null
  const own = isRecord(value) ? value : {}
  const before = isRecord(base) ? base : {}
  const add = () => {
    if (added.value.trim() === "" || added.value in own) return
    onChange({ ...own, [added.value.trim()]: blank(form.value) })
    added.value = ""
  }
  return (
    <div class="what-if-struct">
      {Object.entries(own).map(([name, one]) => (
        <div class="what-if-field" key={name}>
          <span class="what-if-name">{name}</span>
          <div class="what-if-control">
            <Inner
              {...props}
              form={form.value}
              value={one}
              base={before[name]}
              path={innerPath(path, name)}
              label={`${label}, ${name}`}
              onChange={(now) => onChange({ ...own, [name]: now ?? null })}
            />
          </div>
          <span class="what-if-notes">
            <button
              type="button"
              class="what-if-small"
              aria-label={`remove ${label}, ${name}`}
              onClick={() => onChange(Object.fromEntries(Object.entries(own).filter(([key]) => key !== name)))}
            >
              remove
            </button>
          </span>
        </div>
      ))}
      <p class="what-if-adding">
        <input
          type="text"
          aria-label={`a name to add to ${label}`}
          value={added.value}
          onInput={(event) => (added.value = event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return
            event.preventDefault()
            add()
          }}
        />
        <button type="button" class="what-if-small" onClick={add}>
          + add
        </button>
      </p>
      <FaultNote {...props} />
    </div>
  )
}
