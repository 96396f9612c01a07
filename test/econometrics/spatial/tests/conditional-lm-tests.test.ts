import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { panelIndex } from "../../../../src/econometrics/sample/panel-index.ts"
import { spatialSample } from "../../../../src/econometrics/spatial/models/spatial-sample.ts"
import { type ConditionalLmOptions, conditionalLmTests } from "../../../../src/econometrics/spatial/tests/conditional-lm-tests.ts"
import { fromLinks, rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { durbin, modelOf } from "../fit-of.ts"
import { boston, cigar, columbus, produc } from "../spatial-data.ts"
import { expectTest } from "./tests-oracle.ts"

type Triple = readonly [number, number, number]
/** What test/oracle/spatial-panels.R wrote: the tests of each estimator from explicit information matrices. */
const panels: Readonly<
  Record<"cigar" | "produc", Readonly<Record<string, { readonly tests: { readonly lambda_given_rho: Triple; readonly rho_given_lambda: Triple } }>>>
> = JSON.parse(readFileSync(new URL("../../../oracle/spatial-panels.json", import.meta.url), "utf8"))
const ESTIMATORS: Readonly<Record<string, ConditionalLmOptions>> = {
  none_pooled: { effects: "pooled", correction: "none" },
  none_individual: { effects: "individual", correction: "none" },
  none_time: { effects: "time", correction: "none" },
  none_time_demeaned: { effects: "time", correction: "none", order: "demean-then-lag" },
  none_twoways: { correction: "none" },
  none_twoways_demeaned: { correction: "none", order: "demean-then-lag" },
  lee_yu_individual: { effects: "individual" },
  lee_yu_time: { effects: "time" },
  lee_yu_twoways: {}
}

describe("conditional LM tests", () => {
  for (const [name, data] of Object.entries({ cigar: cigar(), produc: produc() }))
    for (const [estimator, options] of Object.entries(ESTIMATORS))
      it(`are those of explicit information matrices in R (${name}, ${estimator})`, () => {
        const found = conditionalLmTests(modelOf(rowStandardize(data.binary), data.columns), options)
        const { lambda_given_rho, rho_given_lambda } = panels[name as "cigar"][estimator]!.tests
        expectTest(found.errorGivenLag, lambda_given_rho, 1e-6, "error given lag")
        expectTest(found.lagGivenError, rho_given_lambda, 1e-6, "lag given error")
      })

  it("of an error in columbus's SAR and SDM, and in that of Boston's tracts, are what spatialreg prints", () => {
    const { binary, columns } = columbus()
    const model = modelOf(rowStandardize(binary), columns)
    expect(conditionalLmTests(model).errorGivenLag.statistic).toBeCloseTo(0.191838, 5)
    expect(conditionalLmTests(model, { durbin: true }).errorGivenLag.statistic).toBeCloseTo(0.100999, 5)
    const tracts = boston()
    expect(conditionalLmTests(modelOf(tracts.weights, tracts.columns)).errorGivenLag.statistic).toBeCloseTo(10.73978, 4)
  })

  it("given the SDM and the SDEM are those of models with the lags among the regressors, in any order of rows", () => {
    const { binary, columns } = cigar()
    const weights = rowStandardize(binary)
    const found = conditionalLmTests(modelOf(weights, columns), { durbin: true })
    const among = conditionalLmTests(modelOf(weights, durbin(weights, columns)))
    expect(among.errorGivenLag.statistic).toBeCloseTo(found.errorGivenLag.statistic, 6)
    expect(among.lagGivenError.statistic).toBeCloseTo(found.lagGivenError.statistic, 6)
    expect(found.errorGivenLag.statistic).not.toBeCloseTo(panels.cigar["lee_yu_twoways"]!.tests.lambda_given_rho[0], 1)
    const size = columns.dependent.length
    const periods = size / weights.entities.length
    const rows = Array.from({ length: size }, (_, row) => (row * 997) % size)
    const index = panelIndex(
      rows.map((row) => weights.entities[Math.floor(row / periods)]!),
      rows.map((row) => row % periods)
    )
    const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!)
    const moved = { ...modelOf(weights, { ...columns, dependent: pick(columns.dependent), regressors: columns.regressors.map(pick) }), index }
    expect(spatialSample(moved).dependent.values).toEqual(columns.dependent)
    expect(conditionalLmTests(moved, { durbin: true }).lagGivenError.statistic).toBeCloseTo(found.lagGivenError.statistic, 6)
  })
  it("more than 10,000 entities are refused before anything is estimated", () => {
    const places = Array.from({ length: 10_001 }, (_, i) => `p${i}`)
    const from = places.map((_, i) => i)
    const ring = fromLinks(
      places,
      from,
      from.map((i) => (i + 1) % places.length),
      new Float64Array(places.length).fill(1)
    )
    const columns = { dependent: Float64Array.from(from, Math.sin), regressors: [Float64Array.from(from, Math.cos)], names: ["x"] }
    expect(() => conditionalLmTests(modelOf(ring, columns))).toThrow(/for each of 10001 entities; above 10000 take lmTests/)
  })
})
