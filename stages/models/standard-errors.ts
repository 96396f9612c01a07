import type { Out } from "@sediment/sediment"
import { Fault } from "../../src/econometrics/fault.ts"
import { type Inference, infer } from "../../src/econometrics/linear/inference.ts"
import type { LinearFit } from "../../src/econometrics/linear/linear-fit.ts"
import { type Convention, conventionsOf, instrumentedConventionsOf, underConventions } from "../../src/econometrics/variance/conventions.ts"
import type { Covariance } from "../../src/econometrics/variance/variance.ts"
import type { StandardErrors } from "../table-types.ts"

interface Row {
  readonly equation: string
  readonly term: string
  readonly variance: string
  readonly convention: string
  readonly chosen: boolean
  readonly estimate: number
  readonly i: number
  readonly inference: Inference | undefined
  readonly smallSample: Covariance["smallSample"] | undefined
  readonly nobs: number
  readonly software: string
  readonly note: string
}

/** What is said of a variance that a model does not have. */
const unnamed = ({ variance }: Convention): string => (variance.kind === "cluster" ? `clustered by ${variance.by.join(" and by ")}` : variance.kind)

const diagonal = (matrix: Float64Array, n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => matrix[i * n + i]!)

/** What tells conventions apart, defaults filled in. */
const key = ({ smallSample, variance }: Convention): string =>
  JSON.stringify([{ ...variance, ...(variance.kind === "cluster" ? { groups: variance.by.length > 1 ? (variance.groups ?? "min") : "" } : {}) }, smallSample])

/** A fitted equation, by its name; `instrumented` where it is one of two-stage least squares. */
interface Equation {
  readonly equation: string
  readonly fit: LinearFit & { readonly covariance: Covariance }
  readonly instrumented?: boolean
}

const rowsOf = ({ equation, fit, instrumented }: Equation, level: number): ReadonlyArray<Row> => {
  const own: Convention = { variance: fit.covariance.variance, smallSample: fit.covariance.smallSample.convention, software: "" }
  const effects = fit.effects.factors.map(({ name }) => name)
  const [entity, second] = [fit.groups[0], fit.groups[1]]
  const inUse = instrumented === true ? instrumentedConventionsOf : conventionsOf
  const listed = effects.length === 0 || entity === undefined ? [] : inUse(effects, entity.name, second?.name)
  const known = listed.find((one) => key(one) === key(own))
  const all = known === undefined ? [own, ...listed] : [known, ...listed.filter((one) => one !== known)]
  return underConventions(fit, all).flatMap(({ covariance, ...convention }, c): ReadonlyArray<Row> => {
    const failed = covariance instanceof Fault
    const inference = failed ? undefined : infer(fit.terms, fit.coefficients, diagonal(covariance.matrix, fit.terms.length), covariance.df, level)
    return fit.terms.map((term, i) => ({
      equation,
      term,
      variance: failed ? unnamed(convention) : covariance.name,
      convention: convention.smallSample,
      chosen: c === 0,
      estimate: fit.coefficients[i]!,
      i,
      inference,
      smallSample: failed ? undefined : covariance.smallSample,
      nobs: fit.nobs,
      software: convention.software,
      note: failed ? covariance.message : covariance.warnings.map(({ message }) => message).join("; ")
    }))
  })
}

/** The standard errors of fitted equations under every convention in use, an equation's own first. */
export const standardErrorsOf = (equations: ReadonlyArray<Equation>, level: number): Out<typeof StandardErrors> => {
  const rows = equations.flatMap((equation) => rowsOf(equation, level))
  const number = (value: (row: Row) => number | undefined): Float64Array => Float64Array.from(rows, (row) => value(row) ?? Number.NaN)
  const inferred = (name: "stdError" | "statistic" | "pValue" | "confLow" | "confHigh"): Float64Array => number(({ i, inference }) => inference?.[name][i])
  return {
    equation: rows.map((row) => row.equation),
    term: rows.map((row) => row.term),
    variance: rows.map((row) => row.variance),
    small_sample: rows.map((row) => row.convention),
    chosen: Uint8Array.from(rows, (row) => (row.chosen ? 1 : 0)),
    estimate: number((row) => row.estimate),
    std_error: inferred("stdError"),
    statistic: inferred("statistic"),
    df: number(({ i, inference }) => inference?.df?.[i]),
    p_value: inferred("pValue"),
    conf_low: inferred("confLow"),
    conf_high: inferred("confHigh"),
    formula: rows.map((row) => row.smallSample?.formula ?? ""),
    factor: number((row) => row.smallSample?.value),
    clusters: number(
      ({ smallSample }) =>
        smallSample?.numbers["G"] ?? (smallSample?.numbers["G1"] === undefined ? undefined : Math.min(smallSample.numbers["G1"], smallSample.numbers["G2"]!))
    ),
    nobs: Int32Array.from(rows, (row) => row.nobs),
    parameters: number((row) => row.smallSample?.numbers["K"]),
    software: rows.map((row) => row.software),
    note: rows.map((row) => row.note)
  }
}
