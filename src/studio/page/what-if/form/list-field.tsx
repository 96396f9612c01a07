import { FaultNote } from "./fault-note.tsx"
import { type FieldProps, innerPath } from "./field-props.ts"
import { blank, isBox, isList, isTable } from "./form-value.ts"
import { TableField } from "./table-field.tsx"

/** A list: boxes in a line, rows of a table, or parts below each other, as its elements are. */
export const ListField = (props: FieldProps) => {
  const { base, form, Inner, label, onChange, path, value } = props
  if (form.kind !== "list") return null
  const { item, least, most } = form
  const items = isList(value) ? value : []
  const own = isList(base) ? base : []
  if (isTable(form)) return <TableField {...props} />
  const inLine = isBox(item)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a legend, which stands as the label before it
    <div role="group" aria-label={label}>
      <ol class={inLine ? "what-if-boxes" : "what-if-parts"}>
        {items.map((one, i) => (
          <li key={i}>
            <Inner
              {...props}
              form={item}
              value={one}
              base={own[i]}
              path={innerPath(path, i)}
              label={`${label}, ${i + 1}`}
              onChange={(now) => onChange(items.map((before, j) => (j === i ? (now ?? null) : before)))}
            />
            {items.length > least ? (
              <button
                type="button"
                class="what-if-small"
                aria-label={`remove ${typeof one === "string" && one !== "" ? `${one} from ${label}` : `${label}, ${i + 1}`}`}
                title="remove"
                onClick={() => onChange(items.filter((_, j) => j !== i))}
              >
                ×
              </button>
            ) : null}
          </li>
        ))}
        {most === undefined || items.length < most ? (
          <li class="what-if-add">
            <button type="button" class="what-if-small" aria-label={`add to ${label}`} onClick={() => onChange([...items, blank(item)])}>
              + add
            </button>
          </li>
        ) : null}
      </ol>
      <FaultNote {...props} />
    </div>
  )
}
