import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { SpatialModel } from "../../../../src/econometrics/spatial/models/spatial-sample.ts"
import { type LmTestOptions, type LmTests, lmTests } from "../../../../src/econometrics/spatial/tests/lm-tests.ts"
import { fromPairs, mapWeights, rowStandardize, selectEntities } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { production, weights } from "../../us-states.ts"
import { modelOf } from "../fit-of.ts"
import { boston, cigar, columbus, produc } from "../spatial-data.ts"
import { expectClose, MATRICES, oracle as statesOracle } from "../spatial-oracle.ts"
import { type DurbinOracle, expectTest, type LmOracle, oracle } from "./tests-oracle.ts"

const TOLERANCE = 1e-9

const expectLm = (found: LmTests, reference: LmOracle, tolerance = TOLERANCE): void => {
  expectTest(found.error, reference.err, tolerance, "error")
  expectTest(found.lag, reference.lag, tolerance, "lag")
  expectTest(found.robustError, reference.robust_err, tolerance, "robust error")
  expectTest(found.robustLag, reference.robust_lag, tolerance, "robust lag")
  expectTest(found.sarma, reference.sarma, tolerance, "sarma")
}
const expectDurbin = ({ durbin }: LmTests, reference: DurbinOracle): void => {
  expectTest(durbin?.wx, reference.wx, TOLERANCE, "wx")
  expectTest(durbin?.adjustedLag, reference.adjusted_lag, TOLERANCE, "adjusted lag")
  expectTest(durbin?.adjustedWx, reference.adjusted_wx, TOLERANCE, "adjusted wx")
  expectTest(durbin?.sdm, reference.joint_sdm, TOLERANCE, "sdm")
  expectTest(durbin?.sdem, reference.joint_sdem, TOLERANCE, "sdem")
}

const crossSections = (): Readonly<Record<"columbus" | "columbus_B" | "boston", SpatialModel>> => {
  const { binary, columns } = columbus()
  const tracts = boston()
  return { columbus: modelOf(rowStandardize(binary), columns), columbus_B: modelOf(binary, columns), boston: modelOf(tracts.weights, tracts.columns) }
}

describe("LM tests of a cross-section", () => {
  for (const [name, model] of Object.entries(crossSections())) {
    const reference = oracle.cross_section[name as "columbus"]
    it(`are spdep's lm.LMtests (${name})`, () => {
      const found = lmTests(model)
      expect(found.effects).toBe("pooled")
      expect(found.warnings).toEqual([])
      expectLm(found, reference.lm)
    })
    it(`of the spatial Durbin model are those of scores and information written out in R (${name})`, () => {
      expectDurbin(lmTests(model), reference.koley_bera)
    })
    it(`of a model that has the regressors' lags already are spdep's of that regression (${name})`, () => {
      const found = lmTests(model, { slx: true })
      // spdep inverts X'X, which costs Boston's 26 regressors eight digits: QR in R has 3.699210546776825 for its robust error test, spdep 3.699210486529048.
      expectLm(found, reference.slx, name === "boston" ? 2e-8 : TOLERANCE)
      expect(found.durbin).toBeUndefined()
    })
  }

  it("are as spdep's manual prints SD.RStests of columbus without its 15th tract", () => {
    const { binary, columns } = columbus()
    const left = Array.from({ length: 49 }, (_, i) => i).filter((i) => i !== 14)
    const pick = (values: Float64Array) => Float64Array.from(left, (i) => values[i]!)
    const kept = rowStandardize(
      selectEntities(
        binary,
        left.map((i) => binary.entities[i]!)
      )
    )
    const { durbin, lag } = lmTests(modelOf(kept, { ...columns, dependent: pick(columns.dependent), regressors: columns.regressors.map(pick) }))
    const printed = [lag, durbin!.adjustedLag, durbin!.wx, durbin!.adjustedWx, durbin!.sdm].map(({ statistic }) => statistic.toFixed(4))
    expect(printed).toEqual(["7.6010", "4.4716", "6.0812", "2.9518", "10.5527"])
  })

  it("of the constant's lag count it where rows do not sum to one", () => {
    const { columbus: standardised, columbus_B: raw } = crossSections()
    expect(lmTests(raw, { laggedConstant: true }).lags).toEqual(["W*(constant)", "W*inc", "W*hoval"])
    expect(lmTests(raw, { laggedConstant: true }).durbin!.wx.df).toBe(3)
    expect(lmTests(standardised, { laggedConstant: true }).durbin!.wx.df).toBe(2)
  })

  it("cannot tell a lag robust to WX from an error where W is row-standardised and every regressor has its lag", () => {
    const { durbin, error } = lmTests(crossSections().boston)
    expectClose([durbin!.adjustedLag.statistic, durbin!.sdm.statistic], [error.statistic, durbin!.sdem.statistic], 1e-9)
    const one = lmTests(crossSections().boston, { lagged: ["crim"] })
    expect(one.lags).toEqual(["W*crim"])
    expect(Math.abs(one.durbin!.adjustedLag.statistic - one.error.statistic)).toBeGreaterThan(1)
  })
})

describe("LM tests of a panel", () => {
  for (const [name, data] of Object.entries({ cigar: cigar(), produc: produc() })) {
    const model = modelOf(rowStandardize(data.binary), data.columns)
    const reference = oracle.panels[name as "cigar"]
    for (const [effects, key] of [
      ["pooled", "pooled"],
      ["individual", "individual"],
      ["time", "time"],
      ["two-way", "twoways"]
    ] as const) {
      it(`with ${effects} effects, in the space that these leave (${name})`, () => {
        const found = lmTests(model, { effects })
        expectLm(found, reference[key].transformed)
        expectDurbin(found, reference[key].transformed.koley_bera)
      })
      it(`with ${effects} effects by the pooled formulas, lagged before demeaning and after (${name})`, () => {
        const uncentred = lmTests(model, { effects, correction: "none" })
        expectLm(uncentred, reference[key].naive)
        expectDurbin(uncentred, reference[key].naive.koley_bera)
        const first = lmTests(model, { effects, correction: "none", order: "demean-then-lag" })
        expectLm(first, reference[key].elhorst)
        expectDurbin(first, reference[key].elhorst.koley_bera)
      })
    }
  }

  it("of cigarette demand are those that Elhorst (2014, table 2) prints", () => {
    const { binary, columns } = cigar()
    const printed = (effects: NonNullable<LmTestOptions["effects"]>) => {
      const { error, lag, robustError, robustLag } = lmTests(modelOf(rowStandardize(binary), columns), {
        effects,
        correction: "none",
        order: "demean-then-lag"
      })
      return [lag, robustLag, error, robustError].map((test) => Number(test!.statistic.toFixed(2)))
    }
    expect(printed("pooled")).toEqual([66.47, 58.26, 153.04, 144.84])
    expect(printed("time")).toEqual([44.04, 0.33, 62.86, 19.15])
    expect(printed("two-way")).toEqual([46.9, 1.16, 54.65, 8.91])
  })

  for (const name of MATRICES)
    it(`agree with matrix algebra in R in the space without effects, and with spdep on the stacked panel (${name})`, () => {
      const statistics = ({ error, lag, robustError, robustLag }: LmTests) => [lag, error, robustLag, robustError].map((test) => test!.statistic)
      expectClose(statistics(lmTests(modelOf(weights[name], production))), statesOracle.lm_within[name].statistic, 1e-8)
      expectClose(statistics(lmTests(modelOf(weights[name], production), { effects: "pooled" })), statesOracle.lm_pooled[name].statistic, 1e-8)
    })
})

describe("LM tests", () => {
  const shifted = (column: Float64Array, k: number) => column.map((value, at) => value + k * (Math.floor(at / 17) % 5) - ((at % 17) * k) / 3)
  const moved = { ...production, dependent: shifted(production.dependent, 2), regressors: production.regressors.map((column, k) => shifted(column, k - 1)) }

  it("within do not change when entity and year effects are added to y and the regressors; pooled do", () => {
    const found = (data: typeof production, effects: "two-way" | "pooled") => lmTests(modelOf(weights.nested, data), { effects })
    expectClose([found(moved, "two-way").lag.statistic], [found(production, "two-way").lag.statistic], 1e-7)
    expectClose([found(moved, "two-way").durbin!.sdm.statistic], [found(production, "two-way").durbin!.sdm.statistic], 1e-6)
    expect(found(moved, "pooled").error.statistic).not.toBeCloseTo(found(production, "pooled").error.statistic, 1)
  })

  it("do not depend on units, nor on the order of rows that have an index", () => {
    const { columns } = columbus()
    const model = crossSections().columbus
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), fc.double({ min: -50, max: 50, noNaN: true }), (scale, shift) => {
        const rescaled = modelOf(model.weights, {
          ...columns,
          dependent: columns.dependent.map((v) => scale * v + shift),
          regressors: columns.regressors.map((x) => x.map((v) => v / scale - shift))
        })
        const [a, b] = [lmTests(model), lmTests(rescaled)]
        expectClose(
          [b.lag.statistic, b.robustError!.statistic, b.durbin!.sdm.statistic],
          [a.lag.statistic, a.robustError!.statistic, a.durbin!.sdm.statistic],
          1e-6
        )
      }),
      { numRuns: 20 }
    )
  })

  it("warn of pooled residuals of a panel and of uncentred scores", () => {
    const codes = (options: LmTestOptions) => lmTests(modelOf(weights.contiguity, production), options).warnings.map(({ code }) => code)
    expect(codes({})).toEqual([])
    expect(codes({ effects: "pooled" })).toEqual(["lm-pooled-rejects-fixed-effects"])
    expect(codes({ correction: "none" })).toEqual(["lm-uncentred"])
  })

  it("leave out and name regressors and lags that are explained", () => {
    const twice = {
      ...production,
      regressors: [...production.regressors, production.regressors[3]!.map((x) => 2 * x + 1)],
      names: [...production.names, "again"]
    }
    const found = lmTests(modelOf(weights.contiguity, twice))
    const once = lmTests(modelOf(weights.contiguity, production))
    expect(found.warnings.map(({ message }) => message)).toEqual([
      "dropped for collinearity with the effects or the regressors before: again",
      "spatial lags left out of the tests of WX, since the regressors, effects and lags before explain them: W*again"
    ])
    expectClose([found.lag.statistic, found.durbin!.sdm.statistic], [once.lag.statistic, once.durbin!.sdm.statistic], 1e-9)
  })

  it("have no robust tests without a regressor", () => {
    const found = lmTests({ ...modelOf(weights.contiguity, production), regressors: [] })
    expect(found.robustLag ?? found.robustError ?? found.sarma ?? found.durbin).toBeUndefined()
    expectClose([found.lag.statistic], [found.error.statistic], 1e-12)
    expect(found.warnings.map(({ code }) => code)).toEqual(["lm-robust-undefined"])
  })

  it("refuse weights that time effects leave nothing of, or whose rows do not sum to one, with what to do", () => {
    const alike = rowStandardize(fromPairs(weights.contiguity.entities, () => 1))
    expect(() => lmTests(modelOf(alike, production))).toThrow(/all entities weigh alike on each other, and two-way effects take that away/)
    expect(lmTests(modelOf(alike, production), { effects: "individual" }).lag.df).toBe(1)
    const raw = mapWeights(weights.contiguity, (_i, _j, w) => 2 * w)
    expect(() => lmTests(modelOf(raw, production))).toThrow(/rows sum to 1/)
    expect(() => lmTests(modelOf(weights.contiguity, { ...production, dependent: production.regressors[0]! }))).toThrow(/no residuals to test/)
  })

  it("tell all that is wrong with their options at once", () => {
    const options = { effects: "both", correction: "some", lagged: ["nobody"], slx: true } as unknown as LmTestOptions
    expect(() => lmTests(modelOf(weights.contiguity, production), options)).toThrow(/effects is one of .*correction is one of .*nobody.*slx/)
    expect(() => lmTests(crossSections().columbus, { effects: "two-way" })).toThrow(/two-way effects needs at least 3 entities and 2 years/)
  })
})
