import type { ComponentType } from "preact"
import type { Form } from "../../../messages/form.ts"
import type { Value } from "./form-value.ts"

/** What is wrong, by field: `years.from`, `indicators[3].attribute`. */
export type FieldFaults = ReadonlyMap<string, ReadonlyArray<string>>

/** What every part of a form is given. */
export interface FieldProps {
  readonly form: Form
  readonly value: Value
  /** What the study has. */
  readonly base: Value
  /** Where it stands, as faults tell it. */
  readonly path: string
  /** What it is called for whoever does not see where it stands. */
  readonly label: string
  /** Begins the ids of the form's elements. */
  readonly of: string
  readonly faults: FieldFaults
  readonly onChange: (value: Value) => void
  /** The parts of a part. */
  readonly Inner: ComponentType<FieldProps>
}

export const innerPath = (path: string, step: string | number): string =>
  typeof step === "number" ? `${path}[${step}]` : path === "" ? step : `${path}.${step}`
export const idOf = ({ of, path }: Pick<FieldProps, "of" | "path">): string => `form-${of}-${path}`.replace(/[^\w-]/g, "_")

const isWithin = (inner: string, outer: string): boolean => outer === "" || inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`)

/** What is wrong with exactly this, or (`whole`) with anything in it. */
export const faultsOf = ({ faults, path }: Pick<FieldProps, "faults" | "path">, whole: boolean): ReadonlyArray<string> => {
  if (!whole) return faults.get(path) ?? []
  return [...faults].flatMap(([at, messages]) =>
    isWithin(at, path) ? messages.map((one) => (at === path ? one : `${at.slice(path.length).replace(/^\./, "")}: ${one}`)) : []
  )
}
