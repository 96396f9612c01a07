import type { Json } from "../../../dag/stage.ts"

/** One thing that two values of a data file have differently; undefined where one has it not. */
export interface DataDifference {
  /** `indicators.gdp.attribute`: rows of lists by their names, where they have any. */
  readonly path: string
  readonly before: Json | undefined
  readonly after: Json | undefined
}

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value)
const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A list of rows that have names, by these. */
const byName = (value: Json | undefined): { readonly [name: string]: Json } | undefined => {
  if (!Array.isArray(value)) return undefined
  const named = (value as ReadonlyArray<Json>).flatMap((row) => (isRecord(row) && typeof row["name"] === "string" ? [[row["name"], row] as const] : []))
  return named.length === value.length && new Set(named.map(([name]) => name)).size === value.length ? Object.fromEntries(named) : undefined
}

/** What differs between two values of a data file, as a person would tell it. */
export const dataDifferences = (before: Json | undefined, after: Json | undefined, path = ""): ReadonlyArray<DataDifference> => {
  if (same(before, after)) return []
  const [was, is] = [byName(before) ?? before, byName(after) ?? after]
  if (!isRecord(was) || !isRecord(is)) return [{ path, before, after }]
  const inner = [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) =>
    dataDifferences(was[key], is[key], path === "" ? key : `${path}.${key}`)
  )
  // The same rows in another order.
  return inner.length === 0 ? [{ path, before, after }] : inner
}
