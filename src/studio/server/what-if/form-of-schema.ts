import { Schema } from "effect"
import type { Form, FormField, Scalar, UnionForm } from "../../messages/form.ts"

/** A JSON Schema, as far as it is read here. */
interface JsonSchema {
  readonly type?: string
  readonly title?: string
  readonly description?: string
  readonly enum?: ReadonlyArray<Scalar>
  readonly const?: Scalar
  readonly anyOf?: ReadonlyArray<JsonSchema>
  readonly oneOf?: ReadonlyArray<JsonSchema>
  readonly allOf?: ReadonlyArray<JsonSchema>
  readonly not?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: ReadonlyArray<string>
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema | boolean
  readonly prefixItems?: ReadonlyArray<JsonSchema>
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly $ref?: string
}

const JSON_ITSELF: Form = { kind: "json" }
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
/** A bound that only says what a double can count to. */
const bound = (key: "minimum" | "maximum" | "above" | "below", value: number | undefined) =>
  value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? {} : { [key]: value }

/** By what a person tells one option of a union from the others: a structure by the field that can only be one thing. */
const labelOf = (form: Form): string => {
  if (form.kind === "struct") {
    const told = form.fields.find((field) => !field.optional && field.form.kind === "choice" && field.form.options.length === 1)
    if (told?.form.kind === "choice") return `${told.name}: ${String(told.form.options[0])}`
    return form.fields.map(({ name }) => name).join(", ") || "nothing"
  }
  if (form.kind === "list") return form.least > 0 && form.least === form.most ? `a list of ${form.least}` : "a list"
  if (form.kind === "choice") return form.options.length === 1 ? String(form.options[0]) : "one of these"
  return { number: "a number", text: "a text", boolean: "yes or no", record: "by name", union: "one of several", json: "JSON" }[form.kind]
}

/** Options that are single values are one choice. */
const union = (options: ReadonlyArray<Form>): Form => {
  const values = options.flatMap((form) => (form.kind === "choice" ? form.options : []))
  const others = options.filter(({ kind }) => kind !== "choice")
  const distinct = others.filter((form, i) => others.findIndex((other) => same(other, form)) === i)
  const all: ReadonlyArray<Form> = values.length === 0 ? distinct : [{ kind: "choice", options: [...new Set(values)] }, ...distinct]
  if (all.length <= 1) return all[0] ?? JSON_ITSELF
  const labels = all.map(labelOf)
  const labelled = all.map((form, i): UnionForm["options"][number] => {
    const label = labels[i]!
    return { label: labels.indexOf(label) === i ? label : `${label} (${labels.slice(0, i + 1).filter((one) => one === label).length})`, form }
  })
  return { kind: "union", options: labelled }
}

const struct = (schema: JsonSchema, within: ReadonlyArray<string>, definitions: Definitions): Form => {
  const required = new Set(schema.required)
  const fields = Object.entries(schema.properties ?? {}).map(([name, own]): FormField => {
    const { description, title } = own
    return {
      name,
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { about: description }),
      optional: !required.has(name),
      form: convert(own, within, definitions)
    }
  })
  return { kind: "struct", fields }
}

const list = (schema: JsonSchema, within: ReadonlyArray<string>, definitions: Definitions): Form => {
  const { items, maxItems, minItems = 0, prefixItems = [] } = schema
  const forms = [...prefixItems, ...(typeof items === "object" ? [items] : [])].map((one) => convert(one, within, definitions))
  const [first] = forms
  // Elements that differ by their place are no list of a form.
  if (first === undefined || forms.some((form) => !same(form, first))) return JSON_ITSELF
  const most = maxItems ?? (typeof items === "object" ? undefined : prefixItems.length)
  return { kind: "list", item: first, least: minItems, ...(most === undefined ? {} : { most }) }
}

type Definitions = Readonly<Record<string, JsonSchema>>

const convert = (schema: JsonSchema, within: ReadonlyArray<string>, definitions: Definitions): Form => {
  if (schema.$ref !== undefined) {
    const name = decodeURIComponent(schema.$ref.split("/").at(-1)!)
    const referred = definitions[name]
    // What holds itself is written as JSON.
    return referred === undefined || within.includes(name) ? JSON_ITSELF : convert(referred, [...within, name], definitions)
  }
  if (schema.allOf !== undefined) {
    const { allOf, ...own } = schema
    return convert(Object.assign({}, own, ...allOf) as JsonSchema, within, definitions)
  }
  if (schema.const !== undefined) return { kind: "choice", options: [schema.const] }
  if (schema.enum !== undefined) return { kind: "choice", options: schema.enum }
  const several = schema.anyOf ?? schema.oneOf
  if (several !== undefined) return union(several.map((one) => convert(one, within, definitions)))
  switch (schema.type) {
    case "number":
    case "integer":
      return {
        kind: "number",
        integer: schema.type === "integer",
        ...bound("minimum", schema.minimum),
        ...bound("maximum", schema.maximum),
        ...bound("above", schema.exclusiveMinimum),
        ...bound("below", schema.exclusiveMaximum)
      }
    case "string":
      return { kind: "text", filled: (schema.minLength ?? 0) > 0 }
    case "boolean":
      return { kind: "boolean" }
    case "null":
      return { kind: "choice", options: [null] }
    case "array":
      return list(schema, within, definitions)
    case "object":
      return schema.properties === undefined && typeof schema.additionalProperties === "object"
        ? { kind: "record", value: convert(schema.additionalProperties, within, definitions) }
        : struct(schema, within, definitions)
    default:
      // A structure without fields takes whatever is not null.
      return schema.not?.type === "null" ? { kind: "struct", fields: [] } : JSON_ITSELF
  }
}

/** The form that asks for what a Schema decodes; of what no form can ask, JSON. */
export const formOfSchema = (schema: Schema.Codec<unknown, unknown>): Form => {
  try {
    const { definitions, schema: root } = Schema.toJsonSchemaDocument(schema)
    return convert(root as JsonSchema, [], definitions as Definitions)
  } catch {
    // What has no JSON Schema is checked all the same when it is decoded.
    return JSON_ITSELF
  }
}
