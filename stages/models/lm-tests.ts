import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { Test } from "../../src/econometrics/linear/inference.ts"
import type { ChiSquaredTest } from "../../src/econometrics/spatial/tests/chi-squared-test.ts"
import { type ConditionalLmOptions, type ConditionalLmTests, conditionalLmTests } from "../../src/econometrics/spatial/tests/conditional-lm-tests.ts"
import { type LmTests, lmTests as lmTestsOf } from "../../src/econometrics/spatial/tests/lm-tests.ts"
import type { NormalTest } from "../../src/econometrics/spatial/tests/normal-test.ts"
import { type RandomEffectsLmTests, randomEffectsLmTests } from "../../src/econometrics/spatial/tests/random-effects-lm-tests.ts"
import { Panel, SpatialWeights, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { controlsParam, yearsParam } from "./model-params.ts"
import { testsOf } from "./model-tables.ts"
import { readSpatialModel } from "./spatial-inputs.ts"
import { Term } from "./term.ts"
import { warnAll } from "./warn-all.ts"

const LmTestsParams = Schema.Struct({
  dependent: Term,
  regressors: Schema.NonEmptyArray(Term),
  ...controlsParam,
  ...yearsParam,
  /** Which residuals: of the regression with effects (within), of least squares with a constant (pooled). Both without it; of a single year pooled alone. */
  residuals: Schema.optionalKey(Schema.NonEmptyArray(Schema.Literals(["within", "pooled"]))),
  /** The effects of the within residuals. */
  effects: Schema.Literals(["individual", "time", "two-way"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("two-way" as const))),
  /** How within residuals meet their effects. lee-yu: in the space that these leave, scores centred. none: the pooled formulas, uncentred, as published tables often have them. */
  correction: Schema.Literals(["lee-yu", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("lee-yu" as const))),
  /** The order of demeaning and lagging within residuals; with correction none, demean-then-lag gives what Elhorst's routines print. */
  order: Schema.Literals(["lag-then-demean", "demean-then-lag"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("lag-then-demean" as const))),
  /** lm: lag and error, and each robust to the other; sarma: both at once; durbin: of the regressors' lags WX, alone, with a lag (SDM) or an error (SDEM), and each of lag and WX robust to the other; slx: lm with WX in the model already; conditional: of an error where a lag is estimated, and the other way round; conditional-durbin: the same with WX in both; random-effects: of random entity effects and a spatial error in a model without fixed effects, whatever the residuals. */
  tests: Schema.NonEmptyArray(Schema.Literals(["lm", "sarma", "durbin", "slx", "conditional", "conditional-durbin", "random-effects"])).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed(["lm"] as const))
  ),
  /** The regressors or controls whose lags `durbin` tests; all of them without it. */
  lagged: Schema.optionalKey(Schema.NonEmptyArray(Term)),
  /** Whether `durbin` tests the constant's lag too, in pooled residuals under weights that are not row-standardised. */
  laggedConstant: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false)))
}).check(
  Schema.makeFilter(({ lagged, laggedConstant, tests }) =>
    tests.includes("durbin")
      ? []
      : [
          ...(lagged === undefined ? [] : [{ path: ["lagged"], issue: 'it goes with tests "durbin" alone' }]),
          ...(laggedConstant ? [{ path: ["laggedConstant"], issue: 'it goes with tests "durbin" alone' }] : [])
        ]
  )
)
type Params = typeof LmTestsParams.Type
type Group = Exclude<Params["tests"][number], "random-effects">

/** What the groups of tests take. */
interface Results {
  readonly tests: LmTests
  /** With the regressors' lags in the model. */
  readonly given: LmTests | undefined
  /** Without the regressors' lags and with them. */
  readonly conditional: readonly [ConditionalLmTests | undefined, ConditionalLmTests | undefined]
}

const named = (tests: LmTests, suffix = ""): ReadonlyArray<readonly [string, ChiSquaredTest | undefined]> => [
  [`lm_lag${suffix}`, tests.lag],
  [`robust_lm_lag${suffix}`, tests.robustLag],
  [`lm_error${suffix}`, tests.error],
  [`robust_lm_error${suffix}`, tests.robustError]
]

/** What a group's tests are called, of the results that it takes. */
const testsNamed = (group: Group, { conditional, given, tests }: Results): ReadonlyArray<readonly [string, ChiSquaredTest | undefined]> => {
  switch (group) {
    case "lm":
      return named(tests)
    case "sarma":
      return [["lm_sarma", tests.sarma]]
    case "durbin":
      return [
        ["lm_wx", tests.durbin?.wx],
        ["adjusted_lm_lag", tests.durbin?.adjustedLag],
        ["adjusted_lm_wx", tests.durbin?.adjustedWx],
        ["lm_sdm", tests.durbin?.sdm],
        ["lm_sdem", tests.durbin?.sdem]
      ]
    case "slx":
      return named(given ?? tests, "_slx")
    case "conditional":
      return [
        ["lm_error_given_sar", conditional[0]?.errorGivenLag],
        ["lm_lag_given_sem", conditional[0]?.lagGivenError]
      ]
    case "conditional-durbin":
      return [
        ["lm_error_given_sdm", conditional[1]?.errorGivenLag],
        ["lm_lag_given_sdem", conditional[1]?.lagGivenError]
      ]
  }
}

const NOTES = { "lee-yu": "centred scores (Debarsy and Ertur 2010)", none: "pooled formulas, uncentred (Anselin, Le Gallo and Jayet 2008)" } as const

/** What is said of tests beside their names. */
const conventionOf = (residuals: "within" | "pooled", periods: number, { correction, effects, order }: Params) => {
  if (residuals === "pooled")
    return {
      variant: "pooled",
      note: periods === 1 ? "least squares residuals of a cross-section" : "pooled least squares residuals; rejects where there are entity effects"
    }
  const demeanedFirst = order === "demean-then-lag"
  const said = [...(effects === "two-way" ? [] : [effects]), ...(correction === "none" ? ["uncorrected"] : []), ...(demeanedFirst ? [order] : [])].join(", ")
  return {
    variant: said === "" ? "within" : `within (${said})`,
    note: `${effects} within residuals, ${NOTES[correction]}${demeanedFirst ? ", demeaned before the lag" : ""}`
  }
}

const noteOf = (group: Group, note: string, { lags }: LmTests): string => {
  if (group === "durbin" && lags.length > 0) return `${note}; lags: ${lags.join(", ")}`
  return group === "conditional" || group === "conditional-durbin" ? `${note}; the other kind of dependence by maximum likelihood` : note
}

const rowsOf = (groups: ReadonlyArray<Group>, results: Results, { note, variant }: { readonly note: string; readonly variant: string }) =>
  groups.flatMap(
    (group): ReadonlyArray<Test> =>
      testsNamed(group, results).map(([test, found]) => ({
        test,
        variant,
        statistic: found?.statistic,
        df: found?.df,
        pValue: found?.pValue,
        note: noteOf(group, note, results.tests)
      }))
  )

const randomEffectsRows = (found: RandomEffectsLmTests): ReadonlyArray<Test> => {
  const row = (test: string, { statistic, pValue }: NormalTest, note: string): Test => ({
    test,
    variant: "random effects",
    statistic,
    df: undefined,
    pValue,
    note: `Baltagi, Song and Koh (2003): ${note}`
  })
  return [
    row("lm_random_effects", found.randomEffects, "LM1, pooled least squares residuals; normal, one-sided"),
    row("lm_error_no_effects", found.error, "LM2, pooled least squares residuals; normal"),
    { ...row("lm_random_effects_error", found.joint, "LM1^2 + LM2^2"), df: found.joint.df },
    row("lm_error_given_random_effects", found.errorGivenRandomEffects, "random effects by maximum likelihood; normal"),
    row("lm_random_effects_given_error", found.randomEffectsGivenError, "spatial error by maximum likelihood; normal, one-sided")
  ]
}

/**
 * Lagrange multiplier tests of spatial dependence: `within`, in the model with effects, and beside them `pooled`, as most studies print them, with the warning
 * that fixed effects alone make those reject. A test that the data leave undefined has no statistic, and a warning says why.
 */
export const lmTests = Stage.make("lm-tests", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: LmTestsParams,
  output: Tests,
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const model = yield* readSpatialModel(panel, links, params)
      const periods = model.dependent.values.length / model.weights.entities.length
      const groups = [...new Set(params.tests)].filter((group) => group !== "random-effects")
      const kinds = [...new Set(params.residuals ?? (periods === 1 ? (["pooled"] as const) : (["within", "pooled"] as const)))]
      const done = yield* attempt(() =>
        (groups.length === 0 ? [] : kinds).map((residuals) => {
          const shared: ConditionalLmOptions =
            residuals === "pooled" ? { effects: "pooled" } : { effects: params.effects, correction: params.correction, order: params.order }
          const tests = lmTestsOf(model, {
            ...shared,
            lagged: groups.includes("durbin") ? params.lagged : [],
            ...(residuals === "pooled" ? { laggedConstant: params.laggedConstant } : {})
          })
          const given = groups.includes("slx") ? lmTestsOf(model, { ...shared, slx: true }) : undefined
          const conditional = [
            groups.includes("conditional") ? conditionalLmTests(model, shared) : undefined,
            groups.includes("conditional-durbin") ? conditionalLmTests(model, { ...shared, durbin: true }) : undefined
          ] as const
          return {
            rows: rowsOf(groups, { tests, given, conditional }, conventionOf(residuals, periods, params)),
            warnings: [tests, given, ...conditional].flatMap((result) => result?.warnings ?? [])
          }
        })
      )
      const random = params.tests.includes("random-effects") ? yield* attempt(() => randomEffectsLmTests(model)) : undefined
      yield* warnAll([...done.flatMap(({ warnings }) => warnings), ...(random?.warnings ?? [])])
      return testsOf([...done.flatMap(({ rows }) => rows), ...(random === undefined ? [] : randomEffectsRows(random))])
    })
})
