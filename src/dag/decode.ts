import { Exit, Schema, SchemaIssue } from "effect"
import { didYouMean } from "./near-matches.ts"

/** One thing that is wrong with a value given by the user, and where in it: `indicators[3].attribute`. */
export interface DecodeFault {
  readonly path: string
  readonly message: string
}

/** Where in a value, as faults tell it. */
export const pathText = (path: ReadonlyArray<PropertyKey>): string =>
  path.map((key, i) => (typeof key === "number" ? `[${key}]` : i === 0 ? String(key) : `.${String(key)}`)).join("")

const valueAt = (value: unknown, path: ReadonlyArray<PropertyKey>): unknown =>
  path.reduce<unknown>((inner, key) => (typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined), value)

const brief = (value: unknown): string => {
  const text = JSON.stringify(value) ?? typeof value
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** The names that a structure takes, where the schema is one. */
const fieldsOf = (schema: object): ReadonlyArray<string> =>
  "fields" in schema && typeof schema.fields === "object" && schema.fields !== null ? Object.keys(schema.fields) : []

const describe = (schema: object, value: unknown, path: ReadonlyArray<PropertyKey>, message: string): string => {
  const found = valueAt(value, path)
  if (found === undefined) return message
  const last = path.at(-1)
  if (/excess property/i.test(message)) {
    const known = path.length === 1 ? fieldsOf(schema) : []
    const hint = didYouMean(String(last), known).trim() || (known.length > 0 ? `there are: ${known.join(", ")}` : "")
    return `there is no "${String(last)}" here${hint === "" ? "" : `; ${hint}`}`
  }
  const literals = [...message.matchAll(/"([^"]+)"/g)].map((match) => match[1]!)
  const hint = typeof found === "string" && /^Expected "/.test(message) ? didYouMean(found, literals).trim() : ""
  return `${message}, found ${brief(found)}${hint === "" ? "" : `; ${hint}`}`
}

/** Decodes a value that the user gave, or tells all that is wrong with it: where, what was found, and what was expected. */
export const decode = <A>(
  schema: Schema.Codec<A, unknown>,
  value: unknown
): { readonly value: A; readonly faults: readonly [] } | { readonly value: undefined; readonly faults: ReadonlyArray<DecodeFault> } => {
  const exit = Schema.decodeUnknownExit(schema, { errors: "all", onExcessProperty: "error" })(value)
  if (Exit.isSuccess(exit)) return { value: exit.value, faults: [] }
  const error = exit.cause.reasons.find((reason) => reason._tag === "Fail")?.error
  if (error === undefined) return { value: undefined, faults: [{ path: "", message: String(exit.cause) }] }
  return {
    value: undefined,
    faults: SchemaIssue.makeFormatterStandardSchemaV1()(error.issue).issues.map((issue) => {
      const path = (issue.path ?? []).map((part) => (typeof part === "object" ? part.key : part))
      return { path: pathText(path), message: describe(schema, value, path, issue.message) }
    })
  }
}
