import type { Out } from "@sediment/sediment"
import { Fault } from "../../src/econometrics/fault.ts"
import { type Inference, inferUnder } from "../../src/econometrics/linear/inference.ts"
import type { LinearFit } from "../../src/econometrics/linear/linear-fit.ts"
import { clusteredBy } from "../../src/econometrics/variance/clustered-variance.ts"
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
const unnamed = ({ variance }: Convention): string => (variance.kind === "cluster" ? clusteredBy(variance.by) : variance.kind)

/** What tells conventions apart, defaults filled in. */
const key = ({ smallSample, variance }: Convention): string =>
  JSON.stringify([{ ...variance, ...(variance.kind === "cluster" ? { groups: variance.by.length > 1 ? (variance.groups ?? "min") : "" } : {}) }, smallSample])

/** A fitted equation, by its name; `instrumented` where it is one of two-stage least squares. */
interface Equation {
  readonly equation: string
  readonly fit: LinearFit & { readonly covariance: Covariance }
  readonly instrumented?: boolean
}

/** Clusters: of two factors the smaller number, of Driscoll and Kraay's variance the periods. */
const clustersOf = ({ numbers }: Covariance["smallSample"]): number | undefined =>
  numbers["G"] ?? numbers["T"] ?? (numbers["G1"] === undefined ? undefined : Math.min(numbers["G1"], numbers["G2"]!))

/** Which factor of a panel is time. */
const TIME = "year"

const rowsOf = ({ equation, fit, instrumented }: Equation, level: number): ReadonlyArray<Row> => {
  const own: Convention = { variance: fit.covariance.variance, smallSample: fit.covariance.smallSample.convention, software: "" }
  const effects = fit.effects.factors.map(({ name }) => name)
  const time = effects[0] !== TIME && fit.groups.some(({ name }) => name === TIME) ? TIME : undefined
  const listed = (instrumented === true ? instrumentedConventionsOf : conventionsOf)(effects, time)
  const known = listed.find((one) => key(one) === key(own))
  const all = [
    { ...(known ?? own), covariance: fit.covariance },
    ...underConventions(
      fit,
      listed.filter((one) => one !== known)
    )
  ]
  return all.flatMap(({ covariance, ...convention }, c): ReadonlyArray<Row> => {
    const failed = covariance instanceof Fault
    const inference = failed ? undefined : inferUnder(fit, covariance, level)
    const weighted = fit.weights === undefined || convention.software === "" ? "" : "; with the model's weights, where it takes them"
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
      // The constant beside absorbed effects is that of `xtreg, fe`: other commands have another, or none.
      software: i < fit.slopes ? `${convention.software}${weighted}` : "",
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
    clusters: number(({ smallSample }) => (smallSample === undefined ? undefined : clustersOf(smallSample))),
    nobs: Int32Array.from(rows, (row) => row.nobs),
    parameters: number((row) => row.smallSample?.numbers["K"]),
    software: rows.map((row) => row.software),
    note: rows.map((row) => row.note)
  }
}
