import type { Fault, Out } from "@sediment/sediment"
import type { Findings } from "./validation-types.ts"

/**
 * error: what was declared does not hold. warning: most likely a mistake of the source. note: unlike the others, or missing.
 */
export type Severity = "error" | "warning" | "note"

export interface Finding {
  readonly code: string
  readonly severity: Severity
  readonly variable: string
  /** "" where it is about all entities. */
  readonly entity: string
  readonly year: number | undefined
  readonly value: number | undefined
  readonly expected: string
  /** How far out it is: robust standard deviations, powers of ten, a length; undefined where nothing is measured. */
  readonly score: number | undefined
  /** What was found and what was expected; the cell's place before it. */
  readonly found: string
  /** What to do. */
  readonly remedy: string
}

/** A number as a finding tells it: six digits, thousands apart. */
export const told = (value: number): string => {
  const [whole = "", ...rest] = String(Number(value.toPrecision(6))).split(".")
  return whole.includes("e") ? whole : [whole.replace(/(\d)(?=(\d{3})+$)/g, "$1,"), ...rest].join(".")
}

const placeOf = ({ entity, variable, year }: Finding): string =>
  [variable, [entity, year ?? ""].filter((part) => part !== "").join(" ")].filter((part) => part !== "").join(": ")

export const messageOf = (finding: Finding): string => `${placeOf(finding)}: ${finding.found}; ${finding.remedy}`

export const faultOf = (finding: Finding): Fault => ({
  code: finding.code,
  message: messageOf(finding),
  where: {
    column: finding.variable,
    ...(finding.entity === "" ? {} : { entity: finding.entity }),
    ...(finding.year === undefined ? {} : { year: finding.year }),
    ...(finding.value === undefined ? {} : { value: told(finding.value) }),
    ...(finding.expected === "" ? {} : { expected: finding.expected })
  }
})

/** Kinds by how sure they are to be mistakes. */
const CODES = [
  ["identity-unit", "out-of-range", "not-monotone", "identity"],
  ["scale", "unit", "spike", "copied-row", "copied-series", "copied-year", "run", "zero", "break", "jump"],
  ["outlier", "beyond-fences", "gap"]
].flat()
const SEVERITIES: ReadonlyArray<Severity> = ["error", "warning", "note"]

/** The gravest first, the surest of these, and those of one kind by how far out they are. */
export const byGravity = (a: Finding, b: Finding): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || CODES.indexOf(a.code) - CODES.indexOf(b.code) || (b.score ?? 0) - (a.score ?? 0)

export const findingsTable = (findings: ReadonlyArray<Finding>): Out<typeof Findings> => ({
  code: findings.map(({ code }) => code),
  severity: findings.map(({ severity }) => severity),
  variable: findings.map(({ variable }) => variable),
  entity: findings.map(({ entity }) => (entity === "" ? null : entity)),
  year: { values: Int32Array.from(findings, ({ year }) => year ?? 0), valid: Uint8Array.from(findings, ({ year }) => (year === undefined ? 0 : 1)) },
  value: Float64Array.from(findings, ({ value }) => value ?? Number.NaN),
  expected: findings.map(({ expected }) => expected),
  score: Float64Array.from(findings, ({ score }) => (score === undefined || !Number.isFinite(score) ? Number.NaN : score)),
  message: findings.map(messageOf)
})
