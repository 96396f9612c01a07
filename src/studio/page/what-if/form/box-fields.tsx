import { useSignal } from "@preact/signals"
import { useLayoutEffect } from "preact/hooks"
import type { JsonValue, Scalar } from "../../../messages/form.ts"
import { FaultNote, faultAttributes } from "./fault-note.tsx"
import { type FieldProps, idOf } from "./field-props.ts"
import type { Value } from "./form-value.ts"

interface TypedProps extends FieldProps {
  readonly read: (text: string) => Value
  readonly write: (value: Value) => string
  readonly lines?: number
  readonly hint?: string
  readonly numeric?: boolean
}

/** A box in which a value is typed: the text stays as it is typed, whatever the value is written as. */
const Typed = (props: TypedProps) => {
  const { hint, label, lines = 1, numeric = false, onChange, read, value, write } = props
  const text = useSignal(write(value))
  const whole = props.form.kind === "json"
  useLayoutEffect(() => {
    if (JSON.stringify(read(text.peek())) !== JSON.stringify(value)) text.value = write(value)
  }, [JSON.stringify(value)])
  const shared = {
    id: idOf(props),
    "aria-label": label,
    value: text.value,
    spellcheck: false,
    autocomplete: "off" as const,
    ...faultAttributes(props, whole),
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => {
      text.value = event.currentTarget.value
      onChange(read(event.currentTarget.value))
    }
  }
  return (
    <>
      {lines > 1 ? (
        <textarea class="what-if-json" rows={lines} {...shared} />
      ) : (
        <input
          class={numeric ? "what-if-number" : "what-if-text"}
          type="text"
          inputMode={numeric ? "decimal" : "text"}
          {...(hint === undefined ? {} : { title: hint })}
          {...shared}
        />
      )}
      <FaultNote {...props} whole={whole} />
    </>
  )
}

const boundsText = (form: FieldProps["form"]): string => {
  if (form.kind !== "number") return ""
  const { above, below, integer, maximum, minimum } = form
  const parts = [
    minimum === undefined ? "" : `at least ${minimum}`,
    above === undefined ? "" : `above ${above}`,
    maximum === undefined ? "" : `at most ${maximum}`,
    below === undefined ? "" : `below ${below}`
  ].filter((one) => one !== "")
  return `${integer ? "a whole number" : "a number"}${parts.length === 0 ? "" : `, ${parts.join(", ")}`}`
}

/** A number. What is none stays a text, and the server says so. */
export const NumberField = (props: FieldProps) => (
  <Typed
    {...props}
    numeric
    hint={boundsText(props.form)}
    read={(text) => (text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text)}
    write={(value) => (typeof value === "number" || typeof value === "string" ? String(value) : "")}
  />
)

export const TextField = (props: FieldProps) => (
  <Typed
    {...props}
    read={(text) => text}
    write={(value) => (typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value))}
  />
)

const jsonIn = (text: string): Value => {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return text
  }
}

/** What no form asks for: JSON, or a plain text. */
export const JsonField = (props: FieldProps & { readonly lines?: number }) => (
  <Typed
    {...props}
    read={(text) => (text.trim() === "" ? undefined : jsonIn(text))}
    write={(value) => (value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value, null, (props.lines ?? 1) > 1 ? 1 : 0))}
  />
)

export const BooleanField = (props: FieldProps) => (
  <>
    <input
      type="checkbox"
      id={idOf(props)}
      aria-label={props.label}
      checked={props.value === true}
      {...faultAttributes(props)}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
    <FaultNote {...props} />
  </>
)

export const ChoiceField = (props: FieldProps) => {
  const options = props.form.kind === "choice" ? props.form.options : []
  // What is no single value is none of them.
  const at = options.indexOf(props.value as Scalar)
  return (
    <>
      <select
        id={idOf(props)}
        aria-label={props.label}
        value={String(at)}
        {...faultAttributes(props)}
        onChange={(event) => props.onChange(options[Number(event.currentTarget.value)])}
      >
        {at === -1 ? <option value="-1">{props.value === undefined ? "not given" : "choose"}</option> : null}
        {options.map((one, i) => (
          <option key={String(one)} value={String(i)}>
            {String(one)}
          </option>
        ))}
      </select>
      <FaultNote {...props} />
    </>
  )
}
