/** What a Schema takes, as far as a form can ask for it: of a stage's parameters, or of a data file. */
import { Schema } from "effect"

/** A value as it stands in JSON. */
export const JsonValue = Schema.Json
export type JsonValue = typeof JsonValue.Type

const Scalar = Schema.Union([Schema.String, Schema.Finite, Schema.Boolean, Schema.Null])
export type Scalar = typeof Scalar.Type

export interface NumberForm {
  readonly kind: "number"
  readonly integer: boolean
  readonly minimum?: number
  readonly maximum?: number
  /** The bounds themselves are not among the values. */
  readonly above?: number
  readonly below?: number
}
export interface TextForm {
  readonly kind: "text"
  readonly filled: boolean
}
export interface BooleanForm {
  readonly kind: "boolean"
}
export interface ChoiceForm {
  readonly kind: "choice"
  readonly options: ReadonlyArray<Scalar>
}
export interface ListForm {
  readonly kind: "list"
  readonly item: Form
  readonly least: number
  readonly most?: number
}
export interface FormField {
  readonly name: string
  readonly title?: string
  readonly about?: string
  /** It may be left out. */
  readonly optional: boolean
  readonly form: Form
}
export interface StructForm {
  readonly kind: "struct"
  readonly fields: ReadonlyArray<FormField>
}
export interface RecordForm {
  readonly kind: "record"
  readonly value: Form
}
export interface UnionForm {
  readonly kind: "union"
  /** In the order in which the first that fits a value is its. */
  readonly options: ReadonlyArray<{ readonly label: string; readonly form: Form }>
}
/** Whatever no form asks for: written as JSON. */
export interface JsonForm {
  readonly kind: "json"
}
export type Form = NumberForm | TextForm | BooleanForm | ChoiceForm | ListForm | StructForm | RecordForm | UnionForm | JsonForm

const inner = Schema.suspend((): Schema.Codec<Form> => Form)
export const Form: Schema.Codec<Form> = Schema.Union([
  Schema.Struct({
    kind: Schema.Literal("number"),
    integer: Schema.Boolean,
    minimum: Schema.optionalKey(Schema.Finite),
    maximum: Schema.optionalKey(Schema.Finite),
    above: Schema.optionalKey(Schema.Finite),
    below: Schema.optionalKey(Schema.Finite)
  }),
  Schema.Struct({ kind: Schema.Literal("text"), filled: Schema.Boolean }),
  Schema.Struct({ kind: Schema.Literal("boolean") }),
  Schema.Struct({ kind: Schema.Literal("choice"), options: Schema.Array(Scalar) }),
  Schema.Struct({ kind: Schema.Literal("list"), item: inner, least: Schema.Int, most: Schema.optionalKey(Schema.Int) }),
  Schema.Struct({
    kind: Schema.Literal("struct"),
    fields: Schema.Array(
      Schema.Struct({
        name: Schema.String,
        title: Schema.optionalKey(Schema.String),
        about: Schema.optionalKey(Schema.String),
        optional: Schema.Boolean,
        form: inner
      })
    )
  }),
  Schema.Struct({ kind: Schema.Literal("record"), value: inner }),
  Schema.Struct({ kind: Schema.Literal("union"), options: Schema.Array(Schema.Struct({ label: Schema.String, form: inner })) }),
  Schema.Struct({ kind: Schema.Literal("json") })
])
