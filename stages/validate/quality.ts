import type { Out } from "@sediment/sediment"
import { median } from "../../src/stats/robust.ts"
import type { Finding, Severity } from "./finding.ts"
import type { Quality } from "./validation-types.ts"

/** A variable as the panel has it. */
export interface MeasuredVariable {
  readonly name: string
  readonly unit: string
  readonly description: string
  readonly values: Float64Array
  readonly filled: Uint8Array | undefined
}

/** How many findings of these kinds a variable has. */
type Count = (variable: string, ...codes: ReadonlyArray<string>) => number

export const qualityTable = (
  variables: ReadonlyArray<MeasuredVariable>,
  findings: ReadonlyArray<Finding>,
  entity: ReadonlyArray<string>,
  year: Int32Array
): Out<typeof Quality> => {
  const counts = new Map<string, number>()
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const { code, severity, variable } of findings) {
    add(JSON.stringify([variable, code]))
    add(JSON.stringify([variable, severity]))
  }
  const count: Count = (variable, ...codes) => codes.reduce((sum, code) => sum + (counts.get(JSON.stringify([variable, code])) ?? 0), 0)
  // A cell may lie far out by both measures.
  const cells = new Map<string, Set<string>>()
  for (const { code, entity: who, variable, year: when } of findings)
    if (code === "outlier" || code === "beyond-fences") cells.set(variable, (cells.get(variable) ?? new Set()).add(`${when} ${who}`))
  const there = variables.map(({ values }) => [...values.keys()].filter((row) => !Number.isNaN(values[row]!)))
  const integers = (of: (variable: MeasuredVariable, rows: ReadonlyArray<number>) => number) =>
    Int32Array.from(variables, (variable, i) => of(variable, there[i]!))
  const numbers = (of: (values: ReadonlyArray<number>) => number) =>
    Float64Array.from(variables, ({ values }, i) => (there[i]!.length === 0 ? Number.NaN : of(there[i]!.map((row) => values[row]!))))
  const years = (of: (years: ReadonlyArray<number>) => number) => ({
    values: integers((_, rows) => (rows.length === 0 ? 0 : of(rows.map((row) => year[row]!)))),
    valid: Uint8Array.from(there, ({ length }) => (length === 0 ? 0 : 1))
  })
  const least = (values: ReadonlyArray<number>) => values.reduce((a, b) => Math.min(a, b))
  const most = (values: ReadonlyArray<number>) => values.reduce((a, b) => Math.max(a, b))
  const bySeverity = (severity: Severity) => integers(({ name }) => count(name, severity))
  return {
    variable: variables.map(({ name }) => name),
    unit: variables.map(({ unit }) => unit),
    description: variables.map(({ description }) => description),
    n: integers((_, rows) => rows.length),
    missing: integers(({ values }, rows) => values.length - rows.length),
    filled: integers(({ filled }) => filled?.reduce((sum, mark) => sum + mark, 0) ?? 0),
    min: numbers(least),
    median: numbers(median),
    max: numbers(most),
    first_year: years(least),
    last_year: years(most),
    years: integers((_, rows) => new Set(rows.map((row) => year[row])).size),
    entities: integers((_, rows) => new Set(rows.map((row) => entity[row])).size),
    out_of_range: integers(({ name }) => count(name, "out-of-range")),
    identities_failed: integers(({ name }) => count(name, "identity", "identity-unit")),
    not_monotone: integers(({ name }) => count(name, "not-monotone")),
    scale_breaks: integers(({ name }) => count(name, "scale")),
    jumps: integers(({ name }) => count(name, "jump", "spike", "break")),
    repeats: integers(({ name }) => count(name, "run", "copied-year", "copied-series", "copied-row")),
    zeros: integers(({ name }) => count(name, "zero")),
    outliers: integers(({ name }) => cells.get(name)?.size ?? 0),
    errors: bySeverity("error"),
    warnings: bySeverity("warning"),
    notes: bySeverity("note")
  }
}
