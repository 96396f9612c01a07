import type { ComponentType } from "preact"
import type { Form } from "../../../messages/form.ts"
import { BooleanField, ChoiceField, JsonField, NumberField, TextField } from "./box-fields.tsx"
import type { FieldProps } from "./field-props.ts"
import { ListField } from "./list-field.tsx"
import { RecordField } from "./record-field.tsx"
import { StructField } from "./struct-field.tsx"
import { UnionField } from "./union-field.tsx"

const kinds: Readonly<Record<Form["kind"], ComponentType<FieldProps>>> = {
  number: NumberField,
  text: TextField,
  boolean: BooleanField,
  choice: ChoiceField,
  list: ListField,
  struct: StructField,
  record: RecordField,
  union: UnionField,
  json: JsonField
}

/** Any part of a form. */
export const Field = (props: FieldProps) => {
  const Kind = kinds[props.form.kind]
  return <Kind {...props} />
}
