import type { Fault } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { Extrapolation, InterpolationMethod } from "../../src/econometrics/measurement/interpolation.ts"
import { VariableName } from "../variable-name.ts"

const Extrapolate = Schema.Literals(["none", "linear", "nearest"])

/** How a variable is filled. All may be left out, so that a node which says nothing of them is the node that it was before they were there. */
const ruleParams = {
  /**
   * What stands between two observations: a straight line (linear, the default); constant growth (log-linear: a value <= 0 beside a gap is a fault); a natural cubic spline (spline), which may swing beyond
   * its neighbours; a cubic that never does (monotone: Fritsch and Carlson; pchip: Fritsch and Butland, Stata's pchipolate); the observation before (carry).
   */
  method: Schema.optionalKey(Schema.Literals(["linear", "log-linear", "spline", "monotone", "pchip", "carry"])),
  /** Gaps of more years than this stay missing, and are told. */
  maxGap: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))),
  /** Filled values outside of these bounds are told. */
  min: Schema.optionalKey(Schema.Finite),
  max: Schema.optionalKey(Schema.Finite),
  /** Whether filled values outside of the bounds are set to the bound. */
  clip: Schema.optionalKey(Schema.Boolean),
  /** A variable, complete and positive, that it is filled in proportion to: the ratio to it is what is interpolated (GDP by population: GDP per head). */
  by: Schema.optionalKey(VariableName)
}

const boundsIssue = ({ clip, max, min }: { readonly clip?: boolean; readonly max?: number; readonly min?: number }) => [
  ...(min !== undefined && max !== undefined && min > max ? [{ path: ["max"], issue: `is ${max}, below min, ${min}` }] : []),
  ...(clip === true && min === undefined && max === undefined ? [{ path: ["clip"], issue: "needs a bound to clip to: give min, max or both" }] : [])
]

const InterpolationRule = Schema.Struct({
  variables: Schema.NonEmptyArray(VariableName),
  extrapolate: Schema.optionalKey(Extrapolate),
  /** Whether its filled cells are rounded to whole numbers. */
  round: Schema.optionalKey(Schema.Boolean),
  ...ruleParams
}).check(Schema.makeFilter(boundsIssue))

export const InterpolateParams = Schema.Struct({
  /** Which variables are filled; the others, but for those of `rules`, pass through as they are. */
  variables: Schema.Union([Schema.Literal("all"), Schema.Array(VariableName)]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("all" as const))),
  /** What becomes of a gap at the end of a series: it stays (none), continues the line through the two nearest values (linear; of log-linear the growth between them), or repeats the nearest (nearest). */
  extrapolate: Extrapolate.pipe(Schema.withDecodingDefaultKey(Effect.succeed("none" as const))),
  /** Variables whose filled cells are rounded to whole numbers: counts. */
  round: Schema.Array(VariableName).pipe(Schema.withDecodingDefaultKey(Effect.succeed([] as ReadonlyArray<string>))),
  ...ruleParams,
  /** Variables that are filled in another way. What a rule does not say is as above. */
  rules: Schema.optionalKey(Schema.Array(InterpolationRule))
}).check(Schema.makeFilter(boundsIssue))
export type InterpolateParams = typeof InterpolateParams.Type

/** How one variable is filled, all being said. */
export interface Rule {
  readonly method: InterpolationMethod
  readonly extrapolate: Extrapolation
  readonly round: boolean
  readonly maxGap: number
  readonly min: number
  readonly max: number
  readonly clip: boolean
  readonly by: string | undefined
}

/** The rule of each of a panel's variables that is filled; and variables that two rules are about. */
export const rulesOf = (
  names: ReadonlyArray<string>,
  params: InterpolateParams
): { readonly rules: ReadonlyMap<string, Rule>; readonly faults: ReadonlyArray<Fault> } => {
  const { round, rules = [], variables } = params
  const faults: Array<Fault> = []
  const own = new Map<string, number>()
  for (const [k, rule] of rules.entries())
    for (const name of rule.variables) {
      const other = own.get(name)
      if (other !== undefined)
        faults.push({
          code: "two-rules",
          message: `rules[${other}] and rules[${k}] are both about "${name}": name it in one of them`,
          where: { parameter: `rules[${k}].variables`, column: name }
        })
      own.set(name, k)
    }
  const ruleOf = (name: string): Rule => {
    const rule = rules[own.get(name) ?? -1]
    const {
      by,
      clip = false,
      extrapolate,
      max = Number.POSITIVE_INFINITY,
      maxGap = Number.POSITIVE_INFINITY,
      method = "linear",
      min = Number.NEGATIVE_INFINITY
    } = { ...params, ...rule }
    return { method, extrapolate, maxGap, min, max, clip, by, round: rule?.round ?? round.includes(name) }
  }
  const filled = names.filter((name) => own.has(name) || variables === "all" || variables.includes(name))
  return { rules: new Map(filled.map((name) => [name, ruleOf(name)])), faults }
}
