import { type FieldProps, faultsOf, idOf } from "./field-props.ts"

/** What is wrong with a field, below it; the field is described by it. */
export const FaultNote = (props: Pick<FieldProps, "faults" | "of" | "path"> & { readonly whole?: boolean }) => {
  const messages = [...faultsOf(props, props.whole ?? false)]
  return messages.length === 0 ? null : (
    <p class="what-if-fault" id={`${idOf(props)}-fault`}>
      {messages.join("; ")}
    </p>
  )
}

/** The attributes of a control that say that something is wrong with it, and where it is told. */
export const faultAttributes = (props: Pick<FieldProps, "faults" | "of" | "path">, whole = false) =>
  faultsOf(props, whole).length === 0 ? {} : { "aria-invalid": true as const, "aria-describedby": `${idOf(props)}-fault` }
