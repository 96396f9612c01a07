import { describe, expect, it } from "vitest"
import { panelIndex } from "../../../../src/econometrics/sample/panel-index.ts"
import { spatialMl } from "../../../../src/econometrics/spatial/models/spatial-ml.ts"
import { spatialSample } from "../../../../src/econometrics/spatial/models/spatial-sample.ts"
import { fromMatrix, fromPairs, mapWeights, rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { production, weights, years } from "../../us-states.ts"
import { modelOf } from "../fit-of.ts"

const small = rowStandardize(fromPairs(["b", "a", "c"], () => 1))
const variable = (name: string, values: ReadonlyArray<number>) => ({ name, values: Float64Array.from(values) })

describe("the rows of a spatial model", () => {
  it("stand in any order with an index, and come back so", () => {
    const plain = spatialMl(modelOf(weights.contiguity, production), { specification: "sdm" })
    const order = Array.from({ length: 816 }, (_, at) => (at * 325) % 816)
    const moved = (column: Float64Array) => Float64Array.from(order, (at) => column[at]!)
    const index = panelIndex(
      order.map((at) => weights.contiguity.entities[Math.floor(at / 17)]!),
      order.map((at) => years[at % 17]!)
    )
    const columns = { ...production, dependent: moved(production.dependent), regressors: production.regressors.map(moved) }
    const fit = spatialMl({ ...modelOf(weights.contiguity, columns), index }, { specification: "sdm" })
    expect(fit.estimates).toEqual(plain.estimates)
    expect(fit.residuals).toEqual(moved(plain.residuals))
  })
  it("all that is wrong is told in one fault", () => {
    const broken = mapWeights(fromMatrix(["b", "a", "c"], Float64Array.of(0, 1, 0, 1, 2, 7, 0, 1, 0)), (_i, _j, w) => (w === 7 ? Number.NaN : w))
    const index = panelIndex(["a", "b", "a", "d"], [1, 1, 1, 1])
    const model = { weights: broken, dependent: variable("y", [1, 2, 3, 4]), regressors: [variable("x", [1, Number.NaN, 3, 4])], index }
    expect(() => spatialMl(model, { specification: "durbin" as "sdm", effects: "twoway" as "two-way", level: 95 })).toThrow(
      /x has no finite number in 1 row.*level of intervals.*weights are finite numbers; these are not: a - c \(NaN\).*no entity is its own neighbour.*: a;.*the weights lack these entities of the sample: d.*the sample has no row of these entities of the weights: c.*a specification is one of.*not durbin.*effects is one of two-way, individual, time, pooled, not twoway/s
    )
  })
  it("a panel must be balanced: gaps and doubles are named", () => {
    const index = panelIndex(["a", "b", "c", "a", "b", "b"], [1, 1, 1, 2, 2, 2])
    const model = { weights: small, dependent: variable("y", [1, 2, 3, 4, 5, 6]), regressors: [], index }
    expect(() => spatialSample(model)).toThrow(/more than one row of b in 2; .*no row of c in 2: fill these in/)
  })
  it("without an index the rows are a multiple of the entities", () => {
    expect(() => spatialSample({ weights: small, dependent: variable("y", [1, 2, 3, 4]), regressors: [] })).toThrow(
      /y has 4 rows, which is no multiple of the 3 entities/
    )
  })
  it("options that a specification has no use for are refused", () => {
    const model = modelOf(weights.contiguity, production)
    expect(() => spatialMl(model, { specification: "sar", lagged: ["lpc"] })).toThrow(/sar has no spatial lags of regressors/)
    expect(() => spatialMl(model, { specification: "sar", errorWeights: weights.nested })).toThrow(/sar has no spatial error/)
    expect(() => spatialMl(model, { specification: "sdm", lagged: ["lgdp"] })).toThrow(/lagged names regressors of the model; lgdp is none/)
    expect(() => spatialMl(model, { specification: "sem", errorWeights: small })).toThrow(/errorWeights are over the entities of the weights/)
  })
})
