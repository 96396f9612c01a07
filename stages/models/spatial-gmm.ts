import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { Test } from "../../src/econometrics/linear/inference.ts"
import { spatialGmm as fitSpatialGmm, type SpatialGmmFit } from "../../src/econometrics/spatial/gmm/spatial-gmm.ts"
import { SPECIFICATIONS } from "../../src/econometrics/spatial/models/specification.ts"
import { Effects, Estimates, Glance, Panel, SpatialWeights, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { estimatesOf, type GlanceRow, glanceOf, testsOf } from "./model-tables.ts"
import { fitParams } from "./spatial-fit-params.ts"
import { readSpatialColumns, spatialParams } from "./spatial-inputs.ts"
import { spilloverParams, spilloversOf } from "./spillovers.ts"
import { Term } from "./term.ts"
import { warnAll } from "./warn-all.ts"

const SpatialGmmParams = Schema.Struct({
  ...spatialParams,
  ...spilloverParams,
  specification: fitParams.specification,
  lagged: fitParams.lagged,
  /** Regressors that are endogenous beside the spatial lag of the dependent variable, and instruments for them that the equation excludes. */
  endogenous: Schema.optionalKey(Schema.NonEmptyArray(Term)),
  instruments: Schema.optionalKey(Schema.NonEmptyArray(Term)),
  /** Up to which power of W those instruments' products are instruments too. */
  instrumentLags: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 3 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0))),
  /** Up to which power of W the exogenous regressors' products are instruments of the spatial lag. */
  powers: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 5 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(2))),
  /** Entity and year effects taken off, one of them, or a constant (pooled; a cross-section has it); or random entity effects. */
  effects: Schema.optionalKey(Schema.Literals(["two-way", "individual", "time", "pooled", "random"])),
  /** For errors of one variance, robust to heteroskedasticity, clustered by entity, or over distances in km within a year (of columns `latitude` and `longitude`, as the stage locate adds them). */
  variance: Schema.Union([
    Schema.Literals(["iid", "HC0", "HC1", "cluster"]),
    Schema.Struct({
      kind: Schema.Literal("conley"),
      cutoff: Schema.Finite.check(Schema.isGreaterThan(0)),
      kernel: Schema.Literals(["uniform", "bartlett"]),
      latitude: Term.pipe(Schema.withDecodingDefaultKey(Effect.succeed("latitude"))),
      longitude: Term.pipe(Schema.withDecodingDefaultKey(Effect.succeed("longitude")))
    })
  ]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("iid" as const))),
  /** Of lambda: by default kp-1999 with iid, else heteroskedastic. */
  moments: Schema.optionalKey(Schema.Literals(["kp-1999", "homoskedastic", "heteroskedastic"])),
  steps: Schema.optionalKey(Schema.Literals(["one-step", "two-step"])),
  /** Of the moments with random effects. */
  weighting: Schema.optionalKey(Schema.Literals(["initial", "weighted", "full"])),
  /** With random effects: instruments within and between entities apart, or quasi-demeaned as the regressors. */
  randomInstruments: Schema.optionalKey(Schema.Literals(["ec2sls", "g2sls"]))
})

const glanceRow = (fit: SpatialGmmFit, sample: string): GlanceRow => ({
  equation: fit.dependent,
  model: [
    `${SPECIFICATIONS[fit.specification].label}, ${fit.used.estimator}`,
    ...(fit.used.moments === undefined ? [] : [`${fit.specification === "sar" || fit.specification === "sdm" ? "variances" : "lambda"} by ${fit.used.moments}`])
  ].join("; "),
  dependent: fit.dependent,
  variance: fit.used.variance,
  smallSample: fit.used.smallSample,
  sample,
  nobs: fit.nobs,
  statistics: {
    entities: fit.entities,
    years: fit.periods,
    n_independent: fit.observations,
    df_residual: fit.dfResidual,
    sigma2: fit.sigma2,
    instruments: fit.instruments.length,
    ...Object.fromEntries(
      Object.entries(fit.bounds).flatMap(([name, bounds]) =>
        bounds === undefined
          ? []
          : [
              [`${name}_lower`, bounds.lower],
              [`${name}_upper`, bounds.upper]
            ]
      )
    )
  }
})

/** Which excluded instruments were used, as a row of the tests. */
const instrumentsRow = ({ endogenous, instruments }: SpatialGmmFit): ReadonlyArray<Test> =>
  endogenous.length === 0
    ? []
    : [
        {
          test: "instruments",
          variant: `of ${endogenous.join(", ")}`,
          statistic: instruments.length,
          df: undefined,
          pValue: undefined,
          note: instruments.join(", ")
        }
      ]

/**
 * A spatial cross-section or panel model by two-stage least squares and moments (Kelejian and Prucha): for endogenous regressors, heteroskedastic errors, random effects and
 * samples too large for a likelihood. Coefficients, effects, and the tests of the instruments with a row that names these.
 */
export const spatialGmm = Stage.make("spatial-gmm", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: SpatialGmmParams,
  output: { coefficients: Estimates, glance: Glance, effects: Effects, tests: Tests },
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const { controls, dependent, endogenous = [], instruments = [], regressors, variance, years } = params
      const exogenous = [...new Set([...regressors, ...controls])]
      const places = typeof variance === "string" ? [] : [variance.latitude, variance.longitude]
      const { index, variable, weights } = yield* readSpatialColumns(panel, links, [dependent, ...exogenous, ...endogenous, ...instruments, ...places], years)
      const [latitude, longitude] = places.map((term) => variable(term).values)
      const fit = yield* attempt(() =>
        fitSpatialGmm(
          {
            weights,
            index,
            dependent: variable(dependent),
            regressors: exogenous.map(variable),
            endogenous: endogenous.map(variable),
            instruments: instruments.map(variable),
            coordinates: latitude === undefined || longitude === undefined ? undefined : { latitude, longitude }
          },
          {
            specification: params.specification,
            effects: params.effects,
            variance: typeof variance === "string" ? variance : { kind: "conley", cutoff: variance.cutoff, kernel: variance.kernel },
            moments: params.moments,
            steps: params.steps,
            weighting: params.weighting,
            randomInstruments: params.randomInstruments,
            powers: params.powers,
            instrumentLags: params.instrumentLags,
            lagged: params.lagged,
            level: params.level
          }
        )
      )
      yield* warnAll(fit.warnings)
      return {
        coefficients: estimatesOf([{ equation: dependent, inference: fit.inference }]),
        glance: glanceOf([glanceRow(fit, params.sample)]),
        effects: yield* spilloversOf(fit, params),
        tests: testsOf([...instrumentsRow(fit), ...fit.tests])
      }
    })
})
