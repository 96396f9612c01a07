import { FaultNote } from "./fault-note.tsx"
import { type FieldProps, idOf, innerPath } from "./field-props.ts"
import { blank, isBox, isRecord, isTable, same, valueText } from "./form-value.ts"
import { Prose } from "./prose.tsx"

interface StructProps extends FieldProps {
  /** What each field is where it is left out, by its name. */
  readonly defaults?: Readonly<Record<string, FieldProps["value"]>>
}

/** How much room a field takes: a table all of it, a structure what is right of its name. */
const roomOf = (form: FieldProps["form"], value: FieldProps["value"]): string =>
  value === undefined ? "" : isTable(form) ? "what-if-wide" : typeof value === "object" && form.kind !== "list" ? "what-if-roomy" : ""

/** Named fields, one below the other: what is other than the study has it is marked, with what that is. */
export const StructField = (props: StructProps) => {
  const { base, defaults = {}, faults, form, Inner, label, of, onChange, path, value } = props
  if (form.kind !== "struct") return null
  const own = isRecord(value) ? value : {}
  const before = isRecord(base) ? base : undefined
  // What can only be one thing, and tells this kind of value from others, is no question.
  const fields = form.fields.filter(
    ({ form: inner, name, optional }) => optional || inner.kind !== "choice" || inner.options.length > 1 || own[name] !== inner.options[0]
  )
  const put = (name: string, now: FieldProps["value"]) => {
    const { [name]: _, ...rest } = own
    onChange(now === undefined ? rest : { ...own, [name]: now })
  }
  return (
    <div class="what-if-struct">
      {fields.map(({ about, form: inner, name, optional, title }) => {
        const at = innerPath(path, name)
        const is = own[name]
        const was = before?.[name]
        const otherwise = defaults[name]
        const changed = before !== undefined && !same(is, was)
        const id = idOf({ of, path: at })
        return (
          <div key={name} class={`what-if-field ${roomOf(inner, is)} ${changed ? "what-if-changed" : ""}`}>
            <span class="what-if-name">{isBox(inner) && is !== undefined ? <label for={id}>{title ?? name}</label> : <span>{title ?? name}</span>}</span>
            <div class="what-if-control">
              {is === undefined ? (
                <span class="what-if-absent">
                  not given{" "}
                  <button
                    type="button"
                    class="what-if-small"
                    aria-label={`give ${path === "" ? name : `${label}, ${name}`}`}
                    onClick={() => put(name, was ?? blank(inner) ?? "")}
                  >
                    give
                  </button>
                  <FaultNote of={of} path={at} faults={faults} whole />
                </span>
              ) : (
                <Inner
                  {...props}
                  form={inner}
                  value={is}
                  base={was}
                  path={at}
                  label={path === "" ? (title ?? name) : `${label}, ${title ?? name}`}
                  onChange={(now) => put(name, now)}
                />
              )}
            </div>
            <span class="what-if-notes">
              {changed ? (
                <>
                  <span class="what-if-was">was {valueText(was)}</span>{" "}
                  <button type="button" class="what-if-small" aria-label={`take back ${at}`} onClick={() => put(name, was)}>
                    take back
                  </button>
                </>
              ) : null}
              {optional && is !== undefined && otherwise === undefined ? (
                <button type="button" class="what-if-small" aria-label={`leave out ${at}`} onClick={() => put(name, undefined)}>
                  leave out
                </button>
              ) : null}
              {otherwise !== undefined && !changed ? (
                <span class="soft">{same(is, otherwise) ? "default" : `default: ${valueText(otherwise, 24)}`}</span>
              ) : null}
            </span>
            {about === undefined ? null : (
              <small class="what-if-about">
                <Prose text={about} />
              </small>
            )}
          </div>
        )
      })}
      {fields.length === 0 && path === "" ? <p class="soft">It has no parameters.</p> : null}
      {path === "" ? null : <FaultNote {...props} />}
    </div>
  )
}
