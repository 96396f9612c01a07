/** Values of a form, as plain functions. */
import type { Form, JsonValue } from "../../../messages/form.ts"

export type Value = JsonValue | undefined

export const isRecord = (value: Value): value is { readonly [key: string]: JsonValue } => typeof value === "object" && value !== null && !Array.isArray(value)
export const isList = (value: Value): value is ReadonlyArray<JsonValue> => Array.isArray(value)

/** Whether two values are the same, whatever the order of their keys. */
export const same = (a: Value, b: Value): boolean => {
  if (isList(a) && isList(b)) return a.length === b.length && a.every((one, i) => same(one, b[i]))
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a)
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]))
  }
  return a === b
}

/** What a form begins with. */
export const blank = (form: Form): JsonValue => {
  switch (form.kind) {
    case "number":
      return form.minimum ?? (form.above === undefined ? 0 : form.above + 1)
    case "text":
      return ""
    case "boolean":
      return false
    case "choice":
      return form.options[0] ?? null
    case "list":
      return Array.from({ length: form.least }, () => blank(form.item))
    case "struct":
      return Object.fromEntries(form.fields.flatMap(({ form: inner, name, optional }) => (optional ? [] : [[name, blank(inner)]])))
    case "record":
      return {}
    case "union":
      return form.options[0] === undefined ? null : blank(form.options[0].form)
    case "json":
      return null
  }
}

/** Whether a value is of the kind that a form asks for; bounds are for the server to tell. */
export const fits = (form: Form, value: Value): boolean => {
  switch (form.kind) {
    case "number":
      return typeof value === "number"
    case "text":
      return typeof value === "string"
    case "boolean":
      return typeof value === "boolean"
    case "choice":
      return form.options.some((one) => one === value)
    case "list":
      return isList(value) && value.length >= form.least && value.length <= (form.most ?? value.length) && value.every((one) => fits(form.item, one))
    case "struct":
      return (
        isRecord(value) &&
        Object.keys(value).every((key) => form.fields.some(({ name }) => name === key)) &&
        form.fields.every(({ form: inner, name, optional }) => (value[name] === undefined ? optional : fits(inner, value[name])))
      )
    case "record":
      return isRecord(value) && Object.values(value).every((one) => fits(form.value, one))
    case "union":
      return form.options.some((option) => fits(option.form, value))
    case "json":
      return true
  }
}

/** What may be typed into one box. */
export const isBox = ({ kind }: Form): boolean => kind === "number" || kind === "text" || kind === "choice" || kind === "boolean" || kind === "json"

/** What is shown as a table. */
export const isTable = (form: Form): boolean => form.kind === "list" && form.item.kind === "struct" && form.item.fields.every((field) => isBox(field.form))

/** A value in few words. */
export const valueText = (value: Value, longest = 60): string => {
  if (isList(value) && value.length > 1 && value.some(isRecord)) return `${value.length} rows`
  // Names that are read, whole: each may be the one that matters.
  if (isList(value) && value.length > 0 && !value.some((one) => isList(one) || isRecord(one))) return value.map((one) => valueText(one, longest)).join(", ")
  const text = value === undefined ? "not given" : typeof value === "string" ? value || '""' : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}
